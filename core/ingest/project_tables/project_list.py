"""A list of projects, one row a project: bonds, a year's programme. Each row is an import of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from core.errors import Message, RowProblem
from core.ingest.files import cells
from core.ingest.files.document import Document
from core.ingest.files.labels import plain
from core.ingest.files.table import Table
from core.ingest.files.total_words import is_total
from core.ingest.project_tables.choice import choose
from core.ingest.project_tables.heading_words import meaning
from core.ingest.project_tables.place_tables import key_of
from core.ingest.project_tables.section import TableSection
from core.ingest.project_tables.units import units_of
from core.ingest.project_tables.values import Reader, Unit
from core.model.fields import FIELDS, own_figures
from core.model.project import (
    FUNDING_NAMES,
    BudgetGroup,
    Claim,
    Facts,
    Funding,
    Project,
    RenovationLine,
    SpendLine,
)
from core.text import word

_HEADINGS: Mapping[str, str] = {
    "name": "项目名称 工程名称 债券项目名称 建设项目名称 专项债项目名称 改造项目名称 实施项目名称",
    "code": "项目编号 项目编码 项目代码 项目库编码 项目统一代码",
    "approval": "批复文号 批文号 批准文号 立项批复文号 批复文件",
    "approved_on": "批复日期 批复时间 批准日期 立项批复日期",
    "bond": "发行金额 债券金额 专项债券金额 专项债金额 专项债额度 债券额度 专项债券额度 发行额 发行额度 债券发行金额",
    "score": "评价得分 绩效评价得分 绩效得分 综合得分 得分 评分",
}  # fmt: skip
"""What only such a list has -> spellings of its heading."""
_OWN = {spelling: name for name, spellings in _HEADINGS.items() for spelling in spellings.split()}
_SEARCHED = 40
"""Rows in which the heading is looked for."""
_MONEY = "invested"
"""A field whose cells hold money: a column of bonds is read as one."""
_MOST_SCORE = 1000
_MOST_NAME = 100


@dataclass(frozen=True)
class ListedProject:
    """One row."""

    name: str
    at: str
    """Sheet and row."""
    row: int
    code: str = ""
    place: str = ""
    """The sub-district or town that the row names; "" for none."""
    approval: str = ""
    approved_on: date | None = None
    figures: Mapping[str, Decimal | int] = field(default_factory=dict)
    """By field, with `bond` (万元) and `score`; those that the row reports."""
    raw: Mapping[str, str] = field(default_factory=dict)
    """The cells by field, as they stand."""


@dataclass(frozen=True)
class ProjectList:
    """A list as it was read."""

    table: Table
    projects: tuple[ListedProject, ...]
    problems: tuple[RowProblem, ...]
    questions: tuple[RowProblem, ...]


def find_list(document: Document) -> ProjectList | None:
    """The list of projects that a file is; None where it is none. Two lists on several sheets are one."""
    found = [each for table in document.tables if (each := _list(table)) is not None]
    if sum(len(each.projects) for each in found) < 2:
        return None
    projects = [project for each in found for project in each.projects]
    return ProjectList(
        found[0].table,
        tuple(projects),
        (*(problem for each in found for problem in each.problems), *_twice(found[0].table, projects)),
        tuple(question for each in found for question in each.questions),
    )


def _twice(table: Table, projects: Sequence[ListedProject]) -> Iterator[RowProblem]:
    first: dict[str, ListedProject] = {}
    for each in projects:
        before = first.setdefault(key_of(each.name), each)
        if before is not each:
            text = Message("项目“{name}”与{first}重复。", {"name": each.name, "first": before.at})
            yield table.problem(each.row, 1, None, text)


def _list(table: Table) -> ProjectList | None:
    section = next((each for row in sorted(table.lines)[:_SEARCHED] if (each := _section(table, row))), None)
    return None if section is None else _Reading(section).list()


def _section(table: Table, row: int) -> TableSection | None:
    """The heading of such a list: names of projects, and a figure or a code beside them."""
    words = {column: text for column, text in table.lines[row].items() if text}
    own = {name: column for column, text in words.items() if (name := _OWN.get(_label(text)))}
    if "name" not in own:
        return None
    rest = {column: meaning((text,)) for column, text in words.items() if column not in own.values()}
    if any(found is not None and found.field == "community" for found in rest.values()):
        return None
    chosen = choose({column: (words[column],) for column in rest}, {}, rest, None)
    columns = {name: column for name, column in chosen.columns.items() if FIELDS[name].summed or name == "place"}
    columns |= own
    told = any(name in FIELDS and FIELDS[name].summed for name in columns)
    if not told and own.keys().isdisjoint(("bond", "score", "code")):
        return None
    paths = {column: (text,) for column, text in words.items()}
    return TableSection(table, row, row, table.rows, columns, words, chosen.twice, paths, chosen.doubts)


def _label(text: str) -> str:
    return plain(text).split("/")[0]


class _Reading:
    """The rows under the heading."""

    def __init__(self, section: TableSection) -> None:
        self.section, self.table = section, section.table
        self.problems: list[RowProblem] = [_problem(section, *each) for each in _headings_twice(section)]
        self.questions: list[RowProblem] = []
        figures = {name: column for name, column in section.columns.items() if name in FIELDS}
        units, doubts = units_of(replace(section, columns=figures))
        self.units: dict[str, Unit] = dict(units)
        if "bond" in section.columns:
            alone = replace(section, columns={_MONEY: section.columns["bond"]})
            self.units["bond"] = units_of(alone)[0][_MONEY]
        for doubt in doubts:
            (self.problems if doubt.wrong else self.questions).append(
                _problem(section, section.row, doubt.field, doubt.message)
            )
        self.readers = {
            name: Reader(_MONEY if name == "bond" else name, self.units.get(name))
            for name in section.columns
            if name == "bond" or (name in FIELDS and FIELDS[name].summed)
        }

    def list(self) -> ProjectList:
        """The projects; rows of sums are held against them."""
        found: list[ListedProject] = []
        totals: list[int] = []
        for row in sorted(self.table.lines):
            cells_of = self.table.lines[row]
            if row <= self.section.row or not cells_of:
                continue
            name = " ".join(cells_of.get(self.section.columns["name"], "").split())
            first = cells_of[min(cells_of)]
            if is_total(first) or is_total(name):
                totals.append(row)
            elif name:
                found.append(self._project(row, name))
            elif len(cells_of) > 2:
                self._wrong(row, "name", Message("没有填写项目名称。"))
        for row in totals[-1:]:
            self._compare(row, found)
        self._tell_units(found)
        return ProjectList(self.table, tuple(found), tuple(self.problems), tuple(self.questions))

    def _project(self, row: int, name: str) -> ListedProject:
        raw = {each: self._cell(row, each) for each in self.section.columns}
        figures: dict[str, Decimal | int] = {}
        for each, reader in self.readers.items():
            value = reader[raw[each]]
            if isinstance(value, Message):
                self._wrong(row, each, value)
            number = value[0] if isinstance(value, tuple) else value
            if isinstance(number, Decimal | int):
                figures[each] = number
        if raw.get("score", "").strip():
            score = cells.number(raw["score"].strip(), 2)
            if score is None or not 0 <= score <= _MOST_SCORE:
                self._wrong(row, "score", Message("应为得分，读到“{cell}”。", {"cell": raw["score"][:20]}))
            else:
                figures["score"] = score
        approved = None
        if raw.get("approved_on", "").strip():
            day = Reader("arrived_on", None)[raw["approved_on"]]
            approved = day if isinstance(day, date) else None
            if isinstance(day, Message):
                self._wrong(row, "approved_on", day)
        sheet = self.table.sheet or word("项目清单")
        at = f"{sheet} 第{row}行"
        texts = {each: " ".join(raw.get(each, "").split()) for each in ("code", "place", "approval")}
        return ListedProject(name, at, row, approved_on=approved, figures=figures, raw=raw, **texts)

    def _cell(self, row: int, name: str) -> str:
        column = self.section.columns[name]
        return self.table.over(row, column) if name == "place" else self.table.own(row, column)

    def _wrong(self, row: int, name: str, text: Message) -> None:
        self.problems.append(_problem(self.section, row, name, text))

    def _compare(self, row: int, found: Sequence[ListedProject]) -> None:
        for name, reader in self.readers.items():
            value = reader[self._cell(row, name)]
            printed = value[0] if isinstance(value, tuple) else value
            if not isinstance(printed, Decimal | int) or any(name not in each.figures for each in found):
                continue
            added = sum((Decimal(each.figures[name]) for each in found), Decimal(0))
            if abs(added - printed) > Decimal("0.005"):
                params = {"expected": f"{added.normalize():,f}", "found": f"{Decimal(printed).normalize():,f}"}
                self._wrong(row, name, Message("各行相加是{expected}，这里是{found}，两者不一致。", params))

    def _tell_units(self, found: Sequence[ListedProject]) -> None:
        for name in self.readers:
            measured = name == "bond" or FIELDS[name].measured
            if measured and not self.units[name].stated and any(name in each.figures for each in found):
                unit = FIELDS[_MONEY if name == "bond" else name].unit
                params = {"names": (self.section.heading(name),), "unit": unit}
                text = Message("“{names}”没有注明单位，按{unit}读取。", params)
                self.questions.append(_problem(self.section, self.section.row, name, text))


def _headings_twice(section: TableSection) -> Iterator[tuple[int, str | int, Message]]:
    for name, column in section.twice:
        params = {"first": section.heading(name), "name": FIELDS[name].name}
        text = Message("和“{first}”都是{name}。请把其中一列指定为不读取。", params)
        yield section.row, column, text


def _problem(section: TableSection, row: int, name: str | int, text: Message) -> RowProblem:
    column = section.columns[name] if isinstance(name, str) else name
    return section.table.problem(row, column, section.words.get(column), text)


def facts_of(listed: ListedProject, empty: Facts, previous: Facts | None) -> Facts | Message:
    """The facts of a row over what was known of its project, or why the row cannot be its next snapshot.

    `empty`: the project, the batch and the day of the import, without figures.
    """
    before = previous or empty
    figures = listed.figures
    named = [name for name in (*own_figures("spend"), *own_figures("renovation")) if name in figures]
    several = Message(
        "项目“{name}”已有{count}个街镇的数，清单里只有一个总数，不能代替。请导入它的街镇表，或在清单中去掉这些列。",
        {"name": listed.name, "count": len(before.places)},
    )
    if (named and len(before.places) > 1) or ("estimate" in figures and len(before.budget_groups) > 1):
        return several
    place = before.places[0] if before.places else listed.place or listed.name
    places = before.places or ((place,) if named or listed.place else ())
    new = replace(empty, places=places, baselines=before.baselines, milestones=before.milestones)
    new = replace(new, deliveries=before.deliveries, arrivals=before.arrivals, funding=_funding(listed, before))
    groups = before.budget_groups
    if (amount := figures.get("estimate")) is not None:
        covered = groups[0].places if groups else places
        groups = (BudgetGroup("estimate", Decimal(amount), covered, listed.at),)
    group = groups[0].id if groups and place in groups[0].places else ""
    return replace(
        new,
        budget_groups=groups,
        spend=_lines(listed, before.spend, SpendLine, place, {"budget_group": group}),
        renovation=_lines(listed, before.renovation, RenovationLine, place, {"communities_second": None}),
        claims=_claims(listed, before),
    )


def _lines(
    listed: ListedProject, before: Sequence[Any], kind: type, place: str, more: Mapping[str, object]
) -> tuple[Any, ...]:
    """The row of the project's one place, as the list has it over what was known; or those of before."""
    names = own_figures("spend" if kind is SpendLine else "renovation")
    said = {name: listed.figures[name] for name in names if name in listed.figures}
    if not said:
        return tuple(before)
    raws = {f"{name}_raw": listed.raw.get(name, "") for name in said}
    if before:
        mine = more if kind is SpendLine else {}
        return (replace(before[0], **{**said, **raws, **mine}, source=listed.at),)
    blank = {f"{name}_raw": "" for name in (*names, "serial", "estimate") if f"{name}_raw" in kind.__annotations__}
    figures = dict.fromkeys(names) | said
    return (kind(place=place, place_raw=place, source=listed.at, **{**blank, **raws}, **figures, **more),)


def _funding(listed: ListedProject, before: Facts) -> tuple[Funding, ...]:
    amount = listed.figures.get("bond")
    if amount is None:
        return before.funding
    old = next((plan for plan in before.funding if plan.source == "bond"), None)
    estimate = listed.figures.get("estimate")
    share = Decimal(0) if not estimate else min(Decimal(1), Decimal(amount) / Decimal(estimate))
    new = (
        Funding("bond", FUNDING_NAMES["bond"], Decimal(amount), None, None, round(share, 6), listed.at)
        if old is None
        else replace(old, planned=Decimal(amount), section=listed.at)
    )
    return (new, *(plan for plan in before.funding if plan.source != "bond"))


def _claims(listed: ListedProject, before: Facts) -> tuple[Claim, ...]:
    score = listed.figures.get("score")
    kept = tuple(claim for claim in before.claims if score is None or claim.id != "reported_score")
    if score is None:
        return kept
    return (*kept, Claim("reported_score", Decimal(score), listed.raw["score"].strip(), listed.at))


def project_of(
    listed: ListedProject, project: str, approved_on: date | None, old: Project | None, source: str
) -> Project:
    """The project of a row, over what was known of it."""
    if old is not None:
        return replace(old, approval=listed.approval or old.approval, approved_on=approved_on, source=source)
    return Project(project, listed.name[:_MOST_NAME], (), listed.approval, approved_on, source)
