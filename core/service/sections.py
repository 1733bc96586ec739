"""The pages as rights see them: what each asks for, and in whose menu it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.model.context import Context
from core.model.rights import Deed, Role
from core.service.asking import need


@dataclass(frozen=True)
class Section:
    """A page. Who may open one that is not in their menu reaches it by its address or a link."""

    deed: Deed
    menu: frozenset[Role]


_ALL = frozenset(Role)
_PANEL = frozenset({Role.EVALUATOR, Role.CHIEF})
_WORK = _PANEL | {Role.CLERK}

SECTIONS: Mapping[str, Section] = {
    "overview": Section(Deed.SEE, _ALL),
    "budget": Section(Deed.SEE, _ALL),
    "beneficiaries": Section(Deed.SEE, _ALL),
    "communities": Section(Deed.SEE, _WORK),
    "scorecard": Section(Deed.SEE, _ALL),
    "panel": Section(Deed.SEE, _PANEL),
    "history": Section(Deed.SEE, _PANEL | {Role.ADMIN}),
    "checks": Section(Deed.SEE, _WORK),
    "alarms": Section(Deed.SEE, frozenset()),
    "findings": Section(Deed.SEE, _WORK),
    "verify": Section(Deed.SEE, _WORK | {Role.ADMIN}),
    "frames": Section(Deed.SEE, _WORK),
    "importing": Section(Deed.IMPORT, frozenset({Role.CLERK})),
    "portfolio": Section(Deed.SEE_ALL, _WORK),
}
"""By the page's part of the address."""


def in_menu(ctx: Context, page: str) -> bool:
    """Whether the page stands in the menu of who asks."""
    section = SECTIONS[page]
    return bool(section.menu & {grant.role for grant in ctx.actor.grants})


def opened(ctx: Context, page: str) -> None:
    """Raise NotAllowed where the page is not for who asks."""
    deed = SECTIONS[page].deed
    need(ctx, deed, anywhere=deed is not Deed.SEE_ALL)
