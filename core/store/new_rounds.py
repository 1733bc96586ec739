"""Opening of rounds in the store: which id the next one has, and a round with its first sheets in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from core.errors import Message, UnknownName
from core.model.context import Actor
from core.model.panel_events import RoundSetting, SheetOwner
from core.model.scorecard import Sheet
from core.scoring.round_state import round_of
from core.store import event_log, logs, write
from core.store.database import Source, Store


def next_round(source: Source, project: str) -> str:
    """The id of the round that is opened next: one that the data brought and that has no sheet yet, else a new one."""
    with source.reading() as session:
        begun = {round_of(row[0]) for row in session.run("sheets", project=project, moment=datetime.max)}
        there = [name for name, said in logs.settings(session, project).items() if said[-1].change != "deleted"]
        taken = logs.round_ids(session, project)
    new = next(f"r{n}" for n in range(len(taken) + 1, len(taken) * 2 + 2) if f"r{n}" not in taken)
    return next((name for name in there if name not in begun), new)


Sheets = Callable[[str], Sequence[tuple[Sheet, SheetOwner | None]]]
"""(the id of a round) -> its first sheets, each with whose it is."""


def add_round(
    store: Store, project: str, draft: logs.Draft, sheets: Sheets, actor: Actor, form: str | None = None
) -> RoundSetting:
    """A round with its blank sheets, as the draft sets it up.

    `form` names what asks for it: asked twice it opens one, and gives it both times.
    Raises StoreError, UnknownName where that one was deleted meanwhile.
    """

    def once() -> str:
        with store.writing("data") as session:
            steps = logs.events(session, logs.ROUND_STEPS, project)
            opened = next((step.round for step in steps if step.edit_id == form), None)
            if opened is not None:
                return opened
            name, taken = next_round(session, project), logs.round_ids(session, project)
            if name not in taken:
                seq = len(taken) + 1
                row = {"batch": None, "project": project, "seq": seq, "id": name, "name": draft["name"]}
                session.insert("round", [row])
            known = event_log.links(session, logs.ROUND_SETTINGS, project, name)
            logs.write_events(session, logs.ROUND_SETTINGS, project, name, actor, [draft], known)
            if form is not None:
                step = {"kind": "opened", "person": "", "person_name": "", "reason": "", "edit_id": form}
                logs.write_events(session, logs.ROUND_STEPS, project, name, actor, [step])
            for sheet, owner in sheets(name):
                session.insert("sheet", [write.sheet_row(session, sheet, actor)])
                if owner is not None:
                    session.insert("sheet_owner", [vars(owner) | {"kind": owner.kind.value}])
            return name

    name = event_log.retried(once)
    found = next((setting for setting in logs.rounds(store, project) if setting.round == name), None)
    if found is None:
        raise UnknownName(Message("这一轮开始后又被删除。请刷新页面，重新填写。"))
    return found
