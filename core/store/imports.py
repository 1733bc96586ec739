"""Taking over what came in a file: a scheme, a standard, or a scorecard with project, scheme and sheet that it needs.

All of it in one transaction: nothing is left of an import that fails.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.errors import Message
from core.model.context import Actor
from core.model.panel_events import RoundKind
from core.model.scorecard import FINEST, BudgetLine, Scheme, Sheet, SheetTarget
from core.model.standard import Standard
from core.scoring.round_settings import new_round
from core.store import write
from core.store.database import Look, Session, Store
from core.store.event_log import signed
from core.store.read import NO_DAY
from core.store.write import NewScore

_TAKEN = Message("另一处同时导入了同名的内容，本次未导入。请重试。")


@dataclass(frozen=True)
class NewProject:
    """A project of which only a scorecard is known: it has no places, no money and nobody who benefits yet."""

    id: str
    name: str
    as_of: date | None
    """None: the file states no date."""
    source: str
    """The file, as it is called on pictures."""


@dataclass(frozen=True)
class NewRound:
    """A round that sheets open."""

    id: str
    name: str
    seq: int
    kind: RoundKind


@dataclass(frozen=True)
class NewSheet:
    """A sheet with its scores, and what a 自评表 says beside them."""

    sheet: Sheet
    scores: Sequence[NewScore]
    targets: Sequence[SheetTarget] = ()
    budget: Sequence[BudgetLine] = ()


@dataclass(frozen=True)
class NewSheets:
    """The sheets of a file; `project` and `scheme` are None where they are there already."""

    sheets: Sequence[NewSheet]
    project: NewProject | None
    scheme: Scheme | None
    rounds: Sequence[NewRound] = ()
    """Rounds that are not there yet."""


def add_scheme(store: Store, scheme: Scheme, source: str, actor: Actor) -> None:
    """A new scheme, or a new version of one. Raises StoreError when id and version are taken meanwhile."""
    with store.writing("data", _TAKEN) as session:
        _scheme(session, scheme, source, actor)


def add_standard(store: Store, standard: Standard, source: str, actor: Actor) -> None:
    """A new standard, or a new version of one. Raises StoreError when id and version are taken meanwhile."""
    with store.writing("data", _TAKEN) as session:
        of = {"batch": f"standard:{standard.id}@{standard.version}", "version": standard.version}
        _batch(session, str(of["batch"]), None, None, source, actor)
        session.insert("standard", [of | {"seq": 1, "id": standard.id, "name": standard.name}])
        rows = [
            {name: value for name, value in vars(point).items() if name != "group"}
            | {"group_name": point.group, "standard": standard.id, "seq": number, **of}
            for number, point in enumerate(standard.points, start=1)
        ]
        session.insert("standard_point", rows)


def add_sheets(store: Store, new: NewSheets, source: str, actor: Actor, look: Look | None = None) -> None:
    """Filled sheets and what they stand on. `look` is called first, in its transaction, and may refuse.

    Raises StoreError when an id is taken meanwhile, and whatever `look` raises.
    """
    with store.writing("data", _TAKEN, look) as session:
        if new.scheme is not None:
            _scheme(session, new.scheme, source, actor)
        if new.project is not None:
            _project(session, new.project, actor)
        for opened in new.rounds:
            _round(session, opened, new, actor)
        for each in new.sheets:
            _sheet(session, each, actor)


def _round(session: Session, opened: NewRound, new: NewSheets, actor: Actor) -> None:
    project = new.sheets[0].sheet.project
    batch = None if new.project is None else _batch_of(new.project)
    row = {"batch": batch, "project": project, "seq": opened.seq, "id": opened.id, "name": opened.name}
    session.insert("round", [row])
    if opened.kind is not RoundKind.INITIAL:  # a round without a setting is one of 初评
        first = {"project": project, "round": opened.id, "revision": 1, **new_round(opened.name, opened.kind)}
        session.insert("round_setting", [first | signed(actor)])


def _sheet(session: Session, new: NewSheet, actor: Actor) -> None:
    of = {"project": new.sheet.project, "sheet": new.sheet.id}
    session.insert("sheet", [write.sheet_row(session, new.sheet, actor)])
    write.insert_scores(session, new.sheet.project, new.sheet.id, new.scores, [])
    session.insert("sheet_target", [of | vars(each) for each in new.targets])
    session.insert("sheet_budget", [of | vars(each) for each in new.budget])


def _batch_of(new: NewProject) -> str:
    return f"{new.id}@scorecard"


def _batch(session: Session, name: str, project: str | None, as_of: date | None, source: str, actor: Actor) -> None:
    row = {"id": name, "project": project, "as_of": as_of, "source": source}
    session.insert("import_batch", [row | signed(actor)])


def _scheme(session: Session, scheme: Scheme, source: str, actor: Actor) -> None:
    batch = f"scheme:{scheme.id}@{scheme.version}"
    _batch(session, batch, None, None, source, actor)
    row = {"batch": batch, "seq": 1, "id": scheme.id, "version": scheme.version, "name": scheme.name}
    session.insert("scheme", [row])
    if scheme.step != FINEST:
        session.insert(
            "scheme_step", [{"batch": batch, "scheme": scheme.id, "version": scheme.version, "step": scheme.step}]
        )
    rows = [
        {name: value for name, value in vars(indicator).items() if name != "least"}
        | {"weight": indicator.span, "batch": batch, "scheme": scheme.id, "version": scheme.version, "seq": number}
        | {"params": indicator.params_text}
        for number, indicator in enumerate(scheme.indicators, start=1)
    ]
    session.insert("indicator", rows)


def _project(session: Session, new: NewProject, actor: Actor) -> None:
    batch = _batch_of(new)
    _batch(session, batch, new.id, new.as_of, new.source, actor)
    session.insert(
        "project",
        [
            {
                "batch": batch,
                "seq": 1,
                "id": new.id,
                "name": new.name,
                "title_places": "",
                "approval": "",
                "approved_on": NO_DAY,
                "source": new.source,
            }
        ],
    )
