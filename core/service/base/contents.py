"""Contents of the works that were carried out (已实施项), as the checklists of the renovation standard found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.errors import Message
from core.model.context import Version
from core.model.measure import Measure
from core.model.standard import Standard, areas, carried_out
from core.store import standards
from core.store.database import Source
from core.text import word


@dataclass(frozen=True)
class CarriedOut:
    """Contents carried out, by the list of contents that the project was checked against last."""

    standard: Standard
    done: int | None
    """None: some checklist leaves a content open, so nobody can tell."""
    lists: int
    """Number of checklists."""

    @property
    def approved(self) -> int:
        """Number of contents that were approved."""
        return len(self.standard.contents)


def contents(source: Source, project: str, places: Sequence[str], version: Version) -> CarriedOut | None:
    """Count the project's contents at that version. None: no list of contents was checked."""
    found = standards.checked(source, project, version)
    known = [each for each in standards.standards(source) if each.contents and (each.id, each.version) in found]
    if not known:
        return None
    newest = max(known, key=lambda each: max(c.made_at for c in found[each.id, each.version].values()))
    checks = found[newest.id, newest.version]
    lists = areas(places, checks)
    return CarriedOut(newest, carried_out(newest.contents, checks, lists), len(lists))


def measures(counted: CarriedOut | None, as_of: date) -> tuple[Measure, ...]:
    """Make measures of it that rules compute from; none while nobody can tell."""
    if counted is None or counted.done is None:
        return ()
    params = {"standard": counted.standard.name, "lists": counted.lists}
    source = "改造标准检查"
    how = Message("按《{standard}》的{lists}张检查表：有符合而没有不符合的计为已实施", params)
    done = Measure("items_done", word("已实施项"), Decimal(counted.done), "项", None, source, as_of, formula=how)
    of = Measure("items_approved", word("批复项"), Decimal(counted.approved), "项", None, source, as_of)
    return done, of
