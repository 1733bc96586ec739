"""What people have said of columns with earlier files: applied to the next one, listed, and forgotten when asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from core.ingest.files.labels import compact
from core.ingest.project_tables.headings import Spoken
from core.ingest.project_tables.read_columns import ReadColumn, cells_of
from core.model.context import Context
from core.model.rights import Deed
from core.service.base import open_store
from core.service.base.asking import asks, named
from core.store.database import Store
from core.store.said_columns import Said, SaidColumn, said_columns
from core.store.said_columns import forget as forget_columns

__all__ = ["SaidColumn", "forget", "layouts", "remembered", "said_of"]


@asks(Deed.SEE)
def layouts(ctx: Context, project: str) -> tuple[tuple[SaidColumn, ...], ...]:
    """What was said of columns, a group for each layout of headings; last what holds for any layout."""
    known = said_columns(open_store.of(ctx), project)
    groups = [tuple(group) for _, group in groupby(known, key=lambda each: each.layout)]
    return tuple(sorted(groups, key=lambda group: not group[0].layout))


@asks(Deed.IMPORT)
def forget(ctx: Context, project: str, layout: str) -> None:
    """What was said of a layout no longer counts for the next file; imports that rest on it stay as they are.

    Raises NameNeeded, StoreError.
    """
    actor, store = named(ctx), open_store.of(ctx)
    forget_columns(store, project, [each for each in said_columns(store, project) if each.layout == layout], actor)


def remembered(store: Store, project: str) -> Spoken:
    """What was said with earlier files, as a reading takes it."""
    by_layout: dict[str, dict[str, str]] = {}
    for each in said_columns(store, project):
        by_layout.setdefault(each.layout, {})[each.place] = each.field
    return Spoken(headings=by_layout.pop("", {}), layouts=by_layout)


def said_of(mapping: Mapping[str, str], columns: Sequence[ReadColumn]) -> Said:
    """What a person said with a file, as it is kept: a column of its layout, or a heading of any."""
    said: dict[tuple[str, str, str], str | None] = {}
    for key, field in mapping.items():
        meant = [each for each in columns if compact(key) in map(compact, cells_of(each))]
        for each in meant:
            said[each.layout, each.column, each.heading] = field
        if not meant:
            said["", key, key] = field
    return said
