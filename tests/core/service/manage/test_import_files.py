"""Files taken over as snapshots of a real store: looked at first, all or nothing, once, and back again."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.errors import InputError, NotAllowed, StoreError, UnknownName
from core.ingest.project_tables.facts import read_facts
from core.model.context import Version
from core.model.fields import COLUMNS
from core.model.project import Arrival, Community, Delivery, Facts, Milestone
from core.service.base import batches, open_store
from core.service.base.changes import FigureChange
from core.service.base.file import File
from core.service.base.project import facts, measures, projects
from core.service.evidence import data_checks
from core.service.manage import importing, scorecard_files, scorecard_plan
from core.service.scoring import opening, rounds, scorecards
from core.store import read, snapshots
from tests.core.ingest import report_file
from tests.core.ingest.filled import workbook
from tests.core.ingest.paraphrase import worded
from tests.core.service.edited import HOMES, MONEY, edited
from tests.core.service.people import LI, WANG
from tests.core.service.people import PROJECT as LINGANG

D = Decimal
SEED = f"{LINGANG}@2024-12-31"
MARCH = date(2025, 3, 31)
PAID = (MONEY, "D3")
"""璜土镇, 累计支付."""
PAID_SUM = (MONEY, "D7")
APPROVED = "数据截至2024年12月31日。批复文号：某某投〔2024〕7号，2024年2月1日。"
"""What the file of a new project has to say above its table."""
pytestmark = pytest.mark.usefixtures("store_path")


def quarter(paid: object = 2364, total: object = 8200) -> bytes:
    """The file of a quarter later: 璜土 has paid 200万元 more."""
    return edited(batches.template(WANG, LINGANG), {PAID: paid, PAID_SUM: total})


def known(found: Facts) -> dict[str, Any]:
    """All that a file states, without where and in which words it stood."""
    return {
        "project": replace(found.project, source=""),
        "places": found.places,
        "groups": [(group.amount, group.places) for group in found.budget_groups],
        "funding": found.funding,
        "spend": [(line.place, line.invested, line.paid) for line in found.spend],
        "homes": [
            (line.place, line.communities, line.communities_second, line.buildings, line.households, line.area)
            for line in found.renovation
        ],
        "baselines": found.baselines,
        "deliveries": [replace(row, source="", raw="") for row in found.deliveries],
        "arrivals": [replace(row, source="") for row in found.arrivals],
        "milestones": [replace(row, source="") for row in found.milestones],
    }


def known_batches() -> list[str]:
    return [each.batch for each in batches.snapshots(WANG, LINGANG)]


def test_what_is_not_edited_reads_back_the_same() -> None:
    before = facts(WANG, LINGANG)
    content = batches.template(WANG, LINGANG)
    looked = importing.preview(WANG, LINGANG, "现有数据.xlsx", content)
    assert (looked.reading.problems, looked.reading.questions, looked.changes) == ((), (), ())
    assert looked.as_of == date(2024, 12, 31)
    assert importing.commit(WANG, LINGANG, "现有数据.xlsx", content) == f"{SEED}-2"
    assert known(facts(WANG, LINGANG)) == known(before)


def test_what_a_file_says_nothing_of_goes_on_and_is_said() -> None:
    content = quarter()
    whole = importing.preview(WANG, LINGANG, "季报.xlsx", content, MARCH)
    assert whole.reading.kept is None
    paid = next(heading for heading, field in whole.reading.headings if field == "paid")
    without = importing.preview(WANG, LINGANG, "季报.xlsx", content, MARCH, {paid: ""})
    assert without.reading.problems == ()
    assert str(without.reading.kept) == (
        f"文件中没有“累计支付”列；这些数沿用现有的（截至2024年12月31日，批次{SEED}），导入后不变。"
    )
    assert without.reading.facts is not None
    assert [line.paid for line in without.reading.facts.spend] == [line.paid for line in facts(WANG, LINGANG).spend]
    homes = {heading: "" for heading, field in whole.reading.headings if field in COLUMNS["renovation"]}
    assert "没有“受益明细表”；" in str(importing.preview(WANG, LINGANG, "a.xlsx", content, MARCH, homes).reading.kept)


def test_optional_tables_and_detail_read_back_the_same() -> None:
    full = replace(
        facts(WANG, LINGANG),
        batch="full",
        deliveries=(
            Delivery("璜土镇", "", physical=D("0.655"), started=5, finished=3, satisfaction=D("0.9"), surveyed=99),
        ),
        arrivals=(Arrival("bond", date(2024, 1, 15), D("9000.5"), ""), Arrival("budget", date(2024, 6, 1), D(1), "")),
        milestones=(
            Milestone("开工", date(2023, 6, 1), None, ""),
            Milestone("竣工", date(2025, 1, 1), None, "", "璜土镇", "城建公司张工"),
        ),
    )
    # Nine 小区, as the table of homes counts them, that have paid 1,900万元 together.
    detail = tuple(Community("申港街道", f"={n}村", "", paid=D(200) + n) for n in range(8))
    detail += (Community("申港街道", "九村", "", paid=D(1900 - 1628)),)
    snapshots.add(open_store.store(), full, WANG.actor, communities=detail)
    content = batches.template(WANG, LINGANG)
    batch = importing.commit(WANG, LINGANG, "现有数据.xlsx", content)
    again = facts(WANG, LINGANG)
    assert again.batch == batch
    assert known(again) == known(full)
    found = read.communities(open_store.store(), again, None, 0, 9)
    assert [(each.place, each.name, each.paid) for each in found] == [(c.place, c.name, c.paid) for c in detail]


def test_two_quarters_and_back() -> None:
    first = facts(WANG, LINGANG)
    content = quarter()
    looked = importing.preview(WANG, LINGANG, "季报.xlsx", content, MARCH)
    assert looked.changes == (
        FigureChange("数据截至", None, "2024-12-31", "2025-03-31"),
        FigureChange("累计支付", "璜土镇", "2,164.00", "2,364.00"),
    )
    assert known_batches() == [SEED]
    batch = importing.commit(WANG, LINGANG, "季报.xlsx", content, MARCH)
    assert batch == f"{LINGANG}@2025-03-31"
    assert [each.as_of for each in read.series(open_store.store(), LINGANG)] == [date(2024, 12, 31), MARCH]

    def spent(version: Version) -> Decimal | None:
        found = measures(replace(WANG, version=version), LINGANG)
        return next(m.numerator for m in found if (m.id, m.basis, m.place) == ("paid_rate", "estimate", None))

    assert (spent(Version()), spent(Version(batch=SEED))) == (D(8200), D(8000))
    batches.withdraw(LI, LINGANG, batch, "填错表")
    assert facts(WANG, LINGANG) == first
    assert (spent(Version()), spent(Version(batch=batch))) == (D(8000), D(8200))


def test_a_quarter_that_comes_late_follows_the_one_before_it() -> None:
    importing.commit(WANG, LINGANG, "a.xlsx", quarter(), MARCH)
    half = edited(batches.template(WANG, LINGANG), {PAID: 2200, PAID_SUM: 8036})
    looked = importing.preview(WANG, LINGANG, "补报.xlsx", half, date(2025, 1, 31))
    assert FigureChange("累计支付", "璜土镇", "2,164.00", "2,200.00") in looked.changes
    importing.commit(WANG, LINGANG, "补报.xlsx", half, date(2025, 1, 31))
    assert facts(WANG, LINGANG).spend[0].paid == 2364
    fixed = batches.correct(WANG, LINGANG, "璜土镇", "paid", "2365", "错")
    assert batches.compared(WANG, LINGANG, fixed) == (FigureChange("累计支付", "璜土镇", "2,364.00", "2,365.00"),)
    assert batches.compared(WANG, LINGANG, f"{LINGANG}@2025-01-31")[1:] == (
        FigureChange("累计支付", "璜土镇", "2,164.00", "2,200.00"),
    )
    batches.withdraw(LI, LINGANG, fixed, "又错")
    assert batches.compared(WANG, LINGANG, fixed) == (FigureChange("累计支付", "璜土镇", "2,364.00", "2,365.00"),)
    assert len(batches.compared(WANG, LINGANG, SEED)) > 20
    assert [each.spend[0].paid for each in read.series(open_store.store(), LINGANG)] == [2164, 2200, 2364]


def test_the_same_file_twice_is_recognised_while_it_counts() -> None:
    content = quarter()
    batch = importing.commit(WANG, LINGANG, "季报.xlsx", content, MARCH)
    looked = importing.preview(LI, LINGANG, "改了名.xlsx", content, MARCH)
    assert looked.already is not None
    assert looked.already.batch == batch
    assert importing.commit(LI, LINGANG, "改了名.xlsx", content, MARCH) == batch
    with pytest.raises(InputError, match=r"已由王工于.*不重复导入"):
        importing.commit(LI, LINGANG, "改了名.xlsx", content, date(2025, 6, 30))
    assert known_batches() == [batch, SEED]
    batches.withdraw(WANG, LINGANG, batch, "填错表")
    assert importing.preview(LI, LINGANG, "季报.xlsx", content, MARCH).already is None
    assert importing.commit(LI, LINGANG, "季报.xlsx", content, MARCH) == f"{batch}-2"


def test_all_problems_at_once_and_nothing_is_written() -> None:
    content = edited(quarter("待定"), {(MONEY, "C4"): -5, (HOMES, "D4"): "多"})
    looked = importing.preview(WANG, LINGANG, "季报.xlsx", content, MARCH)
    assert {problem.cell for problem in looked.reading.problems} >= {"D3", "C4", "D4"}  # type: ignore[attr-defined]
    assert looked.changes == ()
    with pytest.raises(InputError, match="整份文件未导入") as refused:
        importing.commit(WANG, LINGANG, "季报.xlsx", content, MARCH)
    assert refused.value.problems == looked.reading.problems
    assert known_batches() == [SEED]


def test_a_column_that_somebody_has_explained_is_understood_from_then_on() -> None:
    content = edited(quarter(), {(MONEY, "D2"): "款项去向"})
    looked = importing.preview(WANG, LINGANG, "季报.xlsx", content, MARCH)
    assert ("款项去向", "") in looked.reading.headings
    said = {"款项去向": "paid"}
    assert ("款项去向", "paid") in importing.preview(WANG, LINGANG, "季报.xlsx", content, MARCH, said).reading.headings
    importing.commit(WANG, LINGANG, "季报.xlsx", content, MARCH, said)
    assert facts(WANG, LINGANG).spend[0].paid == 2364
    later = edited(content, {PAID: 2464, PAID_SUM: 8300})
    importing.commit(WANG, LINGANG, "半年报.xlsx", later, date(2025, 6, 30))
    assert facts(WANG, LINGANG).spend[0].paid == 2464


def test_what_is_held_waits_for_somebody_else() -> None:
    batch = importing.commit(WANG, LINGANG, "季报.xlsx", quarter(), MARCH, hold=True)
    assert facts(WANG, LINGANG).batch == SEED
    assert batches.compared(LI, LINGANG, batch) == (
        FigureChange("数据截至", None, "2024-12-31", "2025-03-31"),
        FigureChange("累计支付", "璜土镇", "2,164.00", "2,364.00"),
    )
    batches.release(LI, LINGANG, batch)
    assert facts(WANG, LINGANG).batch == batch


def test_a_project_that_is_new() -> None:
    content = edited(batches.template(WANG, LINGANG), {(MONEY, "A1"): APPROVED})
    batch = importing.commit(WANG, "new-2025", "新项目.xlsx", content, date(2024, 12, 31))
    assert batch == "new-2025@2024-12-31"
    assert [project.id for project in projects(WANG)] == [LINGANG, "new-2025"]
    assert [line.paid for line in facts(WANG, "new-2025").spend] == [2164, 2627, 1900, 1309]
    project = facts(WANG, "new-2025").project
    assert (project.name, project.approval, project.approved_on) == ("新项目", "某某投〔2024〕7号", date(2024, 2, 1))
    with pytest.raises(InputError, match="不能用"):
        importing.preview(WANG, "新/项目", "a.xlsx", content)


def test_another_import_meanwhile_is_not_overtaken(monkeypatch: pytest.MonkeyPatch) -> None:
    content = quarter()

    def slow(*args: Any, **more: Any) -> importing.FactsReading:
        if len(known_batches()) == 1:
            batches.correct(LI, LINGANG, "璜土镇", "paid", "1", "抢先")
        return read_facts(*args, **more)

    monkeypatch.setattr(importing, "read_facts", slow)
    with pytest.raises(StoreError, match="刚被他人改动"):
        importing.commit(WANG, LINGANG, "季报.xlsx", content, MARCH)
    assert known_batches() == [f"{SEED}-2", SEED]


def test_detail_goes_on_within_a_day_and_not_beyond() -> None:
    detail = (Community("璜土镇", "一村", "", 2),)
    snapshots.add(open_store.store(), replace(facts(WANG, LINGANG), batch="b"), WANG.actor, communities=detail)
    money = edited(batches.template(WANG, LINGANG), {PAID: 2165, PAID_SUM: 8001})
    without = _without(money, "小区明细")
    for day, kept in ((date(2024, 12, 31), detail), (MARCH, ())):
        importing.commit(WANG, LINGANG, f"{day}.xlsx", _marked(without, str(day)), day)
        assert read.communities(open_store.store(), facts(WANG, LINGANG), None, 0, 9) == kept


def _without(content: bytes, sheet: str) -> bytes:
    import io

    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content))
    del book[sheet]
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _marked(content: bytes, text: str) -> bytes:
    """Another file with the same figures."""
    return edited(content, {("填写说明", "A20"): text})


def test_a_report_comes_in_with_its_claims_and_contradictions() -> None:
    texts = [report_file.paragraph(each.text) for each in worded(0)]
    tables = [report_file.table(report_file.SPEND), report_file.table(report_file.HOMES)]
    content = report_file.docx(*texts, *tables)
    batch = importing.commit(WANG, "report-2023", "报告.docx", content)
    assert batch == "report-2023@2024-12-31"
    found, shipped = facts(WANG, "report-2023"), facts(WANG, LINGANG)
    assert {**known(found), "project": None} == {**known(shipped), "project": None} | {
        name: known(found)[name] for name in ("funding", "baselines")
    }
    assert found.project.title_places == ("申港街道", "夏港街道")
    assert [(plan.source, plan.planned, plan.paid) for plan in found.funding] == [
        ("bond", D(12000), D(8000)),
        ("budget", D(3000), D(0)),
    ]
    assert Counter(each.status for each in data_checks.checks(WANG, "report-2023")) == {"E": 4, "Q": 3, "W": 17, "P": 2}


def test_a_file_name_is_kept_as_one_harmless_line() -> None:
    name = "季\x1b[31m报\u202e\n" + "长" * 300 + ".xlsx"
    batch = importing.commit(WANG, LINGANG, name, quarter(), MARCH)
    kept = next(each.file for each in batches.snapshots(WANG, LINGANG) if each.batch == batch)
    assert kept == "长" * 195 + ".xlsx"
    source = facts(WANG, LINGANG).project.source
    assert source == "长" * len(source)
    again = importing.commit(WANG, LINGANG, "a\x1bb.xlsx", quarter(2365, 8201), date(2025, 6, 30))
    assert next(each.file for each in batches.snapshots(WANG, LINGANG) if each.batch == again) == "a b.xlsx"
    with pytest.raises(NotAllowed, match="请填写原因"):
        batches.withdraw(WANG, LINGANG, batch, "\u202e \x07")


def test_a_project_of_which_only_a_scorecard_was_there_gets_its_figures() -> None:
    content = batches.template(WANG, LINGANG)
    done = scorecard_files.import_scorecard(WANG, File("linjiang.xlsx", workbook()))
    looked = importing.preview(WANG, done.project, "数据.xlsx", content, MARCH)
    assert looked.reading.problems == ()
    batch = importing.commit(WANG, done.project, "数据.xlsx", content, MARCH)
    assert [line.paid for line in facts(WANG, done.project).spend] == [2164, 2627, 1900, 1309]
    batches.withdraw(WANG, done.project, batch, "错")
    assert facts(WANG, done.project).spend == ()


def test_a_project_whose_only_import_was_withdrawn_can_come_in_again() -> None:
    before = facts(WANG, LINGANG)
    content = edited(batches.template(WANG, LINGANG), {(MONEY, "A1"): APPROVED})
    # The service refuses this now (test_heading); stores of before may hold it.
    snapshots.note(open_store.store(), LINGANG, [SEED], "withdrawn", "整份填错", WANG.actor)
    assert projects(WANG) == ()
    assert importing.commit(WANG, LINGANG, "重报.xlsx", content) == f"{SEED}-2"
    assert [line.paid for line in facts(WANG, LINGANG).spend] == [line.paid for line in before.spend]
    assert len(read.sheets(open_store.store(), LINGANG)) == 2


def test_a_project_that_came_in_as_data_gets_its_first_scorecard() -> None:
    content = edited(batches.template(WANG, LINGANG), {(MONEY, "A1"): APPROVED})
    importing.commit(WANG, "new-2025", "新项目.xlsx", content, date(2024, 12, 31))
    with pytest.raises(UnknownName, match="请选择指标体系和等级方案"):
        opening.open_round(WANG, "new-2025", "终评", "final", "mean")
    done = scorecard_files.import_scorecard(WANG, File("评分表.xlsx", workbook()), "new-2025")
    assert (done.project, done.sheet) == ("new-2025", "r1/working")
    # The same file as a project of its own adds up to 82.25 (tests/core/service/manage/test_scheme_files.py).
    assert scorecards.scorecard(WANG, "new-2025").tally.total == D("82.25")
    assert [view.id for view in rounds.rounds(WANG, "new-2025")] == ["r1"]
    assert [line.paid for line in facts(WANG, "new-2025").spend] == [2164, 2627, 1900, 1309]
    assert opening.open_round(WANG, "new-2025", "终评", "final", "mean").round == "r2"
    # No wrong number, A1: with two rounds it is asked which one is meant.
    other = File("另一张.xlsx", workbook())
    with pytest.raises(scorecard_plan.SeveralRounds, match="请指明导入到哪一轮：r1（初评）、r2（终评）。"):
        scorecard_files.import_scorecard(WANG, other, "new-2025")
    assert [scorecard_files.import_scorecard(WANG, other, "new-2025", each).sheet for each in ("r1", "r2")] == [
        "r1/import",
        "r2/import",
    ]
    with pytest.raises(UnknownName, match="没有轮次“r3”"):
        scorecard_files.import_scorecard(WANG, other, "new-2025", "r3")
