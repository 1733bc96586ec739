"""Standards of renovation, and the checks of their points: events, nothing is overwritten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from core.errors import Message
from core.model.context import NEWEST, Version
from core.model.rectification import Proof
from core.model.standard import CheckedArea, Found, Standard, StandardCheck, StandardPoint
from core.store import clock
from core.store.database import Session, Source, Store
from core.store.redaction import keep_content

Key = tuple[str, int]
"""Id and version of a standard."""
_NOTHING: Found = {}


def standards(source: Source) -> tuple[Standard, ...]:
    """Every version of every standard, by id and version."""
    return source.remembered(("standards",), _standards)


def _standards(session: Session) -> tuple[Standard, ...]:
    found: dict[tuple[str, int, str], list[StandardPoint]] = {}
    for row in session.rows("standards"):
        key = (row.pop("standard"), row.pop("version"), row.pop("standard_name"))
        found.setdefault(key, []).append(StandardPoint(group=row.pop("group_name"), **row))
    return tuple(Standard(*key, tuple(points)) for key, points in found.items())


def checked(source: Source, project: str, version: Version = NEWEST) -> Mapping[Key, Found]:
    """What was found at each point, as it stood at the version's moment, by standard; none for those without."""
    moment = version.moment or datetime.max

    def make(session: Session) -> Mapping[Key, Found]:
        found: dict[Key, dict[tuple[CheckedArea, str], StandardCheck]] = defaultdict(dict)
        for row in session.rows("standard_checks", project=project, moment=moment):
            key, check = (row.pop("standard"), row.pop("version")), _check(row)
            found[key][check.area, check.code] = check
        return dict(found)

    return source.remembered(("standard_checks", project, version.moment), make, until="steps")


def _check(row: dict[str, Any]) -> StandardCheck:
    area, picture = CheckedArea(row.pop("place"), row.pop("community")), Proof.read(row.pop("picture"))
    return StandardCheck(area=area, picture=picture, **row)


def history(
    source: Source, project: str, key: Key, area: CheckedArea, code: str, version: Version = NEWEST
) -> tuple[StandardCheck, ...]:
    """All checks of one point of a checklist up to the version's moment, oldest first."""
    with source.reading() as session:
        rows = session.rows("standard_checks", project=project, moment=version.moment or datetime.max)
        every = [((row.pop("standard"), row.pop("version")), _check(row)) for row in rows]
        return tuple(check for of, check in every if (of, check.area, check.code) == (key, area, code))


def add_checks(
    store: Store,
    project: str,
    key: Key,
    decide: Callable[[Found], Sequence[StandardCheck]],
    file: tuple[str, bytes] | None = None,
) -> tuple[StandardCheck, ...]:
    """Put down what `decide` makes of what was found so far. Raises StoreError, and whatever `decide` raises.

    `file`: digest and content of the picture, stored once a content.
    """
    with store.writing("steps", Message("另一处同时填写了这张检查表，本次未保存。请刷新后重试。")) as session:
        known = checked(session, project).get(key, _NOTHING)
        new = tuple(decide(known))
        if new and file is not None:
            keep_content(session, *file)
        session.insert("standard_check", [_row(project, key, check, known) for check in new])
        return new


def _row(project: str, key: Key, check: StandardCheck, known: Found) -> dict[str, object]:
    before = known.get((check.area, check.code))
    own = {name: value for name, value in vars(check).items() if name != "area"} | vars(check.area)
    made_at = check.made_at if before is None else clock.after(before.made_at, check.made_at)
    of = {"project": project, "standard": key[0], "version": key[1]}
    return own | of | {"picture": check.picture.stored(), "made_at": made_at}
