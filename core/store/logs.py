"""The panel's append-only tables: each is a log of one kind of event, read as a whole and added to at its end."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar, cast

from core.model.context import NEWEST, Actor, Version
from core.model.panel_events import (
    LEAST_SCORERS,
    Assignment,
    Comment,
    Deliberation,
    EvidenceFile,
    EvidenceWithdrawal,
    FlagAnswer,
    InputEvent,
    Minutes,
    Recusal,
    RoundEvent,
    RoundKind,
    RoundSetting,
    RoundStep,
    SelfShown,
    SheetEvent,
    SheetKind,
    SheetOwner,
    Shown,
    TalkEvent,
)
from core.model.questionnaire import Questionnaire
from core.model.scorecard import GradeScheme, Scheme, Sheet
from core.scoring.round_settings import closing, from_event
from core.scoring.round_state import RoundState, assigned, left, recused, round_of
from core.store import clock, digest, event_log, read, write
from core.store.database import Look, Session, Source, Store
from core.store.digest import Link
from core.store.errors import StoreClash
from core.store.event_log import Draft as Draft  # the rest of the house takes it from here
from core.store.event_log import E, Log
from core.store.read import SCORES
from core.store.redaction import keep_content
from core.store.row_digests import OWN_CHAINS

T = TypeVar("T")


def _without_unit(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The unit of a comment stands in a table of its own, younger than `comment`."""
    return {name: value for name, value in row.items() if name != "unit"}


SHEET_EVENTS = Log("sheet_event", SheetEvent, "sheet", chained=True)
INPUTS = Log("item_input", InputEvent, "sheet", ("code",), chained=True)
RECUSALS = Log("recusal", Recusal, "sheet", ("code",))
ASSIGNMENTS = Log("assignment", Assignment, "round", ("person",))
QUESTIONNAIRES = Log("questionnaire", Questionnaire, "questionnaire")
FLAG_ANSWERS = Log("flag_answer", FlagAnswer, "sheet", ("code", "kind"))
COMMENTS = Log("comment", Comment, "round", ("code",), turned=_without_unit)
"""Read by core.store.comments, which knows the units."""
TALK = Log("talk", TalkEvent, "round", ("code",))
DELIBERATIONS = Log("deliberation", Deliberation, "round", ("code",))
MINUTES = Log("minutes", Minutes, "round")
ROUND_EVENTS = Log("round_event", RoundEvent, "round", words={"kind": RoundKind})
"""Only read: what is set now goes into ROUND_SETTINGS."""
ROUND_SETTINGS = Log(
    "round_setting", RoundSetting, "round", words={"kind": RoundKind, "shown": Shown, "self_shown": SelfShown}
)
ROUND_STEPS = Log("round_step", RoundStep, "round")
_CHAINED: tuple[Log[Any], ...] = (SCORES, SHEET_EVENTS, INPUTS)
"""The logs whose events are chained one by one, a chain for each sheet."""


def events(
    source: Source, log: Log[E], project: str, scope: str | None = None, version: Version = NEWEST
) -> tuple[E, ...]:
    """The events of a sheet or round (None: of all) up to the version's moment, oldest first."""
    with source.reading() as session:
        return tuple(link.event for link in event_log.links(session, log, project, scope, version.moment))


Decide = Callable[[Session, Sequence[E]], tuple[Sequence[Draft], T]]
"""(the transaction, the scope's events so far) -> (what to add, what to return). May be called again."""


def append(store: Store, log: Log[E], project: str, scope: str, actor: Actor, decide: Decide[E, T]) -> T:
    """Add to a sheet's or round's log what `decide` decides, durably, all of it or nothing.

    Raises StoreError when it was not written, and whatever `decide` raises.
    """

    def once() -> T:
        with store.writing("data" if log.table == "round_setting" else "steps") as session:
            known = event_log.links(session, log, project, scope)
            drafts, answer = decide(session, [link.event for link in known])
            write_events(session, log, project, scope, actor, drafts, known)
            return answer

    return event_log.retried(once)


def write_events(
    session: Session,
    log: Log[E],
    project: str,
    scope: str,
    actor: Actor,
    drafts: Sequence[Draft],
    known: Sequence[Link[E]] = (),
) -> tuple[Link[E], ...]:
    """Write drafts as the next events of a sheet or round, within a transaction. `known`: its events so far."""
    if not drafts:
        return ()
    written = [{**draft, "actor": actor.id, "actor_name": actor.name or ""} for draft in drafts]
    return event_log.add(session, log, project, scope, written, known, newest_moment(session, project, scope))


def newest_moment(session: Session, project: str, scope: str) -> datetime:
    """The moment of the last event of a sheet or round, but for what a clock far ahead has dated."""
    ((newest, ahead),) = session.run("newest_moment", project=project, scope=scope, latest=clock.latest())
    if ahead != newest:
        clock.warn_ahead(cast("datetime", ahead))
    return cast("datetime | None", newest) or datetime.min


def round_state(source: Source, project: str, round_id: str, version: Version = NEWEST) -> RoundState:
    """The sheets of a round with owners, steps and recusals, kept until anything but a score is written.

    Who may do what hangs on the newest version, whichever is looked at.
    """
    return source.remembered(
        ("round", project, round_id, version.moment),
        lambda session: _round_state(session, project, round_id, version),
        until="steps",
    )


def round_state_now(store: Store, session: Session, project: str, round_id: str) -> RoundState:
    """The newest state of a round for deciding on a write, within its transaction."""
    return store.certain(
        session,
        ("round", project, round_id, None),
        lambda session: _round_state(session, project, round_id, NEWEST),
        until="steps",
    )


def _round_state(session: Session, project: str, round_id: str, version: Version) -> RoundState:
    rows = session.run("sheets", project=project, moment=version.moment or datetime.max)
    parts = events(session, ROUND_STEPS, project, round_id, version)
    gone = left(parts)
    sheets = tuple(row[0] for row in rows if round_of(row[0]) == round_id and row[0] not in gone)
    opened = settings(session, project, version).get(round_id, ())
    owner_of = {owner.sheet: owner for owner in owners(session, project)}
    steps: dict[str, tuple[SheetEvent, ...]] = {}
    for event in events(session, SHEET_EVENTS, project, version=version):
        steps[event.sheet] = (*steps.get(event.sheet, ()), event)
    stays_out = recused(events(session, RECUSALS, project, version=version))
    return RoundState(
        round=round_id,
        sheets=sheets,
        owners={sheet: owner_of[sheet] for sheet in sheets if sheet in owner_of},
        events={sheet: steps[sheet] for sheet in sheets if sheet in steps},
        recused={sheet: codes for sheet, codes in stays_out.items() if sheet in sheets},
        project=project,
        parts=parts,
        assigned=assigned(events(session, ASSIGNMENTS, project, round_id, version)),
        self_assessed=bool(opened) and opened[-1].self_assessed,
        shown=opened[-1].shown if opened else Shown.AFTER_SUBMIT,
        self_shown=opened[-1].self_shown if opened else SelfShown.AFTER_SUBMIT,
        deadline=opened[-1].deadline if opened else None,
        least_scorers=opened[-1].least_scorers if opened else LEAST_SCORERS,
        closed=closing(opened),
        deleted=any(each.change == "deleted" for each in opened),
    )


def owners(source: Source, project: str) -> tuple[SheetOwner, ...]:
    """Whose the project's sheets are; shared ones are not in it."""

    def make(session: Session) -> tuple[SheetOwner, ...]:
        rows = session.run("sheet_owners", project=project)
        return tuple(SheetOwner(**fields | {"kind": SheetKind(fields["kind"])}) for (fields,) in rows)

    return source.remembered(("owners", project), make, until="steps")


def settings(source: Source, project: str, version: Version = NEWEST) -> dict[str, tuple[RoundSetting, ...]]:
    """What was set of each round of the project, oldest first, in the order of the rounds.

    A round that came with the data begins as it says (revision 0); one that was opened later is not in it.
    """
    with source.reading() as session:
        said: dict[str, list[RoundSetting]] = {}
        for event in events(session, ROUND_EVENTS, project, version=version):
            said.setdefault(event.round, []).append(from_event(event))
        for setting in events(session, ROUND_SETTINGS, project, version=version):
            said.setdefault(setting.round, []).append(setting)
        of_persons = {event.round for event in events(session, ROUND_EVENTS, project)}
        of_persons |= {setting.round for setting in events(session, ROUND_SETTINGS, project)}
        found: dict[str, tuple[RoundSetting, ...]] = {}
        for name, title, imported in session.run("rounds", project=project):
            first = RoundEvent(project, name, 0, title, RoundKind.INITIAL, "mean", "", "", datetime.min)
            begins = [from_event(first)] if imported or name not in of_persons else []
            if all_of_it := (*begins, *said.get(name, ())):
                found[name] = all_of_it
    return found


def rounds(store: Store, project: str, version: Version = NEWEST) -> tuple[RoundSetting, ...]:
    """The project's rounds as they stood, in their order, but for those that were deleted."""

    def make(session: Session) -> tuple[RoundSetting, ...]:
        newest = (said[-1] for said in settings(session, project, version).values())
        return tuple(each for each in newest if each.change != "deleted")

    return store.remembered(("rounds", project, version.moment), make)


def round_ids(source: Source, project: str) -> tuple[str, ...]:
    """The ids of all rounds that there ever were, also of those that were deleted."""
    with source.reading() as session:
        return tuple(name for name, *_ in session.run("rounds", project=project))


def add_owned_sheet(
    store: Store,
    project: str,
    sheet_id: str,
    name: str,
    scheme: Scheme,
    grade_scheme: GradeScheme,
    owner: SheetOwner,
    actor: Actor,
    look: Look | None = None,
) -> Sheet:
    """A blank sheet of one person or of the panel; one that is there already is given as it is. `look` may raise."""
    sheet = Sheet(project, sheet_id, name, scheme, grade_scheme, reconstruction=False)
    try:
        with store.writing("data", look=look) as session:
            session.insert("sheet", [write.sheet_row(session, sheet, actor)])
            session.insert("sheet_owner", [vars(owner) | {"kind": owner.kind.value}])
    except StoreClash:
        return read.sheet(store, project, sheet_id)
    return sheet


def answered(store: Store, project: str) -> dict[str, frozenset[str]]:
    """Items of each sheet that have an answer; sheets without any are not in it."""

    def make(session: Session) -> dict[str, frozenset[str]]:
        return {sheet: frozenset(codes) for sheet, codes in session.run("answered_items", project=project)}

    return store.remembered(("answered", project), make, until="any")


def anything_on(session: Session, project: str, sheet: str) -> bool:
    """Tell whether anything was ever scored, entered, filed or decided on a sheet."""
    of_sheet: tuple[Log[Any], ...] = (SHEET_EVENTS, INPUTS, RECUSALS, FLAG_ANSWERS)
    return bool(
        read.newest_links(session, project, sheet)
        or evidence(session, project, sheet)
        or any(events(session, log, project, sheet) for log in of_sheet)
    )


def anything_said(session: Session, project: str, round_id: str) -> bool:
    """Tell whether anything was ever said of a round, decided in it or put down in its minutes."""
    of_round: tuple[Log[Any], ...] = (COMMENTS, TALK, DELIBERATIONS, MINUTES)
    return any(events(session, log, project, round_id) for log in of_round)


def heads_in(session: Session, project: str, sheets: Sequence[str]) -> dict[str, dict[str, str]]:
    """The newest digest of each chain of each sheet; a chain without events is left out."""
    found: dict[str, dict[str, str]] = {}
    for sheet in sheets:
        scores = read.newest_links(session, project, sheet)
        heads = {"score_event": scores[-1].digest} if scores else {}
        for log in _CHAINED[1:]:
            if links := event_log.links(session, log, project, sheet):
                heads[log.table] = links[-1].digest
        found[sheet] = heads
    return found


def add_evidence(store: Store, file: EvidenceFile, content: bytes, look: Look, also: Collection[str] = ()) -> None:
    """File a content under an item, and the items `also`; a content is stored once. `look` may raise first.

    Raises StoreError.
    """
    with store.writing("steps", look=look) as session:
        keep_content(session, file.digest, content)
        link_evidence(session, [replace(file, code=code) for code in (file.code, *also)])


def link_evidence(session: Session, files: Sequence[EvidenceFile]) -> None:
    """Let filed contents back further items. Raises StoreError, StoreClash for an item that one backs or has backed."""
    rows = [dict(vars(file)) for file in files]
    for row in rows:
        del row["withdrawn"]
    session.insert("evidence", rows)


def withdraw_evidence(session: Session, ends: Sequence[EvidenceWithdrawal]) -> None:
    """Write that files do not back items any longer. Raises StoreError, StoreClash for what is withdrawn already."""
    session.insert("evidence_withdrawal", [vars(end) for end in ends])


def evidence(
    source: Source, project: str, sheet: str | None = None, version: Version = NEWEST
) -> tuple[EvidenceFile, ...]:
    """The files of a sheet (None: of all) at a version, as they were filed one by one; withdrawn ones say so."""
    until = version.moment or datetime.max
    with source.reading() as session:
        ends = {
            (each.project, each.sheet, each.code, each.id): each
            for each in session.made(EvidenceWithdrawal, "evidence_withdrawals", project=project, sheet=sheet)
            if each.made_at <= until
        }
        files = [EvidenceFile(**fields) for (fields,) in session.run("evidence", project=project, sheet=sheet)]
    return tuple(
        replace(file, withdrawn=ends.get((file.project, file.sheet, file.code, file.id)))
        for file in files
        if file.made_at <= until
    )


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
    """The result of checking a project's chains."""

    events: int
    broken: tuple[Broken, ...]
    missing_heads: tuple[tuple[SheetEvent, str], ...]
    """Locks with the sheet whose frozen head is no longer there, or ("") whose own digest does not hold."""


def chained_projects(store: Store) -> tuple[str, ...]:
    """Every project that an event of a chain names: more than there are, where somebody has altered one."""
    with store.reading() as session:
        found = [name for table in OWN_CHAINS for (name,) in session.run_on(table, "projects_in")]
    return tuple(dict.fromkeys(found))


def check_chains(store: Store, project: str) -> Chains:
    """Recompute every chain of every sheet of a project, and the digest of every lock."""
    broken: list[Broken] = []
    known: dict[str, set[str]] = {}
    locks: list[SheetEvent] = []
    count = 0
    with store.reading() as session:
        sheets = dict.fromkeys(row[0] for row in session.run("sheets", project=project, moment=datetime.max))
        by_sheet: dict[tuple[str, Log[Any]], list[Link[Any]]] = {}
        for log in _CHAINED:
            for link in event_log.links(session, log, project):
                by_sheet.setdefault((link.event.sheet, log), []).append(link)
        for (sheet, log), links in by_sheet.items():
            sheets.setdefault(sheet, None)
            digests = {log.start(project, sheet)} | {link.digest for link in links}
            known.setdefault(sheet, set()).update(digests)
            count += len(links)
            for event, previous, own in links:
                if own != digest.digest(previous, event):
                    broken.append(Broken(project, sheet, log.table, event, altered=True))
                elif previous not in digests:
                    broken.append(Broken(project, sheet, log.table, event, altered=False))
                if isinstance(event, SheetEvent) and event.kind == "locked":
                    locks.append(event)
    lost = [(lock, sheet) for lock in locks for sheet in _lost_heads(lock, known)]
    return Chains(count, tuple(broken), tuple(lost))


def freeze(content: Mapping[str, object]) -> str:
    """The content of a lock as one JSON text, with its own digest."""
    return digest.canonical_json({**content, "digest": frozen_digest(content)})


def frozen(lock: SheetEvent) -> dict[str, Any]:
    """The content that a lock froze."""
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
