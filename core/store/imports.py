"""Taking over what came in a file: a scheme, or a scorecard with the project, scheme and sheet that it needs.

All of it in one transaction: nothing is left of an import that fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from core.errors import Message, StoreError
from core.model.context import Actor
from core.model.scorecard import Scheme, Sheet
from core.store import write
from core.store.database import Session, Store
from core.store.errors import StoreClash
from core.store.write import NewScore


@dataclass(frozen=True)
class NewProject:
    """A project of which only a scorecard is known: it has no places, no money and nobody who benefits yet."""

    id: str
    name: str
    as_of: date | None
    """None: the file states no date."""
    source: str
    """The file, as it is called on pictures."""
    round: str
    """The id of its one round."""
    round_name: str


@dataclass(frozen=True)
class NewSheet:
    """A sheet with its scores; `project` and `scheme` are None where they are there already."""

    sheet: Sheet
    scores: Sequence[NewScore]
    project: NewProject | None
    scheme: Scheme | None
    round: tuple[str, str] | None = None
    """(id, name) of the first round of a project that is there and has none: its data came before any scorecard."""


def add_scheme(store: Store, scheme: Scheme, source: str, actor: Actor) -> None:
    """A new scheme, or a new version of one. Raises StoreError when id and version are taken meanwhile."""
    with _taken_over(), store.writing("data") as session:
        _scheme(session, scheme, source, actor)


def add_sheet(
    store: Store, new: NewSheet, source: str, actor: Actor, look: Callable[[Session], None] | None = None
) -> None:
    """A filled sheet and what it stands on. `look` is called first, in the same transaction, and may refuse.

    Raises StoreError when an id is taken meanwhile, and whatever `look` raises.
    """
    sheet = new.sheet
    with _taken_over(), store.writing("data") as session:
        if look is not None:
            look(session)
        if new.scheme is not None:
            _scheme(session, new.scheme, source, actor)
        if new.project is not None:
            _project(session, new.project, actor)
        if new.round is not None:
            name, title = new.round
            session.insert("round", [{"batch": None, "project": sheet.project, "seq": 1, "id": name, "name": title}])
        session.insert("sheet", [write.sheet_row(session, sheet, actor)])
        write.insert_scores(session, sheet.project, sheet.id, new.scores, [])


@contextmanager
def _taken_over() -> Iterator[None]:
    """A key that somebody else has taken is a sentence."""
    try:
        yield
    except StoreClash as error:
        raise StoreError(Message("另一处同时导入了同名的内容,本次未导入。请重试。")) from error


def _batch(session: Session, name: str, project: str | None, as_of: date | None, source: str, actor: Actor) -> None:
    row = {"id": name, "project": project, "as_of": as_of, "source": source, "made_at": write.now()}
    session.insert("import_batch", [row | {"actor": actor.id, "actor_name": actor.name or ""}])


def _scheme(session: Session, scheme: Scheme, source: str, actor: Actor) -> None:
    batch = f"scheme:{scheme.id}@{scheme.version}"
    _batch(session, batch, None, None, source, actor)
    row = {"batch": batch, "seq": 1, "id": scheme.id, "version": scheme.version, "name": scheme.name}
    session.insert("scheme", [row])
    rows = [
        vars(indicator)
        | {"batch": batch, "scheme": scheme.id, "version": scheme.version, "seq": number}
        | {"params": indicator.params_text}
        for number, indicator in enumerate(scheme.indicators, start=1)
    ]
    session.insert("indicator", rows)


def _project(session: Session, new: NewProject, actor: Actor) -> None:
    batch = f"{new.id}@scorecard"
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
                # Without an approval the day says nothing; the column wants one.
                "approval": "",
                "approved_on": new.as_of or write.now().date(),
                "source": new.source,
            }
        ],
    )
    session.insert("round", [{"batch": batch, "project": new.id, "seq": 1, "id": new.round, "name": new.round_name}])
