"""Findings with their steps, and answers to checks. Both are events: nothing is overwritten."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from core.errors import Message
from core.model.context import NEWEST, Actor, Version
from core.model.rectification import CheckAnswer, FindingPoint, Proof, Rectification, Step
from core.store import clock
from core.store.database import Session, Source, Store
from core.store.event_log import signed
from core.store.redaction import keep_content


def findings(source: Source, project: str, version: Version = NEWEST) -> tuple[Rectification, ...]:
    """The project's findings as they stood at the version's moment, in the order in which they were put down."""
    moment = version.moment or datetime.max

    def make(session: Session) -> tuple[Rectification, ...]:
        steps: dict[str, list[Step]] = {}
        for row in session.rows("finding_events", project=project, moment=moment):
            finding, proof = row.pop("finding"), Proof.read(row.pop("evidence"))
            steps.setdefault(finding, []).append(Step(**row, proof=proof))
        points = session.made(FindingPoint, "findings", project=project, moment=moment)
        return tuple(Rectification(point, tuple(steps.get(point.id, ()))) for point in points)

    return source.remembered(("findings", project, version.moment), make, until="steps")


def add_points(
    store: Store, project: str, decide: Callable[[tuple[Rectification, ...]], Sequence[FindingPoint]]
) -> tuple[FindingPoint, ...]:
    """Put down what `decide` makes of those that are there. Raises StoreError, and whatever `decide` raises."""
    with store.writing("steps", Message("另一处同时登记了整改事项，本次未登记。请刷新后重试。")) as session:
        new = tuple(decide(findings(session, project)))
        session.insert("finding", [vars(point) for point in new])
        return new


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
    with store.writing("steps", Message("另一处同时改了这一条，本次未保存。请刷新后重试。")) as session:
        found = next((each for each in findings(session, project) if each.point.id == finding), None)
        step = decide(found)
        if file is not None:
            keep_content(session, *file)
        known = found.steps if found is not None else ()
        made_at = clock.after(known[-1].made_at, step.made_at) if known else step.made_at
        row = vars(step) | {"made_at": made_at, "evidence": step.proof.stored()}
        del row["proof"]
        session.insert("finding_event", [row | {"project": project, "finding": finding, "seq": len(known) + 1}])


def check_answers(store: Store, project: str, version: Version = NEWEST) -> dict[str, CheckAnswer]:
    """The answer to each check that has one, by the check's id, as it stood at the version's moment."""

    def make(session: Session) -> dict[str, CheckAnswer]:
        found = session.made(CheckAnswer, "check_answers", project=project, moment=version.moment or datetime.max)
        return {answer.check: answer for answer in found if answer.text}

    return store.remembered(("check_answers", project, version.moment), make, until="steps")


def add_check_answer(store: Store, project: str, check: str, text: str, actor: Actor) -> None:
    """Answer a check; "" takes the answer back. Raises StoreError when somebody else was faster."""
    with store.writing("steps", Message("另一处同时答复了这条数据疑点，本次未保存。请刷新后重试。")) as session:
        ((newest,),) = session.run("newest_check_answer", project=project, check=int(check))
        row = {"project": project, "check_id": int(check), "seq": newest + 1, "text": text}
        session.insert("check_answer", [row | signed(actor)])
