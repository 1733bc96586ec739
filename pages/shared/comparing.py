"""对比: what the view is compared with, another street or an earlier day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pages.shared import state
from pages.shared.words import say, t

NOTHING = "none"
"""Nothing is compared: in the URL the default, which is left out."""


def chooser(comparable: Sequence[str]) -> None:
    """What there is to compare with; nothing where there is nothing."""
    if state.get("compare") not in (None, *comparable):
        state.put("compare", None)
    if comparable:
        state.chooser(t("对比"), "compare", [NOTHING, *comparable], _name, default=NOTHING, width=190)


def _name(key: str) -> str:
    if key == NOTHING:
        return t("对比：无")
    day = _day(key)
    return t("对比：{what}", what=say(key) if day is None else t("{day}", day=day))


def _day(key: str) -> date | None:
    try:
        return date.fromisoformat(key)
    except ValueError:
        return None
