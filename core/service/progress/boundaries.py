"""街镇边界：the outlines of a project's places, imported from GeoJSON, for the map of 受益情况."""

from __future__ import annotations

import hashlib

from core.errors import Message, NotAllowed
from core.ingest.boundaries.geojson import MOST_BYTES, MOST_MB, read_boundaries
from core.model.boundaries import Boundaries, Outlines
from core.model.context import Context
from core.model.rights import Deed
from core.service.base import file as files
from core.service.base import open_store
from core.service.base.asking import asks, named
from core.service.base.project import facts as facts_of
from core.store import boundaries as stored
from core.store import clock
from core.text.one_line import one_line

__all__ = ["MOST_BYTES", "MOST_MB", "boundaries", "check", "take_over", "withdraw"]


@asks(Deed.SEE, until="data")
def boundaries(ctx: Context, project: str) -> Boundaries | None:
    """Return the outlines that count at the context's version; None: there are none."""
    found = stored.boundaries(open_store.of(ctx), project, ctx.version)
    return found if found is not None and found.outlines else None


@asks(Deed.IMPORT)
def check(ctx: Context, project: str, name: str, content: bytes) -> Outlines:
    """Read a file without writing anything. Raises NameNeeded, UnknownName, InputError with all its problems."""
    named(ctx)
    outlines, problems = read_boundaries(name, content, facts_of(ctx, project).places)
    if problems:
        raise files.refused(one_line(name)[: files.MOST_NAME], problems)
    return outlines


@asks(Deed.IMPORT)
def take_over(ctx: Context, project: str, name: str, content: bytes) -> bool:
    """Take the outlines of a file over instead of those before; False: they are the ones that count already.

    Raises NameNeeded, UnknownName, InputError with all its problems (then nothing is written), StoreError.
    """
    outlines, actor = check(ctx, project, name, content), named(ctx)
    digest, called = hashlib.sha256(content).hexdigest(), one_line(name)[: files.MOST_NAME]
    written = False

    def decide(newest: Boundaries | None) -> Boundaries | None:
        nonlocal written
        if newest is not None and newest.outlines == outlines and newest.digest == digest:
            return None
        written = True
        seq = 1 if newest is None else newest.seq + 1
        return Boundaries(seq, called, digest, outlines, actor.id, actor.name or "", clock.now())

    stored.add(open_store.of(ctx), project, decide)
    return written


@asks(Deed.IMPORT)
def withdraw(ctx: Context, project: str) -> None:
    """Show the places without a map again; what was imported stays on record.

    Raises NameNeeded, UnknownName, NotAllowed where there are none, StoreError.
    """
    actor = named(ctx)
    facts_of(ctx, project)

    def decide(newest: Boundaries | None) -> Boundaries:
        if newest is None or not newest.outlines:
            raise NotAllowed([Message("没有导入过街镇边界，不必撤回。")])
        return Boundaries(
            newest.seq + 1, newest.file, newest.digest, {}, actor.id, actor.name or "", clock.now()
        )  # fmt: skip

    stored.add(open_store.of(ctx), project, decide)
