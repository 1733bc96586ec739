"""The form of a reporting period: a row a place, or a community, with last period's figures and what is typed in."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

from core.errors import InputError, Message
from core.ingest.project_tables.correction import CorrectableFigure, Value, figure_of
from core.ingest.project_tables.reported import Doubt, as_typed, doubts, grounds, printed, read_cell
from core.ingest.project_tables.reported_communities import (
    CommunityRow,
    Entry,
    community_doubts,
    entry_as_typed,
    entry_printed,
    figure_of_community,
    last_entries,
    read_entry,
)
from core.model.context import Context
from core.model.project import Facts
from core.model.reporting import OPEN, CommunityFigure, Report, ReportedFigure, ReportingPeriod, Row, State
from core.model.rights import Deed
from core.model.storable import MOST_TEXT, too_long, unstorable
from core.service.base import open_store
from core.service.base.asking import asks, named
from core.service.manage.reporting.periods import known, own_places
from core.store import read
from core.store import reporting as stored
from core.store.database import Source
from core.store.event_log import Draft
from core.text.one_line import one_line

MOST_EDITS = 10_000
"""Edits that are taken at once."""
_EDIT_ID = re.compile(r"[0-9a-f-]{20,40}")
BETWEEN = "␟"
"""Stands between a place and its community in the code of a cell, and in no name."""
MOST_RAW = 40
"""Characters of a cell."""


@dataclass(frozen=True)
class Cell:
    """A cell of the form."""

    field: str
    last: str
    """Last period's figure as it is printed; "—": none."""
    fill: str
    """That figure as it would be typed; "": there is none to fill in."""
    figure: ReportedFigure | None
    """What was typed last; None: nothing yet."""
    doubts: tuple[Message, ...] = ()
    """Sentences about what stands in it."""

    @property
    def raw(self) -> str:
        """What stands in it; "": nothing."""
        return self.figure.raw if self.figure is not None else ""

    @property
    def open(self) -> bool:
        """True where a doubt has not been answered."""
        return bool(self.doubts) and not (self.figure is not None and self.figure.reason)


@dataclass(frozen=True)
class FormRow:
    """The row of a place, or of a community of it."""

    place: str
    community: str
    """"": the place itself."""
    state: State
    """Of the place."""
    cells: tuple[Cell, ...]
    returned: str
    """Why it was returned; "" where it was not, or is submitted again."""

    @property
    def writable(self) -> bool:
        """True where figures may be typed now."""
        return self.state in OPEN

    @property
    def missing(self) -> int:
        """Number of cells that are still empty."""
        return sum(not cell.raw for cell in self.cells)

    @property
    def name(self) -> str:
        """What it is called among the rows of its place."""
        return self.community or self.place


@dataclass(frozen=True)
class Form:
    """The form of a period, for the one who asks."""

    report: Report
    figures: tuple[CorrectableFigure, ...]
    """The columns."""
    before: Facts
    """The last period."""
    rows: tuple[FormRow, ...]


@dataclass(frozen=True)
class Saved:
    """Answer: the edit is in the store (now, or since it arrived before)."""

    figure: ReportedFigure


@dataclass(frozen=True)
class Refused:
    """Answer: the edit cannot be taken. Nothing was written."""

    message: Message


@dataclass(frozen=True)
class Conflict:
    """Answer: somebody else has typed something else meanwhile; None: the cell is empty."""

    theirs: ReportedFigure | None


Answer = Saved | Refused | Conflict
GARBLED = Refused(Message("收到的修改内容不完整，未计入。请刷新页面后重填。"))


@dataclass(frozen=True)
class Edit:
    """A change of a cell as a person sent it, not yet judged."""

    edit_id: str
    field: str
    row: Row
    base: int | str
    """Revision it was made from (0: none yet), or the edit_id of its own predecessor."""
    raw: str
    reason: str


@asks(Deed.REPORT)
def form(ctx: Context, project: str, period: str) -> Form:
    """The rows that the one who asks may write: a clerk sees those of all places. Raises UnknownName."""
    store = open_store.of(ctx)
    there = stored.report(store, known(store, project, period))
    before = facts_before(store, there.period, there.made)
    mine = own_places(store, ctx.actor, before)
    figures = tuple(figure_in(there.period, name) for name in there.period.fields)
    places = tuple(place for place in there.period.places if place in mine)
    return Form(there, figures, before, rows_of(store, there, before, places))


def figure_in(period: ReportingPeriod, name: str) -> CorrectableFigure:
    """The figure of that id, of a place or of a community."""
    return figure_of_community(name) if period.communities else figure_of(name)


def facts_before(source: Source, period: ReportingPeriod, own: Collection[str] = ()) -> Facts:
    """The snapshot that the period goes on from: the newest that counts up to its day, else the newest of all.

    `own`: snapshots that its own releases have made, which are no last period while there is any other.
    """
    every = read.series(source, period.project)
    series = [each for each in every if each.batch not in own] or every
    return next((each for each in reversed(series) if each.as_of <= period.as_of), series[-1])


def typed_rows(there: Report) -> Mapping[Row, CommunityRow]:
    """What each row of the period has typed, by field; a cell that is empty is not in it."""
    found: dict[Row, dict[str, Entry]] = {row: {} for place in there.period.places for row in there.period.rows(place)}
    for (row, name), figure in there.figures.items():
        if row in found and figure.there:
            found[row][name] = _value(figure_in(there.period, name), figure)
    return found


def entry_typed(period: ReportingPeriod, value: Entry, name: str) -> str:
    """What a row holds as somebody would type it."""
    return entry_as_typed(value, name) if period.communities else as_typed(cast(Value, value), name)


def rows_of_places(typed: Mapping[Row, CommunityRow]) -> Mapping[str, Mapping[str, Value]]:
    """What each place has typed in a period of places: none of their figures is a day."""
    return {place: cast(Mapping[str, Value], row) for (place, _), row in typed.items()}


def _value(figure: CorrectableFigure, typed: ReportedFigure) -> Entry:
    if figure.kind == "day":
        return read_entry(figure.id, typed.raw)
    return int(typed.value) if figure.kind == "count" and typed.value is not None else typed.value


def rows_of(source: Source, there: Report, before: Facts, places: Sequence[str]) -> tuple[FormRow, ...]:
    """The rows of these places. `before`: the last period."""
    typed = typed_rows(there)
    cells = _cells_of_communities if there.period.communities else _cells_of_places
    found = cells(source, there, before, typed, places)
    heads = {place: _head(there, place) for place in places}
    return tuple(FormRow(*row, heads[row[0]][0], found[row], heads[row[0]][1]) for row in found)


def _head(there: Report, place: str) -> tuple[State, str]:
    step = there.step(place)
    return there.state(place), step.reason if step is not None and step.kind == "returned" else ""


Cells = Mapping[Row, tuple[Cell, ...]]


def _cells_of_places(
    source: Source, there: Report, before: Facts, typed: Mapping[Row, CommunityRow], places: Sequence[str]
) -> Cells:
    on = grounds(before, rows_of_places(typed))
    found = {}
    for place in places:
        last, doubted = on.last.get(place, {}), _by_field(doubts(on, place))
        found[place, ""] = tuple(
            Cell(
                name, printed(last.get(name), name), as_typed(last.get(name), name),
                there.figures.get(((place, ""), name)), doubted.get(name, ()),
            )
            for name in there.period.fields
        )  # fmt: skip
    return found


def _cells_of_communities(
    source: Source, there: Report, before: Facts, typed: Mapping[Row, CommunityRow], places: Sequence[str]
) -> Cells:
    old = {(each.place, each.name): last_entries(each) for each in read.communities_of(source, before, places)}
    found = {}
    for row in (row for place in places for row in there.period.rows(place)):
        last = old.get(row, {})
        doubted = _by_field(community_doubts(typed[row], last, there.period.as_of))
        found[row] = tuple(
            Cell(
                name, entry_printed(last.get(name), name), entry_as_typed(last.get(name), name),
                there.figures.get((row, name)), doubted.get(name, ()),
            )
            for name in there.period.fields
        )  # fmt: skip
    return found


def _by_field(found: Sequence[Doubt]) -> Mapping[str, tuple[Message, ...]]:
    doubted: dict[str, tuple[Message, ...]] = {}
    for each in found:
        doubted[each.field] = (*doubted.get(each.field, ()), each.text)
    return doubted


@asks(Deed.REPORT)
def save(ctx: Context, project: str, period: str, raw_edits: Sequence[object]) -> dict[str, Answer]:
    """Judge changes of cells as a browser sent them and write those that fit, durably, in one transaction.

    An edit is {edit_id, code "field:place", base, raw, reason}; BETWEEN and a community follow the place where it has
    one. Returns an answer for each edit_id; one that arrived before is answered as saved. Raises NameNeeded,
    UnknownName, InputError for too many, StoreError.
    """
    if not raw_edits:
        return {}
    actor, store = named(ctx), open_store.of(ctx)
    if len(raw_edits) > MOST_EDITS:
        params = {"count": len(raw_edits), "most": MOST_EDITS}
        raise InputError(Message("一次收到{count}处修改，最多{most}处，均未计入。请刷新页面后重填。", params), ())
    of = known(store, project, period)
    mine = own_places(store, actor, read.facts(store, project))
    arrived = [read_edit(raw) for raw in raw_edits]
    edits = [edit for edit in arrived if isinstance(edit, Edit)]
    answers: dict[str, Answer] = {e[0]: e[1] for e in arrived if not isinstance(e, Edit) and e[0] is not None}

    def decide(
        there: Report, stored_edits: Mapping[str, ReportedFigure]
    ) -> tuple[list[Draft], list[tuple[str, Answer | None]]]:
        newest, drafts, found = dict(there.figures), list[Draft](), list[tuple[str, Answer | None]]()
        for edit in {each.edit_id: each for each in edits}.values():
            cell = (edit.row, edit.field)
            judged = judge(edit, there, newest.get(cell), stored_edits.get(edit.edit_id), mine)
            if isinstance(judged, Saved | Refused | Conflict):
                found.append((edit.edit_id, judged))
                continue
            newest[cell] = _coming(edit, there, newest.get(cell))
            typed = {"place": edit.row[0], "field": edit.field, "edit_id": edit.edit_id, "raw": edit.raw}
            community = {"community": edit.row[1]} if there.period.communities else {}
            drafts.append(typed | community | {"value": judged, "reason": edit.reason})
            found.append((edit.edit_id, None))
        return drafts, found

    told, events = stored.add_figures(store, of, actor, decide, [edit.edit_id for edit in edits])
    written = {each.edit_id: each for each in events}
    return answers | {edit_id: Saved(written[edit_id]) if answer is None else answer for edit_id, answer in told}


def read_edit(raw: object) -> Edit | tuple[str | None, Refused]:
    """Read an edit from a browser, which may send anything; a refusal comes with the edit_id if it has one."""
    if not isinstance(raw, Mapping):
        return None, GARBLED
    edit_id, code, base = raw.get("edit_id"), raw.get("code"), raw.get("base")
    text, reason = raw.get("raw"), raw.get("reason", "")
    if not isinstance(edit_id, str) or not _EDIT_ID.fullmatch(edit_id):
        return None, GARBLED
    if not isinstance(code, str) or isinstance(base, bool) or not isinstance(base, int | str):
        return edit_id, GARBLED
    if not isinstance(text, str) or not isinstance(reason, str):
        return edit_id, GARBLED
    if (why := unstorable([code, base, text, reason]) or too_long(reason.strip(), MOST_TEXT)) is not None:
        return edit_id, Refused(why)
    name, _, of = code.partition(":")
    place, _, community = of.partition(BETWEEN)
    return Edit(edit_id, name, (place, community), base, one_line(text)[:MOST_RAW], one_line(reason))


def judge(
    edit: Edit, there: Report, current: ReportedFigure | None, stored_edit: ReportedFigure | None, mine: Sequence[str]
) -> Decimal | Answer | None:
    """The value to be written (None: emptied, not known, or a day), or an answer already.

    `current` is the cell's newest event, `stored_edit` the event that already carries this edit_id, `mine` the places
    that its author may write.
    """
    if stored_edit is not None:
        same = (stored_edit.row, stored_edit.field) == (edit.row, edit.field)
        return Saved(stored_edit) if same else GARBLED
    place, period = edit.row[0], there.period
    if place not in period.places or edit.row not in period.rows(place) or edit.field not in period.fields:
        return GARBLED
    if (why := may_write(there, place, mine)) is not None:
        return Refused(why)
    seen = edit.base in ((0, "") if current is None else (current.revision, current.edit_id))
    if not seen:
        return Conflict(current)
    try:
        value = read_entry(edit.field, edit.raw) if period.communities else read_cell(edit.field, edit.raw)
    except InputError as error:
        return Refused(error.message)
    return None if value is None or isinstance(value, date) else Decimal(value)


def may_write(there: Report, place: str, mine: Sequence[str]) -> Message | None:
    """Say why a place's row cannot be written; None: it can."""
    if place not in mine:
        return Message("“{place}”不由您填报。如有需要请联系数据员。", {"place": place})
    state = there.state(place)
    if state == "released":
        return Message("“{place}”这一期已生效；要改其中的数，请数据员用“更正一个数”。", {"place": place})
    if state not in OPEN:
        return Message("“{place}”已提交，不能再改；要改请先撤回提交，或由数据员退回。", {"place": place})
    return None


def _coming(edit: Edit, there: Report, current: ReportedFigure | None) -> ReportedFigure:
    """The cell as it will be once the edit is written: the next edit of one sending may rest on it."""
    period = there.period
    revision = current.revision + 1 if current is not None else 1
    place, community = edit.row
    return CommunityFigure(
        period.project, period.id, place, edit.field, revision, edit.edit_id, edit.raw, None, edit.reason, "", "",
        period.made_at, community,
    )  # fmt: skip
