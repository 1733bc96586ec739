"""Import of a monthly series: the months of one file, each a snapshot with its day; all of them at once, or none."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from core.errors import Message, RowProblem
from core.ingest.files.csv_file import untold
from core.ingest.files.document import read_document
from core.ingest.project_tables.facts import read_facts
from core.ingest.report_text.claims import find_claims
from core.model.context import Context
from core.model.measure import Measure
from core.model.particulars import UNSAID, Particulars
from core.model.project import Facts
from core.model.rights import Deed
from core.service.base import open_store, review_rule
from core.service.base.asking import asks, named
from core.service.base.batches import free_batch, unchanged
from core.service.manage import importing
from core.service.manage.imported import sums
from core.service.manage.importing import NO_MAPPING, ImportPreview, Progress, kept_of
from core.service.manage.project_particulars import need_id
from core.service.manage.remembered_columns import said_of
from core.store import snapshots as stored
from core.store.database import Store
from core.store.snapshots import NewSnapshot, Snapshot


@dataclass(frozen=True)
class MonthSeen:
    """A month of the series, as it would be imported."""

    day: date
    preview: ImportPreview
    """Its reading over the snapshot before it, which may be the month before."""
    sums: tuple[Measure, ...]
    """Sums of the whole project."""
    there: str
    """The batch of its day that there is already; "" for none."""
    same: bool
    """True where that batch says the same: it is not written again."""


@dataclass(frozen=True)
class Months:
    """A file as a monthly series, and what has become of it."""

    months: tuple[MonthSeen, ...]
    """In the order of time."""
    problems: tuple[RowProblem, ...]
    """Of all months; any: nothing is written."""
    questions: tuple[RowProblem, ...]
    """Read so, to be seen before it counts; the first asks whether it is a series."""
    digest: str
    already: Snapshot | None = None
    """Import of this very file, where it still counts or waits; then it is not read again."""
    batches: Mapping[date, str] = field(default_factory=dict)
    """Day -> its new batch; empty for a preview, and where nothing was written."""

    @property
    def cells_read(self) -> frozenset[str]:
        """Addresses of the headings of all columns that some month is read from."""
        columns = (column for month in self.months for column in month.preview.reading.columns)
        return frozenset(column.cell for column in columns if column.field)


@asks(Deed.IMPORT)
def preview(
    ctx: Context,
    project: str,
    name: str,
    content: bytes,
    as_of: date | None = None,
    mapping: Mapping[str, str] = NO_MAPPING,
    *,
    hidden: bool = False,
    said: Particulars = UNSAID,
    progress: Progress = untold,
) -> Months:
    """Preview a file as a monthly series: its months with their sums, and all problems. Nothing is written.

    Parameters and errors are those of `importing.preview`.
    """
    return _read(ctx, project, name, content, as_of, mapping, hidden=hidden, said=said, progress=progress)[0]


@asks(Deed.IMPORT)
def take_over(
    ctx: Context,
    project: str,
    name: str,
    content: bytes,
    as_of: date | None = None,
    mapping: Mapping[str, str] = NO_MAPPING,
    *,
    hold: bool = False,
    hidden: bool = False,
    said: Particulars = UNSAID,
) -> Months:
    """Take over each month of a file as a snapshot of its own, or none of them. Problems are not raised.

    `hold`: they wait for a second person's release before they count, as they do where the project says so. Raises
    NameNeeded, InputError for entries that cannot be, StoreError; whatever is raised, nothing was written.
    """
    actor = named(ctx)
    seen, known = _read(ctx, project, name, content, as_of, mapping, hidden=hidden, said=said)
    new = [each for each in seen.months if not each.same]
    if seen.problems or not new:
        return seen
    stored.add_each(
        open_store.of(ctx),
        [made for each in new if (made := _snapshot(each, held=hold or review_rule.needed(ctx, project))) is not None],
        actor,
        file=(importing.file_name(name), seen.digest),
        said=said_of(mapping, new[-1].preview.reading.columns),
        look=unchanged(project, known),
    )
    batches = {each.day: each.preview.reading.facts.batch for each in new if each.preview.reading.facts is not None}
    return replace(seen, batches=batches)


def same_as_before(month: MonthSeen) -> Message:
    """Say that a month is there already with the same figures."""
    return Message("{day}已有相同的数据（批次{batch}），不重复导入。", {"day": month.day, "batch": month.there})


def _snapshot(month: MonthSeen, *, held: bool) -> NewSnapshot | None:
    reading = month.preview.reading
    if reading.facts is None:
        return None
    return NewSnapshot(
        reading.facts,
        reading.detail,
        kept_of(month.preview.previous, reading.facts, reading.detail),
        reading.payments,
        kept_of(month.preview.previous, reading.facts, reading.payments),
        held,
    )


def _read(
    ctx: Context,
    project: str,
    name: str,
    content: bytes,
    as_of: date | None,
    mapping: Mapping[str, str],
    *,
    hidden: bool,
    said: Particulars,
    progress: Progress = untold,
) -> tuple[Months, tuple[Snapshot, ...]]:
    """The series with the snapshots of the project at the time."""
    need_id(project)
    store = open_store.of(ctx)
    known = stored.snapshots(store, project)
    digest = hashlib.sha256(content).hexdigest()
    if (already := importing.imported_as(known, digest)) is not None:
        return Months((), (), (), digest, already), known
    document = read_document(importing.file_name(name), content, hidden=hidden, progress=progress)
    whole = importing.background_of(store, project, document, as_of, mapping, known)
    one = read_facts(document, whole)
    series = one.series
    if series is None:
        text = Message("这份文件不是按月分列，也不是每月一个工作表，不能按月各存一期。")
        problems = document.problems or (RowProblem(document.file, None, None, text), *one.problems)
        return Months((), problems, (), digest), known
    months: list[MonthSeen] = []
    for part in series.parts:
        claims = find_claims(series.claiming(document, part))
        background = replace(
            whole,
            as_of=part.day,
            batch=free_batch(project, part.day, known),
            previous=_before(store, project, part.day, months),
            # What has arrived is true of the newest day.
            stated=whole.stated if part is series.parts[-1] else replace(whole.stated, funding=()),
            claims=claims,
            share=part.share,
        )
        dated = {each.batch for each in known if each.as_of is not None} | {_batch(each) for each in months}
        found = importing.look_at(store, series.document(document, part), background, digest, dated)
        months.append(_seen(part.day, importing.with_said(found, said)))
    told = [problem for each in months for problem in each.preview.reading.problems]
    asked = list(_asked(months))
    asked += [_replaces(document.file, each) for each in months if each.there and not each.same]
    problems = tuple(dict.fromkeys((*series.problems, *told)))
    questions = tuple(dict.fromkeys((series.question, *series.notes, *asked)))
    return Months(tuple(months), problems, questions, digest), known


def _before(store: Store, project: str, day: date, months: Sequence[MonthSeen]) -> Facts | None:
    """The snapshot before a month: the nearest, of the store or of this file."""
    stands = importing.known_before(store, project, day)
    mine = next((of for each in reversed(months) if (of := each.preview.reading.facts) is not None), None)
    if mine is None or stands is None:
        return stands or mine
    return stands if mine.as_of < stands.as_of <= day else mine


def _batch(month: MonthSeen) -> str:
    facts = month.preview.reading.facts
    return facts.batch if facts is not None else ""


def _asked(months: Sequence[MonthSeen]) -> Iterator[RowProblem]:
    """What is asked of the months; of which month, where neither its cell nor the others say it."""
    several = Counter(question for each in months for question in {*each.preview.reading.questions})
    for each in months:
        for question in each.preview.reading.questions:
            if question.row is None and several[question] < len(months):
                text = Message("{day}这一期：{text}", {"day": each.day, "text": question.message})
                question = replace(question, message=text)
            yield question


def _seen(day: date, found: ImportPreview) -> MonthSeen:
    reading, previous = found.reading, found.previous
    there = previous.batch if previous is not None and found.before is not None and previous.as_of == day else ""
    same = bool(there) and not found.changes and reading.detail is None and reading.payments is None
    totals = sums(reading.facts) if reading.facts is not None else ()
    return MonthSeen(day, found, totals, there, same and reading.facts is not None)


def _replaces(file: str, month: MonthSeen) -> RowProblem:
    params = {"day": month.day, "batch": month.there, "count": len(month.preview.changes)}
    text = Message("{day}已有一期数据（批次{batch}），本文件有{count}处不同，存为这一天的新一批。请核对。", params)
    return RowProblem(file, None, None, text)
