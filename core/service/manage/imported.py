"""Result of an import, for the person who has just made it: what came in, and what the project still lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.errors import Message
from core.model.context import Context
from core.model.measure import Measure, Measures
from core.model.project import Facts
from core.model.rights import Deed
from core.progress import measures
from core.progress.missing import Missing, missing
from core.service.base import batches, open_store
from core.service.base.asking import asks
from core.service.base.batches import Snapshot
from core.store import read
from core.text.numbers import by_unit, count

_SUMS = ("estimate", "invested", "paid", "communities", "buildings", "households", "area")
"""Measures of the whole project that say how much came in."""


@dataclass(frozen=True)
class Imported:
    """What an import brought."""

    snapshot: Snapshot
    lines: tuple[Message, ...]
    missing: tuple[Missing, ...]
    """What no page can show yet; none while the import does not count."""
    counts: bool
    """True where the pages show this import."""


@asks(Deed.SEE)
def imported(ctx: Context, project: str, batch: str) -> Imported:
    """Tell what an import of a project brought: its day, rows, places and sums. Raises UnknownName."""
    store = open_store.of(ctx)
    snapshot, facts = batches.as_imported(ctx, project, batch)
    counts = project in read.project_names(store) and read.facts(store, project).batch == batch
    rows = read.communities_found(store, facts, None, None)
    return Imported(snapshot, tuple(_lines(facts, rows)), missing(facts) if counts else (), counts)


def _lines(facts: Facts, communities: int) -> Iterator[Message]:
    yield Message("数据截至{day}", {"day": facts.as_of})
    if facts.places:
        yield Message("街镇{count}个：{places}", {"count": len(facts.places), "places": facts.places})
    if communities:
        yield Message("小区明细{count}行", {"count": count(communities)})
    if told := tuple(map(as_told, sums(facts))):
        yield Message("合计：{sums}", {"sums": told})


def sums(facts: Facts) -> tuple[Measure, ...]:
    """The sums of the whole project that are known."""
    known = Measures(measures(facts))
    return tuple(each for each in (known.one(name) for name in _SUMS) if each.number is not None)


def as_told(total: Measure) -> Message:
    """A sum with its name and unit."""
    value = by_unit(total.number, total.unit)
    return Message("{name}{value}{unit}", {"name": total.name, "value": value, "unit": total.unit})
