"""常用选项：choices for papers that a project keeps under a name, one of them as its default."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from core.briefing.frames.names import FRAME_NAMES
from core.briefing.report_parts import MAY_BREAK
from core.briefing.slides import SLIDES
from core.errors import Message, NotAllowed, UnknownName
from core.model.context import Context
from core.model.kept_choice import MOST_NAME, KeptChoice, as_text
from core.model.paper import DEFAULT, PaperChoice, problems
from core.model.rights import Deed
from core.model.storable import need_text
from core.service.base import open_store
from core.service.base.asking import asks, named
from core.store import clock, read
from core.store import kept_choices as stored
from core.text.one_line import one_line

MOST = 20
"""Kept choices of a project."""


@asks(Deed.SEE, until="steps")
def choices(ctx: Context, project: str) -> tuple[KeptChoice, ...]:
    """List what the project keeps, in the order in which it was first kept."""
    return tuple(each for each in stored.kept_choices(open_store.of(ctx), project).values() if each.content)


@asks(Deed.SEE, until="steps")
def default(ctx: Context, project: str) -> PaperChoice:
    """The project's own default; where it keeps none: nothing chosen."""
    return next((each.choice for each in choices(ctx, project) if each.is_default), DEFAULT)


@asks(Deed.SEE)
def choice(ctx: Context, project: str, name: str) -> PaperChoice:
    """The choice of that name. Raises UnknownName with the names that there are."""
    kept = {each.name: each.choice for each in choices(ctx, project)}
    if name not in kept:
        names = tuple(kept)
        raise UnknownName(
            Message("没有常用选项“{name}”。可用：{names}。", {"name": name, "names": names})
            if names
            else Message("没有常用选项“{name}”：本项目还没有保存过。", {"name": name})
        )
    return kept[name]


@asks(Deed.ANSWER)
def keep(ctx: Context, project: str, name: str, chosen: PaperChoice, *, is_default: bool = False) -> None:
    """Keep a choice; under a name that is used, it takes the place of the old one.

    `is_default`: it becomes the project's default, in place of another. Raises NameNeeded, UnknownName, NotAllowed with
    all that is wrong.
    """
    actor = named(ctx)
    store = open_store.of(ctx)
    read.facts(store, project)
    kept = need_text(one_line(name), Message("请填写常用选项的名称。"), MOST_NAME)
    wrong = problems(chosen, SLIDES, FRAME_NAMES, MAY_BREAK)
    if wrong:
        raise NotAllowed(wrong)

    def decide(known: Mapping[str, KeptChoice]) -> Iterator[KeptChoice]:
        living = [each for each in known.values() if each.content and each.name != kept]
        if len(living) >= MOST:
            raise NotAllowed([Message("最多{most}个常用选项，请先删去不用的。", {"most": MOST})])
        new = KeptChoice(kept, _next(known, kept), as_text(chosen), is_default, actor.id, actor.name or "", clock.now())
        for each in living:
            if is_default and each.is_default:
                yield replace(new, name=each.name, seq=each.seq + 1, content=each.content, is_default=False)
        yield new

    stored.add(store, project, decide)


@asks(Deed.ANSWER)
def remove(ctx: Context, project: str, name: str) -> None:
    """Remove a kept choice; what was kept stays in the record. Raises NameNeeded, UnknownName."""
    actor = named(ctx)

    def decide(known: Mapping[str, KeptChoice]) -> Iterator[KeptChoice]:
        if name not in known or not known[name].content:
            raise UnknownName(Message("常用选项“{name}”已不在，请刷新后再看。", {"name": name}))
        yield KeptChoice(name, _next(known, name), "", False, actor.id, actor.name or "", clock.now())

    stored.add(open_store.of(ctx), project, decide)


def _next(known: Mapping[str, KeptChoice], name: str) -> int:
    return known[name].seq + 1 if name in known else 1
