"""Gates of the service: the role that a call asks for, a person with a name, the newest version."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from core.errors import Message, NameNeeded, NotAllowed
from core.model.context import NEWEST, Actor, Context, Until
from core.model.rights import Deed, may_anywhere, may_do, refusal
from core.model.storable import unstorable
from core.model.view_code import View

P = ParamSpec("P")
T = TypeVar("T")

NAMELESS = Message("请先填写您的姓名再操作；姓名用于记录是谁做的。")
PAST = Message("正在查看查验码对应的版本，不能修改。请先点“回到最新”。")
_OF_PROJECT = ("project", "of", "view")
"""Parameters that say which project a call is about."""


def asks(
    deed: Deed, until: Until = "any"
) -> Callable[[Callable[Concatenate[Context, P], T]], Callable[Concatenate[Context, P], T]]:
    """Guard a call of the service: before anything else it raises NotAllowed where the roles do not allow it.

    The project is the one that the call names. A call that names none concerns all projects, but for looking: what
    it looks at asks again. Further rules (whose sheet it is, whether it is locked) are core.scoring.workflow's.
    `until` says which writes can change the answer: whoever keeps it keeps it until then. It reads nothing else.
    """

    def guard(call: Callable[Concatenate[Context, P], T]) -> Callable[Concatenate[Context, P], T]:
        names = list(inspect.signature(call).parameters)
        at, name = next(((names.index(each), each) for each in _OF_PROJECT if each in names), (None, ""))

        @wraps(call)
        def asked(ctx: Context, /, *args: P.args, **kwargs: P.kwargs) -> T:
            if at is None:
                need(ctx, deed, anywhere=deed is Deed.SEE)
            else:
                named_one = args[at - 1] if len(args) >= at else kwargs.get(name)
                need(ctx, deed, named_one.project if isinstance(named_one, View) else named_one)
            return call(ctx, *args, **kwargs)

        asked.deed, asked.until = deed, until  # type: ignore[attr-defined]
        return asked

    return guard


def need(ctx: Context, deed: Deed, project: object = None, *, anywhere: bool = False) -> None:
    """Raise NotAllowed unless the actor's roles allow it in that project (None: in all; `anywhere`: in some)."""
    grants = ctx.actor.grants
    of = None if project is None else str(project)
    if not (may_anywhere(grants, deed) if anywhere else may_do(grants, deed, of)):
        raise NotAllowed([refusal(grants, deed)])


def past(ctx: Context) -> Message | None:
    """Say why nothing can be changed in this context; None: it is the newest version."""
    return None if ctx.version == NEWEST else PAST


def named(ctx: Context, without: Message = NAMELESS) -> Actor:
    """Return who acts. Raises NameNeeded (`without`) until they have a name, NotAllowed in an earlier version."""
    if ctx.actor.name is None or not ctx.actor.name.strip():
        raise NameNeeded(without)
    if (why := unstorable(ctx.actor.name)) is not None:
        raise NameNeeded(why)
    if (why := past(ctx)) is not None:
        raise NotAllowed([why])
    return ctx.actor
