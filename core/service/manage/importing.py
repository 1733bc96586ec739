"""Import of a project's file: preview, and taking it over as a snapshot."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePath
from types import MappingProxyType

from core.errors import Message, UnknownName
from core.ingest.files.csv_file import Progress, untold
from core.ingest.files.document import Document, read_document
from core.ingest.files.table_file import LARGE
from core.ingest.project_tables import correction, particulars
from core.ingest.project_tables.facts import Background, FactsReading, Understood, read_facts
from core.ingest.project_tables.read_columns import ReadColumn
from core.ingest.report_text.claims import find_claims, find_stated
from core.model.context import Context
from core.model.particulars import UNSAID, Particulars
from core.model.project import Facts
from core.model.rights import Deed
from core.service.base import file as files
from core.service.base import open_store, review_rule
from core.service.base.asking import asks, named
from core.service.base.batches import free_batch, unchanged
from core.service.base.changes import FigureChange, changes, ledger_changes
from core.service.base.ledger import ledger_of
from core.service.base.moments import day_and_time, local
from core.service.manage.project_particulars import need_id
from core.service.manage.remembered_columns import remembered, said_of
from core.store import clock, read
from core.store import snapshots as stored
from core.store.database import Store
from core.store.snapshots import Snapshot
from core.text.one_line import one_line

__all__ = [
    "FactsReading",
    "ImportPreview",
    "Progress",
    "ReadColumn",
    "Taken",
    "Understood",
    "already_there",
    "commit",
    "load",
    "preview",
    "take_over",
    "with_said",
]  # fmt: skip

NO_MAPPING: Mapping[str, str] = MappingProxyType({})
MOST_MB = LARGE.packed // 2**20
"""Most megabytes of a file."""
NOTHING_READ = FactsReading(facts=None, detail=None, understood=(), problems=(), questions=(), columns=())


@dataclass(frozen=True)
class ImportPreview:
    """Preview of an import: nothing is written."""

    reading: FactsReading
    changes: tuple[FigureChange, ...]
    """Changes against the snapshot before it; none while there are problems."""
    already: Snapshot | None
    """Import of this very file, where it still counts or waits; then it is not read again."""
    digest: str
    as_of: date | None
    """As-of day; None: neither said nor found in the file."""
    before: Facts | None = None
    """The snapshot before it; None: there is none, or it states no day."""
    of_ledger: tuple[FigureChange, ...] = ()
    """Those of the changes that the ledger of payments makes."""
    previous: Facts | None = None
    """The snapshot that it follows, whether it states a day or not."""
    known: tuple[Snapshot, ...] = ()
    """Snapshots of the project at the time of the preview."""

    @property
    def stated(self) -> Particulars:
        """What is known of the project with this file; nothing while there are problems."""
        return UNSAID if self.reading.facts is None else particulars.of_facts(self.reading.facts)


@dataclass(frozen=True)
class Taken:
    """Result of an import; `batch` None: it has problems and nothing was written."""

    preview: ImportPreview
    batch: str | None


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
) -> ImportPreview:
    """Preview a file: the figures understood, the changes, and all problems. Nothing is written.

    `hidden`: hidden rows, columns and sheets are read as well; else they are named and left out. `progress` is told how
    far the file is read, and may end it by raising something.

    `project` may be new. `mapping` (column or heading -> field, "" leaves the column out) goes before what was said
    earlier. `said`: what a person says of the project, which goes before what the file states.
    Raises InputError for an id that no project can have, and for entries that cannot be; StoreError.
    """
    return _preview(ctx, project, name, content, as_of, mapping, hidden=hidden, said=said, progress=progress)


@asks(Deed.IMPORT)
def commit(
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
    looked: ImportPreview | None = None,
    progress: Progress = untold,
) -> str:
    """Take the file over as a new snapshot and return its batch; a file that came before returns the batch it has.

    `hold`: it waits for a second person's release before it counts, as it does where the project says so. `looked`:
    the preview of this very file that was made with the store as it is and without `said`; then it is not read again.
    `progress` is told how far it is read, and how far it is written, and may end it until it is.
    Raises NameNeeded, InputError with all problems, StoreError. Whatever is raised, nothing was written.
    """
    how = {"hold": hold, "hidden": hidden}
    taken = take_over(ctx, project, name, content, as_of, mapping, **how, said=said, looked=looked, progress=progress)
    if taken.batch is None:
        raise files.refused(file_name(name), taken.preview.reading.problems)
    return taken.batch


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
    looked: ImportPreview | None = None,
    progress: Progress = untold,
) -> Taken:
    """Take the file over as a new snapshot; problems are in the preview and not raised. As `commit`."""
    actor = named(ctx)
    if looked is None:
        found = _preview(ctx, project, name, content, as_of, mapping, hidden=hidden, said=said, progress=progress)
    else:
        found = with_said(_into(looked, project), said)
    if found.already is not None:
        if as_of not in (None, found.already.as_of):
            raise correction.refused(already_there(found.already))
        return Taken(found, found.already.batch)
    facts = found.reading.facts
    if facts is None or found.reading.problems:
        return Taken(found, None)
    stored.add(
        open_store.of(ctx),
        facts,
        actor,
        communities=found.reading.detail,
        detail_of=kept_of(found.previous, facts, found.reading.detail),
        payments=found.reading.payments,
        payments_of=kept_of(found.previous, facts, found.reading.payments),
        file=(file_name(name), found.digest),
        said=said_of(mapping, found.reading.columns),
        held=hold or review_rule.needed(ctx, project),
        look=unchanged(project, found.known),
        progress=progress,
    )
    return Taken(found, facts.batch)


def load(path: Path) -> bytes:
    """Read a file from the disk, or as much of it as shows that it is too large. Raises InputError."""
    return files.load(path, LARGE.packed).content


def already_there(snapshot: Snapshot) -> Message:
    """Say that a file was imported before."""
    return Message(
        "这份文件已由{name}于{time}导入（批次{batch}），不重复导入。如需重新导入，请先撤回该批次。",
        {"name": snapshot.by, "time": day_and_time(snapshot.made_at), "batch": snapshot.batch},
    )


def _preview(
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
) -> ImportPreview:
    need_id(project)
    store = open_store.of(ctx)
    known = stored.snapshots(store, project)
    digest = hashlib.sha256(content).hexdigest()
    already = imported_as(known, digest)
    if already is not None:
        # It is not read once more: what it says is there.
        return ImportPreview(NOTHING_READ, (), already, digest, already.as_of, known=known)
    document = read_document(file_name(name), content, hidden=hidden, progress=progress)
    background = background_of(store, project, document, as_of, mapping, known)
    found = look_at(store, document, background, digest, {each.batch for each in known if each.as_of is not None})
    return with_said(replace(found, known=known), said)


def _into(found: ImportPreview, project: str) -> ImportPreview:
    """The preview for a new project that has been given its id since."""
    facts = found.reading.facts
    if facts is None or facts.project.id == project:
        return found
    assert found.previous is None, "another project than the one that was looked at"
    batch = free_batch(project, facts.as_of, found.known)
    facts = replace(facts, project=replace(facts.project, id=project), batch=batch)
    return replace(found, reading=replace(found.reading, facts=facts))


def imported_as(known: Sequence[Snapshot], digest: str) -> Snapshot | None:
    """Import of the file with that digest, where it still counts or waits."""
    return next((each for each in known if each.digest == digest and each.state != "withdrawn"), None)


def background_of(
    store: Store,
    project: str,
    document: Document,
    as_of: date | None,
    mapping: Mapping[str, str],
    known: Sequence[Snapshot],
) -> Background:
    """Gather what is known beside the tables of a document: the project as it was, and what the text says."""
    newest = _newest(store, project)
    stated = find_stated(document.paragraphs, newest.places if newest else ())
    day = as_of or stated.as_of
    return Background(
        project=project,
        batch=free_batch(project, day, known),
        as_of=as_of,
        today=local(clock.now()).date(),
        previous=_previous(store, project, newest, day),
        mapping=mapping,
        remembered=remembered(store, project),
        stated=stated,
        claims=find_claims(document.paragraphs),
    )


def look_at(
    store: Store, document: Document, background: Background, digest: str, dated: Collection[str]
) -> ImportPreview:
    """Read the facts of a document and hold them against the snapshot before. `dated`: snapshots that state a day."""
    previous = background.previous
    reading = read_facts(document, background)
    if not (previous and previous.places) and reading.facts is not None:
        reading = replace(reading, facts=_titled(reading.facts, document))
    facts = reading.facts
    # A project that was made without a file, or by a scorecard, states no day.
    before = previous if previous is not None and previous.batch in dated else None
    of_ledger = () if facts is None else _of_ledger(store, before, reading)
    return ImportPreview(
        reading=reading,
        changes=() if facts is None else (*changes(before, facts), *of_ledger),
        already=None,
        digest=digest,
        as_of=background.as_of or background.stated.as_of,
        before=before,
        of_ledger=of_ledger,
        previous=previous,
    )


def with_said(found: ImportPreview, said: Particulars) -> ImportPreview:
    """Lay what a person says of the project over a preview, whose file is not read again. Raises InputError."""
    facts = found.reading.facts
    if said == UNSAID or facts is None:
        return found
    facts = particulars.laid_over(particulars.checked(said, facts, local(clock.now()).date()), facts)
    reading = replace(found.reading, facts=facts)
    return replace(found, reading=reading, changes=(*changes(found.before, facts), *found.of_ledger))


def _of_ledger(store: Store, previous: Facts | None, reading: FactsReading) -> tuple[FigureChange, ...]:
    """What the file's ledger of payments changes; nothing without one."""
    if reading.payments is None:
        return ()
    from pyarrow import compute  # only here: few files have a ledger, and the library is large

    amount = compute.sum(reading.payments["amount"]).as_py()
    return ledger_changes(None if previous is None else ledger_of(store, previous), len(reading.payments), amount)


def _titled(facts: Facts, document: Document) -> Facts:
    """Read the places in the title again, once the tables have said which places there are."""
    title_places = find_stated(document.paragraphs, facts.places).title_places
    return replace(facts, project=replace(facts.project, title_places=title_places))


def _newest(store: Store, project: str) -> Facts | None:
    try:
        return read.facts(store, project)
    except UnknownName:
        return None


def _previous(store: Store, project: str, newest: Facts | None, day: date | None) -> Facts | None:
    """Find the snapshot before one of that day: a quarter that comes late does not follow a later one."""
    if day is None or newest is None or newest.as_of <= day:
        return newest
    series = read.series(store, project)
    earlier = [facts for facts in series if facts.as_of <= day]
    return earlier[-1] if earlier else (series[0] if series else newest)


def known_before(store: Store, project: str, day: date) -> Facts | None:
    """The snapshot that one of that day follows; None for a new project."""
    return _previous(store, project, _newest(store, project), day)


def kept_of(previous: Facts | None, facts: Facts, read_now: object) -> str | None:
    """Find the batch whose detail (ledger) goes on: a file of an equal day without any says nothing against it."""
    if read_now is not None or previous is None or previous.as_of != facts.as_of:
        return None
    return previous.batch


def file_name(name: str) -> str:
    """Name a file as it is kept and printed; its end says what kind of file it is."""
    return one_line(PurePath(name).name)[-files.MOST_NAME :]
