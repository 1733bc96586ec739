"""Editing of a scheme on the page: the draft is checked as it is typed, and saved as a version of its own."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core.errors import Message, NotAllowed
from core.ingest.score_tables.scheme import scheme_problems
from core.model.context import Context
from core.model.rights import Deed
from core.model.scorecard import FINEST, Indicator, Scheme
from core.service.base import open_store
from core.service.base.asking import asks, named
from core.service.manage.scheme_files import added_scheme, equal_scheme, scheme_of
from core.store import imports, read

MOST_NAME = 60


def problems_of(name: str, items: Sequence[Indicator]) -> tuple[Message, ...]:
    """What has to be put right before a draft can be saved, each with the item that it is about."""
    found = [] if name.strip() else [Message("请给指标体系一个名称。")]
    if len(name.strip()) > MOST_NAME:
        found.append(Message("指标体系的名称最多{most}字。", {"most": MOST_NAME}))
    for at, problem in scheme_problems(items):
        if at is None:
            found.append(problem)
            continue
        params = {"code": items[at].code or f"{at + 1}", "name": items[at].l3 or "—", "problem": problem}
        found.append(Message("{code} {name}：{problem}", params))
    return tuple(found)


@asks(Deed.CHAIR)
def save(
    ctx: Context,
    project: str,
    scheme: str,
    version: int,
    newest: int,
    name: str,
    items: Sequence[Indicator],
    step: Decimal = FINEST,
) -> Scheme:
    """Save a draft that began as this version of a scheme, for the rounds of a project that open from now on.

    `newest`: the newest version that the person has seen. It becomes the next version; under a name that no scheme has
    yet, a scheme of its own. What was scored by earlier versions stays as it was.
    Raises NameNeeded, UnknownName, StoreError; NotAllowed with all problems, or when nothing was changed, or somebody
    has saved a version since.
    """
    actor = named(ctx)
    begun = scheme_of(ctx, scheme, version)
    if problems := problems_of(name, items):
        raise NotAllowed(problems)
    store = open_store.of(ctx)
    known = read.schemes(store)
    there = max(each.version for each in known if each.id == begun.id)
    if there != newest:
        raise NotAllowed([Message("另一处已保存第{version}版，本次未保存。请核对那一版后再保存。", {"version": there})])
    alike = [each for each in known if (each.name, each.step) == (name.strip(), step)]
    same = equal_scheme(alike, tuple(items), rules=True)
    if same is not None:
        raise NotAllowed([Message("与第{version}版一样，没有可保存的修改。", {"version": same.version})])
    made = added_scheme(known, name.strip(), begun.id, tuple(items), step)
    imports.add_scheme(store, made, f"{begun.name} v{begun.version}", actor)
    return made
