"""Data in: a file is looked at, taken over as a snapshot, and what becomes of the snapshots of a project."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import NamedTuple

from core.errors import InputError, Message, RowProblem, StoreError, UnknownName
from core.ingest import correction
from core.ingest.claims import Stated, find_claims, find_stated
from core.ingest.correction import figure_of
from core.ingest.document import Document, read_document
from core.ingest.fact_headings import NAMES as FIELDS
from core.ingest.facts import Reading, Understood, read_facts
from core.ingest.table_file import LARGE
from core.model.context import Actor, Context, Version
from core.model.project import Claim, Facts
from core.model.rights import Deed
from core.scoring.workflow import need_text
from core.service import home
from core.service.asking import asks, named
from core.service.changes import Change, changes, shown
from core.service.moments import day_and_time, local
from core.store import read
from core.store import snapshots as stored
from core.store.database import Session, Store
from core.store.snapshots import Correction, Kind, Snapshot
from core.text import word
from core.text.one_line import one_line

__all__ = [
    "FIELDS", "Change", "Correction", "Preview", "Reading", "Reported", "Snapshot", "Taken", "Understood",
    "already_there", "commit", "compared", "correct", "corrections", "figure_of", "figures", "load", "may_release",
    "preview", "release", "snapshots", "take_over", "template", "withdraw",
]  # fmt: skip

NO_MAPPING: Mapping[str, str] = MappingProxyType({})
MOST_MB = LARGE.packed // 2**20
"""Megabytes of a file."""
MOST_DETAIL = 20_000
"""Rows of detail in the file to fill in; a project with more keeps its detail when the file is imported again."""
STATES: Mapping[Kind, str] = {"released": word("已生效"), "held": word("待复核"), "withdrawn": word("已撤回")}
"""How the state of a snapshot reads."""
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
        look=_unchanged(project, looked.snapshots),
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


@asks(Deed.SEE)
def snapshots(ctx: Context, project: str) -> tuple[Snapshot, ...]:
    """Every import of the project, the newest first. Raises UnknownName."""
    found = stored.snapshots(home.store(), project)
    if not found:
        raise UnknownName(Message("没有编号为“{project}”的项目。请核对项目编号。", {"project": project[:40]}))
    return found


@asks(Deed.SEE)
def corrections(ctx: Context, project: str) -> Mapping[str, Correction]:
    """The corrected figures of the project, by the batch that has them right."""
    return stored.corrections(home.store(), project)


@asks(Deed.SEE)
def compared(ctx: Context, project: str, batch: str) -> tuple[Change, ...]:
    """What an import changed, against the newest earlier one up to its day that counts; also of one that waits.

    Raises UnknownName.
    """
    known = snapshots(ctx, project)
    this = _snapshot(known, batch)
    day = this.as_of
    if day is None:
        return ()  # a scorecard alone
    older = [each for each in known[known.index(this) + 1 :] if each.state == "released"]
    dated = [(each.as_of, each.made_at, each.batch) for each in older if each.as_of is not None and each.as_of <= day]
    before = _facts_of(project, max(dated)[2]) if dated else None
    return changes(before, _facts_of(project, batch))


def _facts_of(project: str, batch: str) -> Facts:
    """A snapshot as it came in, whatever counts now."""
    series = read.series(home.store(), project, Version(batch=batch))
    return next(facts for facts in series if facts.batch == batch)


@asks(Deed.IMPORT)
def withdraw(ctx: Context, project: str, batch: str, reason: str) -> None:
    """An import no longer counts, nor do the corrections of its figures; the one before it does again.

    Raises NameNeeded, NotAllowed without a reason, UnknownName, InputError when it is withdrawn already, StoreError.
    """
    actor, why = named(ctx), _reason(reason)
    known = snapshots(ctx, project)
    snapshot = _snapshot(known, batch)
    if snapshot.state == "withdrawn":
        raise correction.refused(Message("批次“{batch}”已经撤回,不必再撤回。", {"batch": batch}))
    gone = _with_corrections(known, stored.corrections(home.store(), project), batch)
    stored.note(home.store(), project, gone, "withdrawn", why, actor, _unchanged(project, known))


@asks(Deed.IMPORT)
def release(ctx: Context, project: str, batch: str) -> None:
    """A held import counts from now on; somebody else than who imported it says so.

    Raises NameNeeded, UnknownName, InputError when it does not wait or the same person asks, StoreError.
    """
    actor = named(ctx)
    known = snapshots(ctx, project)
    snapshot = _snapshot(known, batch)
    if snapshot.state != "held":
        raise correction.refused(Message("批次“{batch}”不在待复核状态,不需要放行。", {"batch": batch}))
    if not may_release(actor, snapshot):
        raise correction.refused(Message("复核须由另一人进行:这批数据是您自己导入的。"))
    stored.note(home.store(), project, [batch], "released", "", actor, _unchanged(project, known))


def may_release(actor: Actor, snapshot: Snapshot) -> bool:
    """Whether the import is somebody else's, by browser and by name."""
    return actor.id != snapshot.actor and actor.name != snapshot.by


@asks(Deed.IMPORT)
def correct(ctx: Context, project: str, place: str, field: str, new: str, reason: str) -> str:
    """Put one figure of the present snapshot right: a new snapshot of the same date, whose batch is returned.

    `field` is the id or the name of a figure (`core.ingest.correction`); `place` is "" for those of the whole project.
    Raises NameNeeded, NotAllowed without a reason, UnknownName, InputError for a bad value, StoreError.
    """
    actor, why = named(ctx), _reason(reason)
    store = home.store()
    known = snapshots(ctx, project)
    facts = read.facts(store, project)
    figure = figure_of(field)
    old = correction.value_of(facts, place, figure)
    fixed = correction.corrected(facts, place, figure, new)
    if correction.value_of(fixed, place, figure) == old:
        raise correction.refused(Message("更正后的数值与现有数值相同,未作更正。"))
    fixed = replace(fixed, batch=_free(project, facts.as_of, known))
    note = Correction(facts.batch, place, figure.id, shown(old, figure), one_line(new), why)
    look = _unchanged(project, known)
    stored.add(store, fixed, actor, detail_of=facts.batch, correction=note, look=look)
    return fixed.batch


@dataclass(frozen=True)
class Reported:
    """A figure as it stands in the present snapshot."""

    id: str
    name: str
    value: str
    """As it is printed."""


@asks(Deed.SEE)
def figures(ctx: Context, project: str, place: str) -> tuple[Reported, ...]:
    """The figures of a place (of the whole project: "") that a correction may name. Raises UnknownName."""
    facts = read.facts(home.store(), project, ctx.version)
    found = []
    for figure in correction.FIGURES:
        try:
            value = correction.value_of(facts, place, figure)
        except UnknownName:
            continue  # the place has no such row
        found.append(Reported(figure.id, figure.name, shown(value, figure)))
    return tuple(found)


@asks(Deed.SEE)
def template(ctx: Context, project: str) -> bytes:
    """The present snapshot as an .xlsx to edit and import again. Raises UnknownName, StoreError."""
    from core.briefing.data_sheet import data_xlsx

    store = home.store()
    facts = read.facts(store, project, ctx.version)
    detail = read.communities(store, facts, None, 0, MOST_DETAIL + 1)
    return data_xlsx(facts, detail if len(detail) <= MOST_DETAIL else ())


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

    batch = _free(project, day, known)
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


def _unchanged(project: str, known: Sequence[Snapshot]) -> Callable[[Session], None]:
    """Refuse when another import or event came in meanwhile: what was decided on is no longer what is there."""

    def look(session: Session) -> None:
        if stored.snapshots_in(session, project) != tuple(known):
            raise StoreError(Message("这个项目的数据刚被他人改动,本次未写入。请刷新后重试。"))

    return look


def _with_corrections(known: Sequence[Snapshot], fixed: Mapping[str, Correction], batch: str) -> list[str]:
    """The batch and all that was made from it by correcting single figures, as far as they are not withdrawn."""
    gone = [batch]
    for each in reversed(known):  # a correction comes after what it corrects
        made = fixed.get(each.batch)
        if made is not None and made.parent in gone and each.state != "withdrawn":
            gone.append(each.batch)
    return gone


def _snapshot(known: Sequence[Snapshot], batch: str) -> Snapshot:
    found = next((each for each in known if each.batch == batch), None)
    if found is None:
        raise UnknownName(Message("没有批次“{batch}”。请核对批次编号。", {"batch": batch[:80]}))
    return found


def _file_name(name: str) -> str:
    """As it is kept and printed; its end says what kind of file it is."""
    return one_line(PurePath(name).name)[-_MOST_NAME:]


def _free(project: str, day: date | None, known: Sequence[Snapshot]) -> str:
    """lingang-2023@2025-03-31, or with the first number that makes it new."""
    taken = {each.batch for each in known}
    wanted = free = f"{project}@{day}"
    number = 2
    while free in taken:
        free, number = f"{wanted}-{number}", number + 1
    return free


def _reason(reason: str) -> str:
    return need_text(one_line(reason), Message("请填写原因。"))


def _all_problems(file: str, problems: tuple[RowProblem, ...]) -> InputError:
    return InputError(
        Message("《{file}》有{count}处问题,整份文件未导入。请修改后重新导入。", {"file": file, "count": len(problems)}),
        problems,
    )
