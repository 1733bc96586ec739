"""Names beside each other: those that read alike are told apart by their ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def told_apart(names: Mapping[K, str]) -> dict[K, str]:
    """Add its id to each name that somebody would read like another's; the order stays."""
    found = dict(names)
    apart = {key: str(key) for key in found}
    alone = {key for key, times in _alike(found).items() if times == 1}
    while alike := [key for key, times in _alike(found).items() if times > 1 and key not in alone]:
        found |= {key: f"{found[key]}（{apart[key]}）" for key in alike}
        # Ids that differ by capitals alone read alike, too: their places do not.
        apart = {key: f"{number}" for number, key in enumerate(found, start=1)}
    return found


def _alike(names: Mapping[K, str]) -> dict[K, int]:
    """Count the names that each reads like: white space and capitals tell nothing apart."""
    read = {key: " ".join(name.split()).casefold() for key, name in names.items()}
    times = Counter(read.values())
    return {key: times[name] for key, name in read.items()}
