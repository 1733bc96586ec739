"""Who may write at all: somebody with a name, looking at the newest version."""

from __future__ import annotations

from core.errors import Message, NameNeeded
from core.model.context import NEWEST, Actor, Context
from core.scoring.workflow import NotAllowed

NAMELESS = Message("请先填写您的姓名再操作;姓名用于记录是谁做的。")
PAST = Message("正在查看查验码对应的版本,不能修改。请先点“回到最新”。")


def past(ctx: Context) -> Message | None:
    """Why nothing can be changed in this context; None: it is the newest version."""
    return None if ctx.version == NEWEST else PAST


def named(ctx: Context, without: Message = NAMELESS) -> Actor:
    """Who acts. Raises NameNeeded (`without`) until they have said who they are, NotAllowed in an earlier version."""
    if ctx.actor.name is None or not ctx.actor.name.strip():
        raise NameNeeded(without)
    if (why := past(ctx)) is not None:
        raise NotAllowed([why])
    return ctx.actor
