"""Findings with their steps, and answers to checks. Both are events: nothing is overwritten."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from core.errors import Message, StoreError
from core.model.context import NEWEST, Actor, Version
from core.model.rectification import CheckAnswer, Point, Proof, Rectification, Step
from core.store import write
from core.store.database import Session, Store
from core.store.errors import StoreClash
from core.store.redaction import refuse_redacted

_TICK = timedelta(microseconds=1)


def findings(store: Store, project: str, version: Version = NEWEST) -> tuple[Rectification, ...]:
    """The project's findings as they stood at the version's moment, in the order in which they were put down."""
    return store.remembered(
        ("findings", project, version.moment), lambda session: findings_in(session, project, version), until="steps"
    )


def findings_in(session: Session, project: str, version: Version = NEWEST) -> tuple[Rectification, ...]:
    """The same, within a transaction."""
    moment = version.moment or datetime.max
    steps: dict[str, list[Step]] = {}
    for name, state, owner, due, evidence, *rest in session.run("finding_events", project=project, moment=moment):
        steps.setdefault(name, []).append(Step(state, owner, due, Proof.read(evidence), *rest))
    points = [Point(*row) for row in session.run("findings", project=project, moment=moment)]
    return tuple(Rectification(point, tuple(steps.get(point.id, ()))) for point in points)


def add_points(
    store: Store, project: str, decide: Callable[[tuple[Rectification, ...]], Sequence[Point]]
) -> tuple[Point, ...]:
    """Put down what `decide` makes of those that are there. Raises StoreError, and whatever `decide` raises."""
    try:
        with store.writing("steps") as session:
            new = tuple(decide(findings_in(session, project)))
            session.insert("finding", [vars(point) for point in new])
            return new
    except StoreClash as error:
        raise StoreError(Message("另一处同时登记了整改事项,本次未登记。请刷新后重试。")) from error


def add_step(
    store: Store,
    project: str,
    finding: str,
    decide: Callable[[Rectification | None], Step],
    file: tuple[str, bytes] | None = None,
) -> None:
    """The next step of a finding; `decide` gets it as it stands (None: there is none) and may raise.

    `file`: digest and content of its proof, stored once a content. Raises StoreError when somebody else was faster.
    """
    try:
        with store.writing("steps") as session:
            found = next((each for each in findings_in(session, project) if each.point.id == finding), None)
            step = decide(found)
            if file is not None:
                refuse_redacted(session, file[0])
            if file is not None and not session.run("evidence_bytes", digest=file[0]):
                session.insert("evidence_bytes", [{"digest": file[0], "content": file[1]}])
            known = found.steps if found is not None else ()
            made_at = max(step.made_at, known[-1].made_at + _TICK) if known else step.made_at
            fields = vars(step) | {"made_at": made_at, "evidence": step.proof.stored()}
            del fields["proof"]
            session.insert("finding_event", [fields | {"project": project, "finding": finding, "seq": len(known) + 1}])
    except StoreClash as error:
        raise StoreError(Message("另一处同时改了这一条,本次未保存。请刷新后重试。")) from error


def check_answers(store: Store, project: str, version: Version = NEWEST) -> dict[str, CheckAnswer]:
    """The answer to each check that has one, by the check's id, as it stood at the version's moment."""

    def make(session: Session) -> dict[str, CheckAnswer]:
        rows = session.run("check_answers", project=project, moment=version.moment or datetime.max)
        return {row[0]: CheckAnswer(*row) for row in rows if row[1]}

    return store.remembered(("check_answers", project, version.moment), make, until="steps")


def add_check_answer(store: Store, project: str, check: str, text: str, actor: Actor) -> None:
    """Answer a check; "" takes the answer back. Raises StoreError when somebody else was faster."""
    try:
        with store.writing("steps") as session:
            ((newest,),) = session.run("newest_check_answer", project=project, check=int(check))
            row = {"project": project, "check_id": int(check), "seq": newest + 1, "text": text}
            who = {"actor": actor.id, "actor_name": actor.name or "", "made_at": write.now()}
            session.insert("check_answer", [row | who])
    except StoreClash as error:
        raise StoreError(Message("另一处同时答复了这项核对,本次未保存。请刷新后重试。")) from error
