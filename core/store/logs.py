"""The panel's append-only tables: each is a log of one kind of event, read as a whole and added to at its end."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar, cast

from core.model.context import NEWEST, Actor, Version
from core.model.panel import (
    Comment,
    EvidenceFile,
    FlagAnswer,
    InputEvent,
    Minutes,
    Recusal,
    RoundEvent,
    RoundKind,
    SheetEvent,
    SheetKind,
    SheetOwner,
)
from core.model.scorecard import GradeScheme, Scheme, Sheet
from core.scoring.workflow import RoundState, recused, round_of
from core.store import digest, read, write
from core.store.database import Session, Store
from core.store.digest import Link
from core.store.errors import StoreClash
from core.store.redaction import refuse_redacted

T = TypeVar("T")
E = TypeVar("E", SheetEvent, InputEvent, Recusal, FlagAnswer, Comment, Minutes, RoundEvent)

Draft = Mapping[str, object]
"""The fields of a new event that its author decides on: all but project, scope, revision, actor and moment."""


@dataclass(frozen=True)
class Log(Generic[E]):
    """One table of events."""

    table: str
    statement: str
    """Reads it: the events of a project, or of one scope in it."""
    event: type[E]
    scope: str
    """The column of what an event belongs to: sheet or round."""
    key: tuple[str, ...] = ()
    """Columns within which revisions are counted."""
    chained: bool = False


SHEET_EVENTS = Log("sheet_event", "sheet_events", SheetEvent, "sheet", chained=True)
INPUTS = Log("item_input", "item_inputs", InputEvent, "sheet", ("code",), chained=True)
RECUSALS = Log("recusal", "recusals", Recusal, "sheet", ("code",))
FLAG_ANSWERS = Log("flag_answer", "flag_answers", FlagAnswer, "sheet", ("code", "kind"))
COMMENTS = Log("comment", "comments", Comment, "round", ("code",))
MINUTES = Log("minutes", "minutes", Minutes, "round")
ROUND_EVENTS = Log("round_event", "round_events", RoundEvent, "round")


def events(
    store: Store, log: Log[E], project: str, scope: str | None = None, version: Version = NEWEST
) -> tuple[E, ...]:
    """The events of a sheet or round (None: of all) up to the version's moment, oldest first."""
    with store.reading() as session:
        return events_in(session, log, project, scope, version)


def events_in(
    session: Session, log: Log[E], project: str, scope: str | None = None, version: Version = NEWEST
) -> tuple[E, ...]:
    """The same, within a transaction."""
    return tuple(link.event for link in links_in(session, log, project, scope, version))


def links_in(
    session: Session, log: Log[E], project: str, scope: str | None = None, version: Version = NEWEST
) -> list[Link[Any]]:
    """The same with their digests ("" where the table has none)."""
    moment = version.moment or datetime.max
    return [_link(log, row) for (row,) in session.run(log.statement, project=project, scope=scope, moment=moment)]


def _link(log: Log[E], row: Mapping[str, Any]) -> Link[Any]:
    fields = dict(row)
    previous, own = fields.pop("previous", ""), fields.pop("digest", "")
    if log.table == "round_event":
        fields["kind"] = RoundKind(fields["kind"])
    return Link(log.event(**fields), previous, own)


Decide = Callable[[Session, Sequence[E]], tuple[Sequence[Draft], T]]
"""(the transaction, the scope's events so far) -> (what to add, what to return). May be called again."""


def append(store: Store, log: Log[E], project: str, scope: str, actor: Actor, decide: Decide[E, T]) -> T:
    """Add to a sheet's or round's log what `decide` decides, durably, all of it or nothing.

    Raises StoreError when it was not written, and whatever `decide` raises.
    """
    clash: StoreClash | None = None
    for _ in range(write.TRIES):
        try:
            with store.writing("data" if log.table == "round_event" else "steps") as session:
                known = links_in(session, log, project, scope)
                drafts, answer = decide(session, [link.event for link in known])
                _insert(session, log, project, scope, actor, drafts, known)
                return answer
        except StoreClash as error:
            clash = error
    assert clash is not None
    raise clash


def _insert(
    session: Session,
    log: Log[E],
    project: str,
    scope: str,
    actor: Actor,
    drafts: Sequence[Draft],
    known: Sequence[Link[Any]],
) -> None:
    if not drafts:
        return
    revisions: dict[tuple[object, ...], int] = {}
    for link in known:
        key = tuple(getattr(link.event, name) for name in log.key)
        revisions[key] = max(revisions.get(key, 0), link.event.revision)
    previous = known[-1].digest if known else digest.start(project, scope, log.table)
    made_at = newest_moment(session, project, scope)
    rows: list[dict[str, object]] = []
    for draft in drafts:
        made_at = max(write.now(), made_at + timedelta(microseconds=1))
        key = tuple(draft[name] for name in log.key)
        revisions[key] = revisions.get(key, 0) + 1
        row = {
            "project": project,
            log.scope: scope,
            **draft,
            "revision": revisions[key],
            "actor": actor.id,
            "actor_name": actor.name or "",
            "made_at": made_at,
        }
        if log.chained:
            row.setdefault("edit_id", secrets.token_hex(16))
            event = cast(digest.Chained, log.event(**row))  # type: ignore[arg-type]
            own = digest.digest(previous, event)
            row |= {"previous": previous, "digest": own}
            previous = own
        rows.append(row)
    session.insert(log.table, rows)


def newest_moment(session: Session, project: str, scope: str) -> datetime:
    """When the last thing happened to a sheet or round."""
    ((newest,),) = session.run("newest_moment", project=project, scope=scope)
    return cast("datetime | None", newest) or datetime.min


def round_state(store: Store, project: str, round_id: str, version: Version = NEWEST) -> RoundState:
    """The sheets of a round with owners, steps and recusals, kept until anything but a score is written.

    Who may do what hangs on the newest version, whichever is looked at.
    """
    return store.remembered(
        ("round", project, round_id, version.moment),
        lambda session: round_state_in(session, project, round_id, version),
        until="steps",
    )


def round_state_now(store: Store, session: Session, project: str, round_id: str) -> RoundState:
    """The same for deciding on a write, within its transaction."""
    return store.certain(
        session,
        ("round", project, round_id, None),
        lambda session: round_state_in(session, project, round_id),
        until="steps",
    )


def round_state_in(session: Session, project: str, round_id: str, version: Version = NEWEST) -> RoundState:
    """The same, within a transaction."""
    rows = session.run("sheets", project=project, moment=version.moment or datetime.max)
    sheets = tuple(row[0] for row in rows if round_of(row[0]) == round_id)
    owned = [SheetOwner(**fields | {"kind": SheetKind(fields["kind"])}) for (fields,) in _owners(session, project)]
    owners = {owner.sheet: owner for owner in owned}
    steps: dict[str, tuple[SheetEvent, ...]] = {}
    for event in events_in(session, SHEET_EVENTS, project, version=version):
        steps[event.sheet] = (*steps.get(event.sheet, ()), event)
    stays_out = recused(events_in(session, RECUSALS, project, version=version))
    return RoundState(
        round=round_id,
        sheets=sheets,
        owners={sheet: owners[sheet] for sheet in sheets if sheet in owners},
        events={sheet: steps[sheet] for sheet in sheets if sheet in steps},
        recused={sheet: codes for sheet, codes in stays_out.items() if sheet in sheets},
        project=project,
    )


def _owners(session: Session, project: str) -> list[tuple[Any, ...]]:
    return session.run("sheet_owners", project=project)


def rounds(store: Store, project: str, version: Version = NEWEST) -> tuple[RoundEvent, ...]:
    """The project's rounds as they stood, in their order; those of the data itself as revision 0."""

    def make(session: Session) -> tuple[RoundEvent, ...]:
        newest = {event.round: event for event in events_in(session, ROUND_EVENTS, project, version=version)}
        opened_later = {event.round for event in events_in(session, ROUND_EVENTS, project)} - set(newest)
        return tuple(
            newest.get(round_id)
            or RoundEvent(project, round_id, 0, name, RoundKind.INITIAL, "mean", "", "", datetime.min)
            for round_id, name in session.run("rounds", project=project)
            if round_id not in opened_later
        )

    return store.remembered(("rounds", project, version.moment), make)


def add_round(store: Store, project: str, draft: Draft, working: Sheet, actor: Actor) -> RoundEvent:
    """A new round with its blank working sheet. The draft: name, kind, rule; the sheet lends its schemes.

    Raises StoreError when somebody else's came first, however often it was tried.
    """

    def once() -> str:
        with store.writing("data") as session:
            taken = [round_id for round_id, _ in session.run("rounds", project=project)]
            number = next(n for n in range(len(taken) + 1, len(taken) * 2 + 2) if f"r{n}" not in taken)
            name = f"r{number}"
            session.insert(
                "round", [{"batch": None, "project": project, "seq": number, "id": name, "name": draft["name"]}]
            )
            _insert(session, ROUND_EVENTS, project, name, actor, [draft], [])
            sheet = Sheet(
                project, f"{name}/working", working.name, working.scheme, working.grade_scheme, reconstruction=False
            )
            session.insert("sheet", [write.sheet_row(session, sheet, actor)])
            return name

    made = once()
    return next(event for event in rounds(store, project) if event.round == made)


def add_owned_sheet(
    store: Store,
    project: str,
    sheet_id: str,
    name: str,
    scheme: Scheme,
    grade_scheme: GradeScheme,
    owner: SheetOwner,
    actor: Actor,
) -> Sheet:
    """A blank sheet of one person or of the panel; one that is there already is given as it is."""
    sheet = Sheet(project, sheet_id, name, scheme, grade_scheme, reconstruction=False)
    try:
        with store.writing("data") as session:
            session.insert("sheet", [write.sheet_row(session, sheet, actor)])
            session.insert("sheet_owner", [vars(owner) | {"kind": owner.kind.value}])
    except StoreClash:
        return read.sheet(store, project, sheet_id)
    return sheet


def answered(store: Store, project: str) -> dict[str, int]:
    """How many items of each sheet have an answer; sheets without any are not in it."""

    def make(session: Session) -> dict[str, int]:
        return {sheet: count for sheet, count in session.run("answered_items", project=project)}

    return store.remembered(("answered", project), make, until="any")


def scheme_scored(store: Store, scheme: str, version: int) -> bool:
    """Whether anybody has scored by it: from then on its weights stand."""
    with store.reading() as session:
        return bool(session.run("scheme_scored", scheme=scheme, version=version))


def heads_in(session: Session, project: str, sheets: Sequence[str]) -> dict[str, dict[str, str]]:
    """The newest digest of each chain of each sheet; a chain without events is left out."""
    found: dict[str, dict[str, str]] = {}
    for sheet in sheets:
        scores = read.newest_links(session, project, sheet)
        newest = max(scores, key=lambda link: link.event.made_at, default=None)
        heads = {} if newest is None else {"score_event": newest.digest}
        for log in (SHEET_EVENTS, INPUTS):
            links = links_in(session, cast("Log[SheetEvent]", log), project, sheet)
            if links:
                heads[log.table] = links[-1].digest
        found[sheet] = heads
    return found


def add_evidence(store: Store, file: EvidenceFile, content: bytes, look: Callable[[Session], None]) -> None:
    """File a content under an item; the same content is stored once. `look` may raise first. Raises StoreError."""
    with store.writing("steps") as session:
        look(session)
        refuse_redacted(session, file.digest)
        if not session.run("evidence_bytes", digest=file.digest):
            session.insert("evidence_bytes", [{"digest": file.digest, "content": content}])
        session.insert("evidence", [vars(file)])


def evidence(store: Store, project: str, sheet: str | None = None) -> tuple[EvidenceFile, ...]:
    """The files of a sheet (None: of all), in the order in which they were filed."""
    with store.reading() as session:
        return evidence_in(session, project, sheet)


def evidence_in(session: Session, project: str, sheet: str | None = None) -> tuple[EvidenceFile, ...]:
    """The same, within a transaction."""
    return tuple(EvidenceFile(**fields) for (fields,) in session.run("evidence", project=project, sheet=sheet))


def evidence_content(store: Store, content_digest: str) -> bytes:
    """A stored content. Raises KeyError for a digest that no file has."""
    with store.reading() as session:
        rows = session.run("evidence_bytes", digest=content_digest)
    if not rows:
        raise KeyError(content_digest)
    return bytes(rows[0][0])


@dataclass(frozen=True)
class Broken:
    """An event that does not stand as it was written, or that has lost its predecessor."""

    project: str
    sheet: str
    table: str
    event: digest.Chained
    altered: bool
    """Its own content was changed; False: it is whole, but what it followed was changed or is gone."""


@dataclass(frozen=True)
class Chains:
    """What checking a project's chains has found."""

    events: int
    broken: tuple[Broken, ...]
    missing_heads: tuple[tuple[SheetEvent, str], ...]
    """Locks with the sheet whose frozen head is no longer there, or ("") whose own digest does not hold."""


def check_chains(store: Store, project: str) -> Chains:
    """Recompute every chain of every sheet of a project, and the digest of every lock."""
    broken: list[Broken] = []
    known: dict[str, set[str]] = {}
    locks: list[SheetEvent] = []
    count = 0
    with store.reading() as session:
        sheets = dict.fromkeys(row[0] for row in session.run("sheets", project=project, moment=datetime.max))
        by_sheet: dict[tuple[str, str], list[Link[Any]]] = {}
        for link in read.links_in(session, project, None, None):
            by_sheet.setdefault((link.event.sheet, "score_event"), []).append(link)
        for log in (SHEET_EVENTS, INPUTS):
            for link in links_in(session, cast("Log[SheetEvent]", log), project):
                by_sheet.setdefault((link.event.sheet, log.table), []).append(link)
        for (sheet, table), links in by_sheet.items():
            sheets.setdefault(sheet, None)
            first = digest.start(project, sheet, None if table == "score_event" else table)
            digests = {first} | {link.digest for link in links}
            known.setdefault(sheet, set()).update(digests)
            count += len(links)
            for event, previous, own in links:
                if own != digest.digest(previous, event):
                    broken.append(Broken(project, sheet, table, event, altered=True))
                elif previous not in digests:
                    broken.append(Broken(project, sheet, table, event, altered=False))
                if isinstance(event, SheetEvent) and event.kind == "locked":
                    locks.append(event)
    lost = [(lock, sheet) for lock in locks for sheet in _lost_heads(lock, known)]
    return Chains(count, tuple(broken), tuple(lost))


def freeze(content: Mapping[str, object]) -> str:
    """What a lock freezes as one JSON text, with its own digest."""
    return digest.canonical_json({**content, "digest": frozen_digest(content)})


def frozen(lock: SheetEvent) -> dict[str, Any]:
    """What a lock froze."""
    return cast("dict[str, Any]", json.loads(lock.frozen))


def frozen_digest(content: Mapping[str, object]) -> str:
    """The digest of what a lock froze."""
    return digest.sha256(digest.canonical_json({name: part for name, part in content.items() if name != "digest"}))


def _lost_heads(lock: SheetEvent, known: Mapping[str, set[str]]) -> list[str]:
    content = frozen(lock)
    if frozen_digest(content) != content["digest"]:
        return [""]
    return [
        sheet
        for sheet, heads in content["heads"].items()
        if any(head not in known.get(sheet, set()) for head in heads.values())
    ]
