"""A project's facts from a document: what was understood, every problem at once, and what asks a question.

Tables are known by their headings (or by what the user said of a heading), not by their position. What the file does
not state is carried over from the snapshot before. With one problem there are no facts: all or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from core.errors import Message, RowProblem
from core.ingest import fact_checks, fact_details, fact_tables
from core.ingest.claims import TOTALS, Stated, with_printed
from core.ingest.document import Document
from core.ingest.fact_headings import NAMES, PART_NAMES, Section, find_sections
from core.ingest.fact_kept import kept
from core.ingest.fact_rows import Notes, NotPlain, Understood
from core.ingest.fact_tables import Places, PlaceTable
from core.ingest.table_file import Table, no_collector
from core.model.detail import in_columns, in_rows
from core.model.project import (
    Arrival,
    BudgetGroup,
    Claim,
    Community,
    Delivery,
    Facts,
    Milestone,
    Project,
    RenovationLine,
    SpendLine,
)
from core.text import word
from core.text.numbers import money

if TYPE_CHECKING:
    import pyarrow

__all__ = ["Reading", "Understood", "read_facts"]

_PRINTED = {"spend": TOTALS[:3], "renovation": TOTALS[3:]}
"""Totals that a new table of that kind makes old."""
_MOST_NAME = 100
_SEARCHED = 40
"""Rows of a table that was not recognised in which its heading is looked for."""


@dataclass(frozen=True)
class Reading:
    """What was understood of a document."""

    facts: Facts | None
    """None when there are problems."""
    detail: pyarrow.Table | None
    """The communities, as `core.model.detail` has them; None: none."""
    understood: tuple[Understood, ...]
    """Of long tables the first rows."""
    problems: tuple[RowProblem, ...]
    """All at once; any: nothing is to be written."""
    questions: tuple[RowProblem, ...]
    """Accepted, but to be looked at."""
    headings: tuple[tuple[str, str], ...]
    """(heading as it stands, field or "")."""
    kept: Message | None = None
    """Which figures go on from the snapshot before, as the file says nothing of them."""

    @property
    def communities(self) -> tuple[Community, ...]:
        """The detail row by row: for a few."""
        return () if self.detail is None else in_rows(self.detail)


@dataclass
class _Told:
    """What the tables of a file say, part by part; None: nothing."""

    tables: dict[str, PlaceTable] = field(default_factory=dict)
    spend: tuple[SpendLine, ...] | None = None
    groups: tuple[BudgetGroup, ...] | None = None
    renovation: tuple[RenovationLine, ...] | None = None
    printed: tuple[Claim, ...] = ()
    deliveries: tuple[Delivery, ...] | None = None
    arrivals: tuple[Arrival, ...] | None = None
    milestones: tuple[Milestone, ...] | None = None
    detail: pyarrow.Table | None = None


def read_facts(
    document: Document,
    *,
    project: str,
    batch: str,
    as_of: date | None,
    today: date,
    previous: Facts | None,
    mapping: Mapping[str, str],
    stated: Stated,
    claims: Sequence[Claim],
) -> Reading:
    """The facts of a document as the snapshot `batch` of the project. Never raises.

    `mapping`: heading -> field, "" leaves the column out. `as_of` None: the day that the document states for itself.
    """
    if document.problems:
        return Reading(None, None, (), document.problems, (), ())
    read = partial(
        _read, project=project, batch=batch, as_of=as_of, today=today, previous=previous, mapping=mapping,
        stated=stated, claims=claims,
    )  # fmt: skip
    try:
        return read(document)
    except NotPlain:
        return read(document.unfolded())


def _read(
    document: Document,
    *,
    project: str,
    batch: str,
    as_of: date | None,
    today: date,
    previous: Facts | None,
    mapping: Mapping[str, str],
    stated: Stated,
    claims: Sequence[Claim],
) -> Reading:
    """The same. Raises NotPlain when folded rows have to be looked at one by one."""
    notes = Notes()
    found = [(table, find_sections(table, mapping)) for table in document.tables]
    sections = [section for _, here in found for section in here]
    _must_be_detail(document, sections)
    notes.problems.extend(_mapping_problems(document, mapping))
    if not sections:
        notes.problems.append(RowProblem(_file(document), None, None, _no_table(document)))
    with no_collector():
        told = _read_parts(sections, previous, notes)
    day = as_of or stated.as_of
    notes.problems.extend(_day_problems(document, day, today))
    known = _project(document, project, previous, stated, notes)
    facts = None
    if not notes.problems and known is not None and day is not None:
        facts = _facts(known, batch, day, told, previous, stated, claims)
        notes.questions.extend(_paid_by_source(document, facts))
    return Reading(
        facts,
        told.detail if facts is not None else None,
        tuple(notes.understood),
        # Money and homes side by side in one table: a row without a place is met twice.
        tuple(dict.fromkeys(notes.problems)),
        tuple(dict.fromkeys(notes.questions)),
        tuple(dict.fromkeys(_headings(found, mapping))),
        kept({part: table.section for part, table in told.tables.items()}, _parts_of(sections), previous),
    )


def _parts_of(sections: Sequence[Section]) -> frozenset[str]:
    return frozenset(part for section in sections for part in section.parts)


def _must_be_detail(document: Document, sections: Sequence[Section]) -> None:
    """Only the detail is read from folded rows. Raises NotPlain when others are folded."""
    folds = [fold for table in document.tables for fold in table.folds]
    theirs = [section for section in sections if section.parts == ("communities",)]
    covered = sum(fold.within(section.row + 1, section.last) for fold in folds for section in theirs)
    if covered < sum(len(fold.rows) for fold in folds):
        raise NotPlain


def _file(document: Document) -> str:
    return document.file or word("文件")


def _no_table(document: Document) -> Message:
    if not any(table.lines for table in document.tables):
        return Message("文件里没有表格。")
    return Message(
        "没有找到可以识别的表头。表头应有“街镇”,以及{fields}等列;列名不同时,请指定各列的含义。",
        {"fields": tuple(NAMES[name] for name in ("estimate", "invested", "paid", "communities", "households"))},
    )


def _mapping_problems(document: Document, mapping: Mapping[str, str]) -> Iterator[RowProblem]:
    for heading, name in mapping.items():
        if name and name not in NAMES:
            text = Message("“{name}”不是可以指定的列。", {"name": name[:40]})
            yield RowProblem(_file(document), None, heading[:40], text)


def _day_problems(document: Document, day: date | None, today: date) -> Iterator[RowProblem]:
    if day is None:
        text = Message("没有读到数据截止日。请填写截止日,或在文件中写明“截至2024年12月31日”。")
        yield RowProblem(_file(document), None, None, text)
    elif day > today:
        text = Message("数据截止日{day}晚于今天({today})。请核对日期。", {"day": day, "today": today})
        yield RowProblem(_file(document), None, None, text)


def _paid_by_source(document: Document, facts: Facts) -> Iterator[RowProblem]:
    """What the places were paid and what the sources paid is the same money."""
    by_place = sum((line.paid for line in facts.spend), Decimal(0))
    by_source = sum((plan.paid for plan in facts.funding), Decimal(0))
    if facts.spend and facts.funding and by_place != by_source:
        text = Message(
            "各街镇累计支付合计{places}万元,各资金来源已支付合计{sources}万元,两者不同。导入后请用“更正一个数”补正各来源的已支付数。",
            {"places": money(by_place), "sources": money(by_source)},
        )
        yield RowProblem(_file(document), None, None, text)


def _headings(found: Sequence[tuple[Table, list[Section]]], mapping: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The headings of every table; of a table that was not recognised the first row that could be one."""
    for table, sections in found:
        for section in sections:
            for column, text in section.words.items():
                taken = next((name for name, at in section.columns.items() if at == column), "")
                yield text, taken
        if not sections:
            rows = (table.lines[row] for row in sorted(table.lines)[:_SEARCHED])
            first: Mapping[int, str] = next((row for row in rows if len(row) > 1), {})
            yield from ((text, "") for text in first.values())


def _read_parts(sections: Sequence[Section], previous: Facts | None, notes: Notes) -> _Told:
    told, places = _Told(), Places(previous)
    by_part: dict[str, list[Section]] = {}
    for section in sections:
        _twice_in_heading(section, notes)
        for part in section.parts:
            by_part.setdefault(part, []).append(section)
    for part in ("spend", "renovation", "delivery", "split"):
        if part in by_part:
            told.tables[part] = fact_tables.read_places(by_part[part][0], part, places, notes)
    for part, several in by_part.items():
        if part != "communities":
            _twice(part, several, notes)
    _money(told, previous, notes)
    if (homes := told.tables.get("renovation")) is not None:
        told.renovation, claims = fact_tables.renovation(homes, previous, notes)
        told.printed += claims
    for table in told.tables.values():
        fact_checks.ask(table, previous, notes)
        fact_checks.whole(table, previous, notes)
    fact_checks.same_places(told.tables, notes)
    _optional(told, by_part, places, previous, notes)
    return told


def _money(told: _Told, previous: Facts | None, notes: Notes) -> None:
    """Rows and approved amounts, split by place where the file says how."""
    if (table := told.tables.get("spend")) is not None:
        spending = fact_tables.spending(table, previous, notes)
        told.spend, told.groups, told.printed = spending.lines, spending.groups, spending.claims
    parts = told.tables.get("split")
    if parts is None:
        return
    groups = told.groups if told.groups is not None else previous.budget_groups if previous else ()
    lines = told.spend if told.spend is not None else previous.spend if previous else ()
    done = fact_tables.split(parts, groups, lines, notes)
    told.groups, told.spend = done.groups, done.lines


def _optional(
    told: _Told, by_part: Mapping[str, list[Section]], places: Places, previous: Facts | None, notes: Notes
) -> None:
    homes = told.renovation if told.renovation is not None else previous.renovation if previous else ()
    spend = told.spend if told.spend is not None else previous.spend if previous else ()
    home_of, money_of = {line.place: line for line in homes}, {line.place: line for line in spend}
    if (table := told.tables.get("delivery")) is not None:
        told.deliveries = fact_tables.deliveries(table)
        fact_checks.work(table, told.deliveries, home_of, notes)
    if "arrivals" in by_part:
        told.arrivals = fact_details.arrivals(by_part["arrivals"][0], notes)
    if "milestones" in by_part:
        told.milestones = fact_details.milestones(by_part["milestones"][0], places, notes)
    if sections := by_part.get("communities"):
        told.detail = _detail(sections, places, notes)
        if told.detail is not None and not notes.problems:
            notes.problems.extend(fact_checks.detail(told.detail, money_of, home_of, sections))


def _detail(sections: Sequence[Section], places: Places, notes: Notes) -> pyarrow.Table | None:
    if any(section.table.folds for section in sections):
        from core.ingest import fact_columns  # only a long .csv is folded, and pyarrow is large

        return fact_columns.communities(sections, places, notes)
    seen: dict[tuple[str, str], str] = {}
    rows = [row for section in sections for row in fact_details.communities(section, places, notes, seen)]
    return in_columns(rows) if rows and not notes.problems else None


def _twice_in_heading(section: Section, notes: Notes) -> None:
    for name, column in section.twice:
        first = section.heading(name)
        text = Message("和“{first}”都是{name}。请把其中一列指定为不读取。", {"first": first, "name": NAMES[name]})
        notes.wrong(section, section.row, column, text)


def _twice(part: str, sections: Sequence[Section], notes: Notes) -> None:
    for again in sections[1:]:
        first = sections[0]
        where = first.table.sheet or first.table.file
        params = {"part": PART_NAMES[part], "sheet": where, "row": first.row}
        text = Message("“{part}”出现了不止一次,前一张在“{sheet}”第{row}行。请只保留一张。", params)
        notes.wrong(again, again.row, None, text)


def _project(document: Document, project: str, previous: Facts | None, stated: Stated, notes: Notes) -> Project | None:
    """What the file says of the project, over what was known of it."""
    old = previous.project if previous else None
    approved_on = stated.approved_on or (old.approved_on if old else None)
    if approved_on is None:
        text = Message(
            "没有读到批复日期。新项目请在表格上方写明,如“项目名称:某老旧小区改造项目。批复文号:某政投〔2022〕41号,2022年10月18日”。"
        )
        notes.problems.append(RowProblem(_file(document), None, None, text))
        return None
    stem = PurePath(_file(document)).stem
    name = stated.name or (old.name if old else stem)
    return Project(
        id=project,
        name=name[:_MOST_NAME],
        title_places=stated.title_places or (old.title_places if old else ()),
        approval=stated.approval or (old.approval if old else ""),
        approved_on=approved_on,
        source=stem[:_MOST_NAME],
    )


def _facts(
    project: Project,
    batch: str,
    day: date,
    told: _Told,
    previous: Facts | None,
    stated: Stated,
    claims: Sequence[Claim],
) -> Facts:
    """The file over what was known before."""
    old = previous or Facts(project, batch, day, (), (), (), (), (), (), ())
    spend = old.spend if told.spend is None else told.spend
    homes = old.renovation if told.renovation is None else told.renovation
    groups = old.budget_groups if told.groups is None else told.groups
    named = [line.place for line in spend] + [line.place for line in homes]
    named += [each.place for each in told.deliveries or ()]
    named += told.detail["place"].unique().to_pylist() if told.detail is not None else []
    places = tuple(dict.fromkeys([*old.places, *named]))
    order = {place: at for at, place in enumerate(places)}
    return Facts(
        project=project,
        batch=batch,
        as_of=day,
        places=places,
        budget_groups=groups,
        funding=stated.funding or old.funding,
        spend=tuple(sorted(spend, key=lambda line: order[line.place])),
        renovation=tuple(sorted(homes, key=lambda line: order[line.place])),
        baselines=stated.baselines or old.baselines,
        claims=_claims(told, old, day, claims, _sums(groups, spend, homes)),
        deliveries=old.deliveries if told.deliveries is None else told.deliveries,
        arrivals=old.arrivals if told.arrivals is None else told.arrivals,
        milestones=old.milestones if told.milestones is None else told.milestones,
    )


def _claims(
    told: _Told, old: Facts, day: date, said: Sequence[Claim], sums: Mapping[str, Decimal]
) -> tuple[Claim, ...]:
    """What the file's tables and text claim; claims of before that it says nothing about stay.

    A text of another day is another report: what an earlier one claimed is not laid in its mouth. A total that was
    printed under an older table stays as long as it is still the sum.
    """
    new = with_printed(said, told.printed)
    ids = {claim.id for claim in new}
    late = {name for part, totals in _PRINTED.items() if part in told.tables for name in totals}
    gone = {claim.id for claim in old.claims if claim.id in late and claim.value != sums[claim.id]}
    gone |= {f"{name}_other" for name in late}
    if said and day != old.as_of:
        gone |= {claim.id for claim in old.claims if claim.id not in sums}
    return (*new, *(claim for claim in old.claims if claim.id not in ids and claim.id not in gone))


def _sums(
    groups: Sequence[BudgetGroup], spend: Sequence[SpendLine], homes: Sequence[RenovationLine]
) -> Mapping[str, Decimal]:
    """Every total by the id of its claim."""
    figures = (
        (group.amount for group in groups),
        (line.invested for line in spend),
        (line.paid for line in spend),
        (Decimal(line.communities) for line in homes),
        (Decimal(line.buildings) for line in homes),
        (Decimal(line.households) for line in homes),
        (line.area for line in homes),
    )
    return {name: sum(values, Decimal(0)) for name, values in zip(TOTALS, figures, strict=True)}
