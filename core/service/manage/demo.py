"""An invented second project with everything that the pages can show. All of it says 演示数据, in every picture too.

It lies in a store of its own beside the shipped sample, is made by the calls that pages make, and is never mixed
with anybody's data.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from uuid import uuid4

from core.briefing.data_sheet import data_xlsx, headings
from core.errors import Message, StoreError
from core.ingest.project_tables.reported import as_typed, last_rows
from core.model.context import Actor, Context
from core.model.project import (
    Arrival,
    Baseline,
    BudgetGroup,
    Claim,
    Community,
    Delivery,
    Facts,
    Funding,
    FundingSource,
    Milestone,
    Project,
    RenovationLine,
    SpendLine,
)
from core.model.reporting import Report, ReportingPeriod, StepKind
from core.model.scorecard import Sheet
from core.service.base import open_store
from core.service.evidence import data_checks, findings
from core.service.evidence.findings import FindingDraft
from core.service.scoring import item_records, opening, scorecards, steps, taking_over
from core.store import acknowledged, clock, read, snapshots, write
from core.store import reporting as stored
from core.store.event_log import Draft

MARK = "（演示数据）"
ID = "demo-2024"
D = Decimal
PROJECT = Project(
    id=ID,
    name=f"2024年度云栖片区老旧小区改造项目{MARK}",
    title_places=("云栖街道", "松溪街道"),
    approval=f"云改批〔2023〕12号{MARK}",
    approved_on=date(2023, 12, 20),
    source=f"项目季报{MARK}",
)
DAYS = (date(2024, 6, 30), date(2024, 12, 31), date(2025, 6, 30), date(2025, 12, 31))
"""The as-of days of its snapshots."""
_PAID = {
    "云栖街道": (300, 900, 1600, 2400),
    "松溪街道": (250, 800, 1350, 1900),
    "枫林镇": (200, 600, 1100, 1700),
    "白鹭镇": (150, 400, 750, 1100),
}
"""万元, by snapshot; so the next one."""
_PHYSICAL = {
    "云栖街道": ("0.12", "0.34", "0.61", "0.86"),
    "松溪街道": ("0.10", "0.30", "0.55", "0.80"),
    "枫林镇": ("0.08", "0.28", "0.50", "0.74"),
    "白鹭镇": ("0.05", "0.20", "0.42", "0.65"),
}
_FINISHED = {"云栖街道": (0, 1, 3, 5), "松溪街道": (0, 1, 2, 4), "枫林镇": (0, 0, 2, 3), "白鹭镇": (0, 0, 1, 2)}
_DUE = {"云栖街道": (0, 1, 3, 6), "松溪街道": (0, 1, 3, 5), "枫林镇": (0, 1, 2, 4), "白鹭镇": (0, 0, 2, 3)}
"""Communities that were to be finished by then."""
_VARIATION = {"云栖街道": 85, "松溪街道": 40, "枫林镇": -20, "白鹭镇": 75}
"""Amounts that changes add to the contract price, 万元."""
_REPORTED = ("paid", "physical", "started", "finished")
"""What places report at the newest day."""
_ESTIMATE = {"云栖街道": 3000, "松溪街道": 2400, "枫林镇": 2400, "白鹭镇": 1800}
_SCOPE = {
    "云栖街道": (6, 60, 2400, "22.5"),
    "松溪街道": (5, 50, 1900, "17.5"),
    "枫林镇": (5, 40, 1500, "14"),
    "白鹭镇": (4, 32, 1200, "11"),
}
"""Communities, buildings, households, area in 万㎡."""
_ARRIVALS: tuple[tuple[FundingSource, date, int], ...] = (
    ("bond", date(2024, 4, 15), 3000),
    ("budget", date(2024, 9, 10), 1200),
    ("bond", date(2025, 3, 20), 3000),
    ("budget", date(2025, 8, 5), 1200),
)
_PLANNED: dict[FundingSource, int] = {"bond": 6000, "budget": 3600}

_FIRST_ROW = 3
"""Of the detail on its worksheet: under the day and the heading."""
PEOPLE = tuple(Context(Actor(f"demo-person-{n}", f"演示评价人{name}")) for n, name in enumerate("甲乙丙丁", start=1))
UNIT = Context(Actor("demo-unit", "演示项目单位"))
_LESS = (
    {"A11": "0.5", "B11": "1", "C12": "2", "D41": "1"},
    {"A11": "0.5", "B11": "0.5", "C12": "1", "D41": "2"},
    {"B11": "1", "C12": "3", "D41": "1"},
    {"A11": "1", "B11": "1", "C12": "1.5"},
)
"""Points that each of the four takes off, by item."""


def facts(number: int) -> Facts:
    """The snapshot of that number, from 0."""
    day = DAYS[number]
    return Facts(
        project=PROJECT,
        batch=f"{ID}@{day.isoformat()}",
        as_of=day,
        places=tuple(_PAID),
        budget_groups=tuple(BudgetGroup(p, D(amount), (p,), _row("批复表", p)) for p, amount in _ESTIMATE.items()),
        funding=_funding(number),
        spend=tuple(_spend(place, number) for place in _PAID),
        renovation=tuple(_renovation(place) for place in _PAID),
        baselines=(
            Baseline("2403-2602", date(2024, 3, 1), date(2026, 2, 28), True, "项目季报 计划工期"),
            Baseline("2403-2512", date(2024, 3, 1), date(2025, 12, 31), False, "项目季报 街道承诺"),
        ),
        claims=_claims(number),
        deliveries=tuple(_delivery(place, number) for place in _PAID),
        arrivals=tuple(Arrival(s, on, D(amount), _row("到位表", s)) for s, on, amount in _ARRIVALS if on <= day),
        milestones=(
            Milestone("批复", date(2023, 12, 15), date(2023, 12, 20), "项目季报 里程碑", owner="发展改革部门"),
            Milestone("开工", date(2024, 3, 1), date(2024, 3, 11), "项目季报 里程碑", owner="建设单位"),
            Milestone("竣工", date(2026, 2, 28), None, "项目季报 里程碑", owner="建设单位"),
        ),
    )


def communities(number: int) -> tuple[Community, ...]:
    """The detail of that snapshot; it adds up to the rows of the places. It stands as `workbook` has it."""
    rows = [
        (place, f"{place.rstrip('街道镇')}第{n}小区", paid)
        for place, (many, *_) in _SCOPE.items()
        for n, paid in enumerate(_shared(D(_PAID[place][number]), many), start=1)
    ]
    return tuple(
        _community(place, name, paid, number, row) for row, (place, name, paid) in enumerate(rows, start=_FIRST_ROW)
    )


def _community(place: str, name: str, paid: Decimal, number: int, row: int) -> Community:
    many, buildings, households, area = _SCOPE[place]
    figures = (buildings // many, households // many, D(area) / many, paid, paid, D(_PHYSICAL[place][number]))
    cells = {
        f"{column}:{heading}": f"{value}"
        for column, heading, value in zip("ABCDEFGH", headings("communities"), (place, name, *figures), strict=False)
    }
    return Community(place, name, f"小区明细 第{row}行", *figures, raw=json.dumps(cells, ensure_ascii=False))


def workbook(number: int) -> tuple[str, str]:
    """The name and the digest of the file that the snapshot stands for: as the programme writes it."""
    content = data_xlsx(facts(number), communities(number))
    return f"项目季报_{DAYS[number]:%Y%m%d}{MARK}.xlsx", hashlib.sha256(content).hexdigest()


def _shared(amount: Decimal, many: int) -> list[Decimal]:
    """An amount in equal parts of whole 万元; the last one has what is left."""
    part = amount // many
    return [part] * (many - 1) + [amount - part * (many - 1)]


def _row(table: str, of: str) -> str:
    return f"项目季报 {table} {of}"


def _funding(number: int) -> tuple[Funding, ...]:
    """The bond's money is paid out first."""
    left = D(sum(paid[number] for paid in _PAID.values()))
    whole = D(sum(_PLANNED.values()))
    names: dict[FundingSource, str] = {"bond": "专项债", "budget": "财政预算资金"}
    found: list[Funding] = []
    for source, planned in _PLANNED.items():
        paid = min(left, D(planned))
        left -= paid
        arrived = D(sum(amount for s, on, amount in _ARRIVALS if s == source and on <= DAYS[number]))
        found.append(Funding(source, names[source], D(planned), paid, arrived, D(planned) / whole, "项目季报 资金来源"))
    return tuple(found)


def _spend(place: str, number: int) -> SpendLine:
    paid = D(_PAID[place][number])
    return SpendLine(
        place=place,
        invested=paid,
        paid=paid,
        budget_group=place,
        source=_row("资金明细表", place),
        serial_raw=str(list(_PAID).index(place) + 1),
        place_raw=place,
        estimate_raw=f"{_ESTIMATE[place]}",
        invested_raw=f"{paid}",
        paid_raw=f"{paid}",
    )


def _renovation(place: str) -> RenovationLine:
    many, buildings, households, area = _SCOPE[place]
    return RenovationLine(
        place=place,
        communities=many,
        communities_second=None,
        buildings=buildings,
        households=households,
        area=D(area),
        source=_row("受益明细表", place),
        serial_raw=str(list(_PAID).index(place) + 1),
        place_raw=place,
        communities_raw=f"{many}个",
        buildings_raw=f"{buildings}栋",
        households_raw=f"{households}户",
        area_raw=f"{area}万平方米",
    )


def _delivery(place: str, number: int) -> Delivery:
    finished = _FINISHED[place][number]
    last = number == len(DAYS) - 1
    return Delivery(
        place=place,
        source=_row("形象进度表", place),
        physical=D(_PHYSICAL[place][number]),
        started=_SCOPE[place][0],
        finished=finished,
        accepted=max(0, finished - 1),
        satisfaction=D("0.91") if last else None,
        surveyed=120 if last else None,
        homes_finished=_SCOPE[place][2] * finished // _SCOPE[place][0],
        inspected=4 * finished,
        qualified=4 * finished - (1 if last else 0),
        stage_target=_DUE[place][number],
        contract=D(_ESTIMATE[place]) - 60,
        variation=D(_VARIATION[place]),
    )


def _claims(number: int) -> tuple[Claim, ...]:
    paid = sum(paid[number] for paid in _PAID.values())
    return (
        Claim("total_estimate", D(9600), "9600", "项目季报 资金明细表 合计行"),
        Claim("total_paid", D(paid), f"{paid}", "项目季报 资金明细表 合计行"),
        Claim("goals_achieved", D(1), "目标全面完成", "项目季报 二"),
        Claim("construction_state", D(0), "在建", "项目季报 一"),
        Claim("problem_count", D(3), "进度、资料、满意度", "项目季报 四"),
        Claim("problem_quantified", D(1), "满意度91%", "项目季报 四"),
        Claim("reported_score", D(91), "91分", "项目季报 五"),
    )


def make(path: Path) -> None:
    """Write the store. It has its name only once it is whole. Raises StoreError when there is one by that name."""
    if path.exists():
        raise StoreError(Message("“{file}”已经存在，未改动。要重建请先把它移走。", {"file": str(path)}))
    unfinished = path.with_name(f"building-{secrets.token_hex(8)}.tmp")
    people = [replace(person, store=unfinished) for person in PEOPLE]
    try:
        open_store.build_at(unfinished)
        try:
            _import(people[0])
            _report(people[1], people[0])
            _score(people, replace(UNIT, store=unfinished))
            _follow_up(*people[:2])
        finally:
            open_store.of(people[0]).close()  # so that all of it is in the one file
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
        unfinished.with_name(f"{unfinished.name}.wal").unlink(missing_ok=True)
        acknowledged.path_of(unfinished).unlink(missing_ok=True)  # it gets one of its own when it is opened


def _import(first: Context) -> None:
    store = open_store.of(first)
    for number in range(len(DAYS)):
        snapshots.add(store, facts(number), first.actor, communities=communities(number), file=workbook(number))
    sample = next(project for project in read.projects(store) if project.id != ID)
    like = read.sheet(store, sample.id, scorecards.WORKING)
    write.add_sheet(store, ID, scorecards.WORKING, "工作评分表", like.scheme, like.grade_scheme, first.actor)


def _report(reporter: Context, clerk: Context) -> None:
    """The newest snapshot as its places have reported it: a period that is whole, typed, reviewed and released."""
    store, newest = open_store.of(reporter), facts(len(DAYS) - 1)
    who = clerk.actor
    period = ReportingPeriod(
        ID, f"{newest.as_of}", newest.as_of, date(2026, 1, 10), newest.places, _REPORTED, who.id, who.name or "",
        clock.now(),
    )  # fmt: skip
    stored.add_period(store, ID, lambda session, there: period)
    drafts = [
        {"place": place, "field": name, "edit_id": str(uuid4()), "raw": as_typed(row[name], name), "reason": ""}
        | {"value": None if (value := row[name]) is None else D(value)}
        for place in newest.places
        for row in [last_rows(newest)[place]]
        for name in _REPORTED
    ]
    stored.add_figures(store, period, reporter.actor, lambda there, known: (drafts, None), ())
    taken: tuple[tuple[StepKind, Context], ...] = (("submitted", reporter), ("reviewed", clerk))
    for kind, by in taken:
        made = [{"place": place, "kind": kind, "reason": "", "batch": ""} for place in newest.places]
        stored.add_step(store, period, by.actor, partial(_these, made))
    released = {"place": "", "kind": "released", "reason": "", "batch": newest.batch}
    stored.add_step(store, period, who, partial(_these, [released]))


def _these(drafts: Sequence[Draft], now: Report) -> Sequence[Draft]:
    return drafts


def _score(people: Sequence[Context], unit: Context) -> None:
    chief = people[0]
    _fill(chief, read.sheet(open_store.of(chief), ID, scorecards.WORKING), _LESS[0])
    for person, less in zip(people, _LESS, strict=True):
        sheet = opening.my_sheet(person, ID, "r1")
        _fill(person, sheet, less)
        steps.submit(person, ID, sheet.id)
    opening.panel_sheet(chief, ID, "r1")
    taking_over.take_over(chief, ID, "r1")
    item_records.comment(unit, ID, "r1", "C12", "两个小区因管网迁改延期，已申请顺延，请酌情考虑。", "演示项目单位")
    item_records.reply(chief, ID, "r1", "C12", item_records.DECISIONS[1], "顺延批复尚未取得，按已完成部分计。")


def _fill(person: Context, sheet: Sheet, less: dict[str, str]) -> None:
    """Full marks but for what is taken off, with a reason."""
    edits = [
        {
            "edit_id": secrets.token_hex(16),
            "code": item.code,
            "base": 0,
            "points": f"{item.weight - D(less.get(item.code, '0')):.2f}",
            "status": "confirmed",
            "reason": "演示：资料不全" if item.code in less else "",
        }
        for item in sheet.scheme.indicators
    ]
    scorecards.save(person, ID, sheet.id, edits)


def _follow_up(first: Context, second: Context) -> None:
    drafts = [
        FindingDraft("problem", "白鹭镇形象进度65%，低于工期已过比例", "项目季报 四（一）"),
        FindingDraft("problem", "两个小区的验收资料未归档", "项目季报 四（二）"),
        FindingDraft("problem", "满意度问卷只在已完工小区发放", "项目季报 四（三）"),
        FindingDraft("recommendation", "把概算调整报批文件补入项目档案", "项目季报 五（一）"),
        FindingDraft("recommendation", "按季公布各街镇支付与形象进度", "项目季报 五（二）"),
    ]
    late, archive, survey, papers, _ = (point.id for point in findings.add(first, ID, drafts))
    findings.start(first, ID, late, "白鹭镇", date(2025, 11, 30))
    for name, owner in ((archive, "云栖街道"), (survey, "项目单位"), (papers, "项目单位")):
        findings.start(first, ID, name, owner, date(2026, 3, 31))
    findings.done(first, ID, archive, "归档清单〔2025〕8号")
    findings.done(first, ID, papers, "云改函〔2025〕5号")
    findings.review(second, ID, papers, "已核对原件")
    asked = [each for each in data_checks.unanswered(first, ID) if each.status == "Q"]
    if asked:
        data_checks.answer(first, ID, asked[0].id, "演示：已向项目单位核实，待补文件")
