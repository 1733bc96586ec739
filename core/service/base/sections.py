"""Sections as rights see them: the deed that a page asks for, and the menus it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.model.context import Context
from core.model.rights import Deed, Role
from core.service.base.asking import need


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
    "panel": Section(Deed.SEE, _WORK | {Role.ADMIN}),
    "schemes": Section(Deed.SEE, _WORK),
    "history": Section(Deed.SEE, _PANEL | {Role.ADMIN}),
    "checks": Section(Deed.SEE, _ALL),
    "alarms": Section(Deed.SEE, _WORK),
    "findings": Section(Deed.SEE, _WORK),
    "standards": Section(Deed.SEE, _WORK),
    "verify": Section(Deed.SEE, _WORK | {Role.ADMIN}),
    "frames": Section(Deed.SEE, _ALL),
    "reporting": Section(Deed.REPORT, frozenset({Role.CLERK, Role.REPORTER})),
    "importing": Section(Deed.IMPORT, frozenset({Role.CLERK})),
    "portfolio": Section(Deed.SEE_ALL, _WORK),
    "accounts": Section(Deed.MANAGE, frozenset({Role.ADMIN})),
}
"""Sections by the page's part of the address."""
_OF_ALL = (Deed.SEE_ALL, Deed.MANAGE)
"""Deeds that a role for one project is not enough for."""


def in_menu(ctx: Context, page: str) -> bool:
    """True where the page stands in the menu of the one who asks."""
    section = SECTIONS[page]
    return any(
        grant.role in section.menu and (section.deed not in _OF_ALL or grant.project is None)
        for grant in ctx.actor.grants
    )


def opened(ctx: Context, page: str) -> None:
    """Raise NotAllowed where the page is not for who asks."""
    deed = SECTIONS[page].deed
    need(ctx, deed, anywhere=deed not in _OF_ALL)
