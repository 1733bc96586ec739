"""Data in: a file is looked at and taken over as a snapshot."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import NamedTuple

from core.errors import InputError, Message, RowProblem, UnknownName
from core.ingest import correction
from core.ingest.claims import Stated, find_claims, find_stated
from core.ingest.document import Document, read_document
from core.ingest.fact_headings import NAMES as FIELDS
from core.ingest.facts import Reading, Understood, read_facts
from core.ingest.table_file import LARGE
from core.model.context import Context
from core.model.project import Claim, Facts
from core.model.rights import Deed
from core.service import home
from core.service.asking import asks, named
from core.service.batches import free_batch, unchanged
from core.service.changes import Change, changes
from core.service.moments import day_and_time, local
from core.store import read
from core.store import snapshots as stored
from core.store.database import Store
from core.store.snapshots import Snapshot
from core.text.one_line import one_line

__all__ = [
    "FIELDS", "Preview", "Reading", "Taken", "Understood", "already_there", "commit", "load", "preview", "take_over",
]  # fmt: skip

NO_MAPPING: Mapping[str, str] = MappingProxyType({})
MOST_MB = LARGE.packed // 2**20
"""Megabytes of a file."""
_MOST_NAME = 200
"""Characters of a file's name."""
_NOTHING = Reading(facts=None, detail=None, understood=(), problems=(), questions=(), headings=())
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,39}")


@dataclass(frozen=True)
class Preview:
    """What a file would bring, before anything is written."""

    reading: Reading
    changes: tuple[Change, ...]
    """Against the snapshot before it; none while there are problems."""
    already: Snapshot | None
    """The import of this very file, where it still counts or waits; then it is not read again."""
    digest: str
    as_of: date | None
    """None: neither said nor found in the file."""


@dataclass(frozen=True)
class Taken:
    """What has come of an import; `batch` None: it has problems and nothing was written."""

    preview: Preview
    batch: str | None


class _Looked(NamedTuple):
    """A preview and what it rests on."""

    preview: Preview
    previous: Facts | None
    snapshots: tuple[Snapshot, ...]
    """Of the project, when the file was looked at."""


@asks(Deed.IMPORT)
def preview(
    ctx: Context,
    project: str,
    name: str,
    content: bytes,
    as_of: date | None = None,
    mapping: Mapping[str, str] = NO_MAPPING,
) -> Preview:
    """What was understood of the file, what it changes, and all that is wrong with it. Nothing is written.

    `project` may be new. `mapping` (heading -> field, "" leaves the column out) goes before what was said earlier.
    Raises InputError for an id that no project can have, StoreError.
    """
    return _look(project, name, content, as_of, mapping).preview


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
) -> str:
    """Take the file over as a new snapshot and return its batch; the same file again returns the batch it has.

    `hold`: it waits for a second person's release before it counts.
    Raises NameNeeded, InputError with all problems, StoreError. Whatever is raised, nothing was written.
    """
    taken = take_over(ctx, project, name, content, as_of, mapping, hold=hold)
    if taken.batch is None:
        raise _all_problems(_file_name(name), taken.preview.reading.problems)
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
) -> Taken:
    """The same with what the preview would have said; problems are told there and not raised."""
    actor = named(ctx)
    looked = _look(project, name, content, as_of, mapping)
    found = looked.preview
    if found.already is not None:
        if as_of not in (None, found.already.as_of):
            raise correction.refused(already_there(found.already))
        return Taken(found, found.already.batch)
    facts = found.reading.facts
    if facts is None or found.reading.problems:
        return Taken(found, None)
    stored.add(
        home.store(),
        facts,
        actor,
        communities=found.reading.detail,
        detail_of=_kept_detail(looked, facts),
        file=(_file_name(name), found.digest),
        mapping=mapping,
        held=hold,
        look=unchanged(project, looked.snapshots),
    )
    return Taken(found, facts.batch)


def load(path: Path) -> bytes:
    """A file from the disk, or as much of it as shows that it is too large. Raises InputError."""
    try:
        with path.open("rb") as stream:
            return stream.read(LARGE.packed + 1)
    except FileNotFoundError:
        message = Message("找不到这个文件,请检查路径。")
    except OSError:
        message = Message("无法读取这个文件,请检查其权限。")
    raise _all_problems(_file_name(path.name), (RowProblem(_file_name(path.name), None, None, message),))


def already_there(snapshot: Snapshot) -> Message:
    """The sentence about a file that was imported before."""
    return Message(
        "这份文件已由{name}于{time}导入(批次{batch}),不重复导入。如需重新导入,请先撤回该批次。",
        {"name": snapshot.by, "time": day_and_time(snapshot.made_at), "batch": snapshot.batch},
    )


def _look(project: str, name: str, content: bytes, as_of: date | None, mapping: Mapping[str, str]) -> _Looked:
    if not _ID.fullmatch(project):
        raise correction.refused(
            Message("项目编号“{project}”不能用:只能用英文字母、数字、点和连字符,最多40个。", {"project": project[:40]})
        )
    store = home.store()
    known = stored.snapshots(store, project)
    digest = hashlib.sha256(content).hexdigest()
    already = next((each for each in known if each.digest == digest and each.state != "withdrawn"), None)
    if already is not None:
        # It is not read once more: what it says is there.
        return _Looked(Preview(_NOTHING, (), already, digest, already.as_of), None, known)
    document = read_document(_file_name(name), content)
    newest = _newest(store, project)
    stated = find_stated(document.paragraphs, newest.places if newest else ())
    claims = find_claims(document.paragraphs)
    day = as_of or stated.as_of
    previous = _previous(store, project, newest, day)
    spoken = {**stored.mapping(store, project), **mapping}

    batch = free_batch(project, day, known)
    reading = _read(document, project, batch, as_of, previous, spoken, stated, claims)
    if not (previous and previous.places) and reading.facts is not None:
        reading = replace(reading, facts=_titled(reading.facts, document))
    facts = reading.facts
    found = Preview(
        reading=reading,
        changes=() if facts is None else changes(previous, facts),
        already=None,
        digest=digest,
        as_of=day,
    )
    return _Looked(found, previous, known)


def _titled(facts: Facts, document: Document) -> Facts:
    """Which places a title names can be told only once the tables have said which places there are."""
    title_places = find_stated(document.paragraphs, facts.places).title_places
    return replace(facts, project=replace(facts.project, title_places=title_places))


def _read(
    document: Document,
    project: str,
    batch: str,
    as_of: date | None,
    previous: Facts | None,
    mapping: Mapping[str, str],
    stated: Stated,
    claims: Sequence[Claim],
) -> Reading:
    today = local(datetime.now(UTC).replace(tzinfo=None)).date()
    return read_facts(
        document,
        project=project,
        batch=batch,
        as_of=as_of,
        today=today,
        previous=previous,
        mapping=mapping,
        stated=stated,
        claims=claims,
    )


def _newest(store: Store, project: str) -> Facts | None:
    try:
        return read.facts(store, project)
    except UnknownName:
        return None


def _previous(store: Store, project: str, newest: Facts | None, day: date | None) -> Facts | None:
    """The snapshot that stands before one of that day: a quarter that comes late does not follow a later one."""
    if day is None or newest is None or newest.as_of <= day:
        return newest
    series = read.series(store, project)
    earlier = [facts for facts in series if facts.as_of <= day]
    return earlier[-1] if earlier else (series[0] if series else newest)


def _kept_detail(looked: _Looked, facts: Facts) -> str | None:
    """The batch whose detail goes on: a file of the same day without detail says nothing against it."""
    previous = looked.previous
    if looked.preview.reading.detail is not None or previous is None or previous.as_of != facts.as_of:
        return None
    return previous.batch


def _file_name(name: str) -> str:
    """As it is kept and printed; its end says what kind of file it is."""
    return one_line(PurePath(name).name)[-_MOST_NAME:]


def _all_problems(file: str, problems: tuple[RowProblem, ...]) -> InputError:
    return InputError(
        Message("《{file}》有{count}处问题,整份文件未导入。请修改后重新导入。", {"file": file, "count": len(problems)}),
        problems,
    )
