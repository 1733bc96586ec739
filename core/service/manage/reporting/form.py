"""The form of a reporting period: a row a place with last period's figures, and what is typed into it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.errors import InputError, Message
from core.ingest.project_tables.correction import CorrectableFigure, Value, figure_of
from core.ingest.project_tables.reported import Row, doubts, last_row, printed, read_cell
from core.model.context import Context
from core.model.project import Facts
from core.model.reporting import OPEN, Report, ReportedFigure, ReportingPeriod, State
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
MOST_RAW = 40
"""Characters of a cell."""


@dataclass(frozen=True)
class Cell:
    """A cell of the form."""

    field: str
    last: str
    """Last period's figure as it is printed; "—": none."""
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
    """A place's row."""

    place: str
    state: State
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
    place: str
    base: int | str
    """Revision it was made from (0: none yet), or the edit_id of its own predecessor."""
    raw: str
    reason: str


@asks(Deed.REPORT)
def form(ctx: Context, project: str, period: str) -> Form:
    """The rows that the one who asks may write: a clerk sees those of all places. Raises UnknownName."""
    store = open_store.of(ctx)
    there = stored.report(store, known(store, project, period))
    before = facts_before(store, there.period)
    mine = own_places(store, ctx.actor, before)
    figures = tuple(figure_of(name) for name in there.period.fields)
    typed = typed_rows(there)
    rows = (row_of(there, before, place, typed) for place in there.period.places if place in mine)
    return Form(there, figures, before, tuple(rows))


def facts_before(source: Source, period: ReportingPeriod) -> Facts:
    """The snapshot that the period goes on from: the newest that counts up to its day."""
    series = read.series(source, period.project)
    return next((each for each in reversed(series) if each.as_of <= period.as_of), series[-1])


def typed_rows(there: Report) -> Mapping[str, Row]:
    """What each place of the period has typed, by field; a cell that is empty is not in its row."""
    found: dict[str, dict[str, Value]] = {place: {} for place in there.period.places}
    for (place, name), figure in there.figures.items():
        if place in found and figure.there:
            found[place][name] = _value(name, figure.value)
    return found


def _value(name: str, value: Decimal | None) -> Value:
    whole = figure_of(name).kind == "count"
    return int(value) if whole and value is not None else value


def row_of(there: Report, before: Facts, place: str, rows: Mapping[str, Row]) -> FormRow:
    """The row of a place. `rows`: what each place has typed."""
    last, step = last_row(before, place), there.step(place)
    doubted: dict[str, tuple[Message, ...]] = {}
    for each in doubts(before, place, rows):
        doubted[each.field] = (*doubted.get(each.field, ()), each.text)
    cells = tuple(
        Cell(name, printed(last.get(name), name), there.figures.get((place, name)), doubted.get(name, ()))
        for name in there.period.fields
    )
    returned = step.reason if step is not None and step.kind == "returned" else ""
    return FormRow(place, there.state(place), cells, returned)


@asks(Deed.REPORT)
def save(ctx: Context, project: str, period: str, raw_edits: Sequence[object]) -> dict[str, Answer]:
    """Judge changes of cells as a browser sent them and write those that fit, durably, in one transaction.

    An edit is {edit_id, code "field:place", base, raw, reason}. Returns an answer for each edit_id; one that arrived
    before is answered as saved. Raises NameNeeded, UnknownName, InputError for too many, StoreError.
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
            cell = (edit.place, edit.field)
            judged = judge(edit, there, newest.get(cell), stored_edits.get(edit.edit_id), mine)
            if isinstance(judged, Saved | Refused | Conflict):
                found.append((edit.edit_id, judged))
                continue
            newest[cell] = _coming(edit, there, newest.get(cell))
            typed = {"place": edit.place, "field": edit.field, "edit_id": edit.edit_id, "raw": edit.raw}
            drafts.append(typed | {"value": judged, "reason": edit.reason})
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
    name, _, place = code.partition(":")
    return Edit(edit_id, name, place, base, one_line(text)[:MOST_RAW], one_line(reason))


def judge(
    edit: Edit, there: Report, current: ReportedFigure | None, stored_edit: ReportedFigure | None, mine: Sequence[str]
) -> Decimal | Answer | None:
    """The value to be written (None: emptied, or not known), or an answer already.

    `current` is the cell's newest event, `stored_edit` the event that already carries this edit_id, `mine` the places
    that its author may write.
    """
    if stored_edit is not None:
        same = (stored_edit.place, stored_edit.field) == (edit.place, edit.field)
        return Saved(stored_edit) if same else GARBLED
    if edit.place not in there.period.places or edit.field not in there.period.fields:
        return GARBLED
    if (why := may_write(there, edit.place, mine)) is not None:
        return Refused(why)
    seen = edit.base in ((0, "") if current is None else (current.revision, current.edit_id))
    if not seen:
        return Conflict(current)
    try:
        value = read_cell(edit.field, edit.raw)
    except InputError as error:
        return Refused(error.message)
    return None if value is None else Decimal(value)


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
    return ReportedFigure(
        period.project, period.id, edit.place, edit.field, revision, edit.edit_id, edit.raw, None, edit.reason, "", "",
        period.made_at,
    )  # fmt: skip
