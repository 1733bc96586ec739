"""Changes of the data since an earlier version: figure by figure, with who changed them and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.errors import Message
from core.model.context import Context
from core.model.rights import Deed
from core.service.base import batches, project
from core.service.base.asking import asks
from core.service.base.changes import changes
from core.service.base.moments import day_and_time
from core.text import render


@dataclass(frozen=True)
class Since:
    """A change since a version was shown, as printed then and now, in one language."""

    what: str
    part: str
    """Part it belongs to: data scores checks findings."""
    code: str
    """Code of the item, of scores; "" for all else."""
    before: str
    after: str
    why: str


@asks(Deed.SEE)
def data_changes(now: Context, of: str, then: Context) -> Iterator[Since]:
    """List the figures of a project that differ from those of an earlier version."""
    before, after = project.facts(then, of), project.facts(now, of)
    found = changes(before, after)
    if not found:
        return
    batch = next(each for each in batches.snapshots(now, of) if each.batch == after.batch)
    correction = batches.corrections(now, of).get(after.batch)
    params = {"by": batch.by, "time": day_and_time(batch.made_at), "file": batch.file}
    why = Message("{time}由{by}导入“{file}”", params) if batch.file else Message("{time}由{by}改动数据", params)
    if correction is not None:
        why = Message("{time}由{by}更正：{reason}", params | {"reason": correction.reason})
    if then.version.data is not None and batch.made_at <= then.version.data:
        why = Message("后来的一期数据已撤回")
    for each in found:
        what = f"{each.place} {render(each.what, now.language)}" if each.place else render(each.what, now.language)
        yield Since(what, "data", "", each.before, each.after, render(why, now.language))
