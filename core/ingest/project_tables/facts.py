"""A project's facts from a document: what was understood, every problem at once, and what asks a question.

Tables are known by their headings (or by what the user said of a heading), not by their position. What the file does
not state is carried over from the snapshot before. With one problem there are no facts: all or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import PurePath
from typing import TYPE_CHECKING

from core.errors import Message, RowProblem
from core.ingest.files.document import Document
from core.ingest.files.hidden import HiddenPart
from core.ingest.files.table import Table
from core.ingest.files.table_file import no_collector
from core.ingest.project_tables import (
    community_list,
    comparisons,
    details,
    payments,
    place_tables,
    source_rows,
    source_tables,
    table_checks,
)
from core.ingest.project_tables.carried_over import as_before, kept
from core.ingest.project_tables.choice import Share
from core.ingest.project_tables.document_problems import (
    day_problems,
    file_of,
    mapping_problems,
    no_table,
    several_projects,
    unclear,
    unmatched,
)
from core.ingest.project_tables.headings import BY_PLACE, IN_SEVERAL, NOTHING_SAID, Spoken, TableSection, find_sections
from core.ingest.project_tables.month_series import Series, find_series
from core.ingest.project_tables.place_tables import Places
from core.ingest.project_tables.read_columns import ReadColumn, read_columns, suggested
from core.ingest.project_tables.rows import Notes, NotPlain, Rows, Understood
from core.ingest.project_tables.told import Told
from core.ingest.project_tables.unread import apart_from_blank, blank_table, is_asked, unread_rows, unread_table
from core.ingest.report_text.claims import TOTALS, TOTALS_OF, Stated, with_printed
from core.model.detail import in_columns, in_rows
from core.model.fields import FIELDS, TABLES, TableId, own_figures
from core.model.project import Claim, Community, Facts, Project
from core.progress.arithmetic import sum_if_known
from core.text.numbers import money

if TYPE_CHECKING:
    import pyarrow

__all__ = ["Background", "FactsReading", "Understood", "read_facts"]

_MOST_NAME = 100
_BESIDE: frozenset[TableId] = frozenset({"payments", "comparisons"})
"""Lists beside the figures of a project: they change nothing of it, and so not the document that it comes from."""


@dataclass(frozen=True)
class FactsReading:
    """A document as it was understood."""

    facts: Facts | None
    """None when there are problems."""
    detail: pyarrow.Table | None
    """The communities, as `core.model.detail` has them; None: none."""
    understood: tuple[Understood, ...]
    """Of long tables the first rows."""
    problems: tuple[RowProblem, ...]
    """All at once; any: nothing is to be written."""
    questions: tuple[RowProblem, ...]
    """Read so; to be seen and confirmed before it counts."""
    columns: tuple[ReadColumn, ...]
    """Every column with a heading, read or not."""
    kept: Message | None = None
    """Names the figures that go on from the snapshot before, as the file says nothing of them."""
    unread: tuple[RowProblem, ...] = ()
    """Tables and rows that are no data, and figures of the text that are no claims, as far as was understood."""
    payments: pyarrow.Table | None = None
    """The ledger of payments, as `core.model.detail` has it; None: none."""
    series: Series | None = None
    """The snapshots that it could be, one a month; None: it is one snapshot."""

    @property
    def headings(self) -> tuple[tuple[str, str], ...]:
        """(heading as it stands, field or "") of each column."""
        return tuple(dict.fromkeys((each.heading, each.field) for each in self.columns))

    @property
    def left_out(self) -> bool:
        """True when something hidden was not read."""
        return any(isinstance(question, HiddenPart) for question in self.questions)

    @property
    def communities(self) -> tuple[Community, ...]:
        """The detail row by row: for a few."""
        return () if self.detail is None else in_rows(self.detail)


@dataclass(frozen=True)
class Background:
    """Knowledge beside the tables of a document."""

    project: str
    batch: str
    """The id of the snapshot that is made."""
    as_of: date | None
    """None: the day that the document states for itself."""
    today: date
    previous: Facts | None
    """The snapshot before."""
    mapping: Mapping[str, str]
    """Column or heading -> field as a person says of this file, "" leaves the column out (`Spoken`)."""
    stated: Stated
    """Statements of the document's text about the project."""
    claims: Sequence[Claim]
    """Claims of the document's text."""
    remembered: Spoken = NOTHING_SAID
    """What was said with earlier files."""
    share: Share = ""
    """Of a snapshot of a monthly series: which columns it takes."""

    @property
    def before(self) -> Facts:
        """The snapshot before; of a new project an empty one."""
        unknown = Project(self.project, "", (), "", None, "")
        return self.previous or Facts(unknown, self.batch, self.today, (), (), (), (), (), (), ())


def read_facts(document: Document, background: Background) -> FactsReading:
    """The facts of a document. Never raises."""
    if document.problems:
        return FactsReading(None, None, (), document.problems, (), ())
    try:
        return _read(document, background)
    except NotPlain:
        return _read(document.unfolded(), background)


def _read(document: Document, background: Background) -> FactsReading:
    """The facts of a document. Raises NotPlain when folded rows have to be looked at one by one."""
    previous, stated = background.previous, background.stated
    stated = replace(stated, funding=as_before(stated.funding, background.before.funding))
    background = replace(background, stated=stated)
    notes = Notes(questions=list(document.questions))
    day = background.as_of or stated.as_of
    spoken = replace(background.remembered, columns=background.mapping, day=day, share=background.share)
    found = [(table, find_sections(table, spoken)) for table in document.tables]
    sections, blank = apart_from_blank([section for _, here in found for section in here])
    _must_be_detail(document, sections)
    notes.problems.extend(mapping_problems(document, background.mapping))
    if not sections:
        notes.problems.append(RowProblem(file_of(document), None, None, no_table(document)))
    notes.questions.extend(several_projects(document, sections))
    with no_collector():
        told = _read_parts(sections, background, notes)
    columns = tuple(read_columns(found, _known_totals(background)))
    unread = (*_unread(found, notes), *unclear(document)) if sections else ()
    unread += (*suggested(columns, file_of(document)), *map(blank_table, blank))
    notes.problems.extend(unmatched(document, background.mapping, columns))
    notes.problems.extend(day_problems(document, day, background.today))
    facts = None
    if not notes.problems and day is not None:
        project = _project(document, background)
        if previous is not None and _parts_of(sections) <= _BESIDE:
            project = replace(project, source=previous.project.source)
        facts = _facts(project, day, told, background)
        notes.questions.extend(_paid_by_source(document, facts))
        notes.questions.extend(_far_from_text(document, facts, background.claims))
    return FactsReading(
        facts,
        told.detail if facts is not None else None,
        tuple(notes.understood),
        # Money and homes side by side in one table: a row without a place is met twice.
        tuple(dict.fromkeys(notes.problems)),
        tuple(dict.fromkeys(notes.questions)),
        columns,
        kept({part: table.section for part, table in told.tables.items()}, _spoken_of(sections, told), previous),
        unread,
        told.payments if facts is not None else None,
        _series(document, found, sections, background),
    )


def _series(
    document: Document,
    found: Sequence[tuple[Table, Sequence[TableSection]]],
    filled: Sequence[TableSection],
    background: Background,
) -> Series | None:
    """The snapshots that the tables with anything in them could be."""
    kept_ones = {*map(id, filled)}
    sections = [[each for each in here if id(each) in kept_ones] for _, here in found]
    return find_series(document, sections, background.as_of, background.stated.as_of, background.today)


def _unread(found: Sequence[tuple[Table, list[TableSection]]], notes: Notes) -> Iterator[RowProblem]:
    """Tell of what is no data; rows that have lost their heading are asked about."""
    for table, sections in found:
        if sections:
            yield from unread_rows(table, sections)
        elif table.lines and is_asked(table):
            notes.questions.append(unread_table(table))
        elif table.lines:
            yield unread_table(table)


def _parts_of(sections: Sequence[TableSection]) -> frozenset[TableId]:
    return frozenset(part for section in sections for part in section.parts)


def _spoken_of(sections: Sequence[TableSection], told: Told) -> frozenset[TableId]:
    """The tables that a file speaks of: a list of communities may speak of money by source, too."""
    return _parts_of(sections) | ({"sources"} if told.by_source else frozenset())


def _must_be_detail(document: Document, sections: Sequence[TableSection]) -> None:
    """Only the detail is read from folded rows. Raises NotPlain when others are folded."""
    folds = [fold for table in document.tables for fold in table.folds]
    theirs = [section for section in sections if section.parts in (("communities",), ("payments",))]
    covered = sum(fold.within(section.row + 1, section.last) for fold in folds for section in theirs)
    if covered < sum(len(fold.rows) for fold in folds):
        raise NotPlain


def paid_apart(facts: Facts) -> Message | None:
    """Ask where the places were paid another sum than the sources paid: it is one money. None: they agree, or one is
    not known."""
    by_place = _sums(facts)["total_paid"]
    paid = [plan.paid for plan in facts.funding if plan.paid is not None]
    by_source = sum(paid, Decimal(0))
    known = bool(facts.spend) and by_place is not None and bool(paid) and len(paid) == len(facts.funding)
    if not known or by_place == by_source:
        return None
    return Message(
        "各街镇累计支付合计{places}万元，各资金来源已支付合计{sources}万元，两者不同。导入后请用“更正一个数”补正各来源的已支付数。",
        {"places": money(by_place), "sources": money(by_source)},
    )


def _paid_by_source(document: Document, facts: Facts) -> Iterator[RowProblem]:
    text = paid_apart(facts)
    if text is not None:
        yield RowProblem(file_of(document), None, None, text)


def _far_from_text(document: Document, facts: Facts, said: Sequence[Claim]) -> Iterator[RowProblem]:
    """A total of the tables that is a thousand times the one in the text, or the other way, is in another unit."""
    sums = _sums(facts)
    for claim in said:
        added = sums.get(claim.id) if claim.id in TOTALS else None
        if added is not None and claim.value is not None and table_checks.far(claim.value, added):
            params = {
                "name": FIELDS[claim.id.removeprefix("total_")].name,
                "table": f"{added.normalize():,f}",
                "said": claim.text,
            }
            text = Message("表中{name}合计{table}，文中写的是{said}，相差千倍以上。请核对单位。", params)
            yield RowProblem(file_of(document), None, None, text)


def _known_totals(background: Background) -> Mapping[str, Decimal]:
    """Field -> its total by the document's text, or by the snapshot before."""
    totals = {name.removeprefix("total_"): value for name, value in _sums(background.before).items() if value}
    for claim in background.claims:
        if claim.id in TOTALS and claim.value is not None:
            totals[claim.id.removeprefix("total_")] = claim.value
    return totals


def _read_parts(sections: Sequence[TableSection], background: Background, notes: Notes) -> Told:
    previous = background.previous
    told, places = Told(background.before), Places(previous)
    by_part: dict[TableId, list[TableSection]] = {}
    for section in sections:
        _tell_heading(section, notes)
        for part in section.parts:
            by_part.setdefault(part, []).append(section)
    households = _households(by_part.get("renovation", ()), told.facts)
    for part in BY_PLACE:
        if part in by_part:
            section = by_part[part][0]
            section = source_rows.across(section, notes) if section.in_rows else section
            told.tables[part] = place_tables.read_places(section, part, places, notes, households)
    for part, several in by_part.items():
        if part not in IN_SEVERAL:
            _twice(part, several, notes)
    if (spend := told.tables.get("spend")) is not None:
        told.facts, told.printed = place_tables.spending(spend, told.facts, notes)
    if (amounts := told.tables.get("split")) is not None:
        told.facts = place_tables.split(amounts, told.facts, notes)
    if (homes := told.tables.get("renovation")) is not None:
        told.facts, claims = place_tables.renovation(homes, told.facts, notes)
        told.printed += claims
    if (kinds := told.tables.get("sources")) is not None:
        known = replace(told.facts, funding=background.stated.funding or told.facts.funding)
        told.take(source_money=source_tables.by_place(kinds, known, notes, spend))
        told.by_source = True
        told.facts = source_tables.with_paid(told.facts, kinds, notes)
    for table in told.tables.values():
        table_checks.ask(table, previous, notes)
        table_checks.whole(table, previous, notes)
    table_checks.same_places(told.tables, notes)
    _optional(told, by_part, places, notes)
    return told


def _households(sections: Sequence[TableSection], before: Facts) -> int:
    """The households that the project is for, as the file says or was known before; 0: not known."""
    told = sum(Rows(section, "renovation", Notes(), ("place", "households")).homes for section in sections[:1])
    return told or sum(line.households or 0 for line in before.renovation)


def _optional(told: Told, by_part: Mapping[TableId, list[TableSection]], places: Places, notes: Notes) -> None:
    if (table := told.tables.get("delivery")) is not None:
        deliveries = place_tables.deliveries(table)
        told.take(deliveries=deliveries)
        table_checks.work(table, deliveries, told.facts, notes)
    if "arrivals" in by_part:
        told.take(arrivals=details.arrivals(by_part["arrivals"][0], notes))
    if "milestones" in by_part:
        known = told.facts.milestones
        told.take(milestones=details.milestones(by_part["milestones"][0], places, notes, known))
    if "comparisons" in by_part:
        told.take(comparisons=comparisons.comparisons(by_part["comparisons"][0], places, notes))
    if sections := by_part.get("payments"):
        told.payments = _ledger(sections, places, told.facts, notes)
    if sections := by_part.get("communities"):
        community_list.read(told, sections, places, notes)


def _ledger(sections: Sequence[TableSection], places: Places, before: Facts, notes: Notes) -> pyarrow.Table | None:
    if any(section.table.folds for section in sections):
        from core.ingest.project_tables import folded_payments

        return folded_payments.payments(sections, places, notes)
    found = in_columns(payments.payments(sections, places, before, notes), "payments")
    return found if len(found) and not notes.problems else None


def _tell_heading(section: TableSection, notes: Notes) -> None:
    for name, column in section.twice:
        first = section.heading(name)
        text = Message("和“{first}”都是{name}。请把其中一列指定为不读取。", {"first": first, "name": FIELDS[name].name})
        notes.wrong(section, section.row, column, text)
    for doubt in section.doubts:
        (notes.wrong if doubt.wrong else notes.ask)(section, section.row, doubt.column, doubt.message)


def _twice(part: TableId, sections: Sequence[TableSection], notes: Notes) -> None:
    for again in sections[1:]:
        first = sections[0]
        where = first.table.sheet or first.table.file
        params = {"part": TABLES[part].name, "sheet": where, "row": first.row}
        text = Message("“{part}”出现了不止一次，前一张在“{sheet}”第{row}行。请只保留一张。", params)
        notes.wrong(again, again.row, None, text)


def _project(document: Document, background: Background) -> Project:
    """The project as the file states it, over what was known of it; its approval may be told later."""
    stated, previous = background.stated, background.previous
    old = previous.project if previous else None
    stem = PurePath(file_of(document)).stem
    name = stated.name or (old.name if old else stem)
    return Project(
        id=background.project,
        name=name[:_MOST_NAME],
        title_places=stated.title_places or (old.title_places if old else ()),
        approval=stated.approval or (old.approval if old else ""),
        approved_on=stated.approved_on or (old.approved_on if old else None),
        source=stem[:_MOST_NAME],
    )


def _facts(project: Project, day: date, told: Told, background: Background) -> Facts:
    """The file over what was known before."""
    facts, before, stated = told.facts, background.before, background.stated
    named = [line.place for line in facts.spend] + [line.place for line in facts.renovation]
    named += [line.place for line in facts.deliveries]
    named += [each.place for each in facts.source_money if each.place is not None]
    named += told.detail["place"].unique().to_pylist() if told.detail is not None else []
    places = tuple(dict.fromkeys([*before.places, *named]))
    order = {place: at for at, place in enumerate(places)}
    known = replace(facts, funding=stated.funding or before.funding)
    plans = source_tables.plans(known, stated.funding) if told.by_source else known.funding
    return replace(
        facts,
        project=project,
        batch=background.batch,
        as_of=day,
        places=places,
        funding=plans,
        source_money=source_tables.without_plans(facts.source_money, plans),
        spend=tuple(sorted(facts.spend, key=lambda line: order[line.place])),
        renovation=tuple(sorted(facts.renovation, key=lambda line: order[line.place])),
        baselines=stated.baselines or before.baselines,
        claims=_claims(told, before, day, background.claims),
    )


def _claims(told: Told, old: Facts, day: date, said: Sequence[Claim]) -> tuple[Claim, ...]:
    """Claims of the file's tables and text; those of before that it says nothing about stay.

    A text of another day is another report: what an earlier one claimed is not laid in its mouth. A total that was
    printed under an older table stays as long as it is still the sum.
    """
    new, sums = with_printed(said, told.printed), _sums(told.facts)
    ids = {claim.id for claim in new}
    late = {name for part, totals in TOTALS_OF.items() if part in told.tables for name in totals}
    gone = {claim.id for claim in old.claims if claim.id in late and claim.value != sums[claim.id]}
    gone |= {f"{name}_other" for name in late}
    if said and day != old.as_of:
        gone |= {claim.id for claim in old.claims if claim.id not in sums}
    return (*new, *(claim for claim in old.claims if claim.id not in ids and claim.id not in gone))


def _sums(facts: Facts) -> Mapping[str, Decimal | None]:
    """Every total by the id of its claim; None where a place does not report its figure."""
    approved = sum((group.amount for group in facts.budget_groups), Decimal(0))
    by_place: tuple[tuple[TableId, Sequence[object]], ...] = (("spend", facts.spend), ("renovation", facts.renovation))
    return {"total_estimate": approved} | {
        f"total_{name}": sum_if_known(getattr(line, name) for line in lines)
        for table, lines in by_place
        for name in own_figures(table)
    }
