"""Words on the screen, in the session's language."""

from __future__ import annotations

from datetime import date

from core.errors import Message
from core.text import render
from pages.shared import state


def t(text: str, **params: object) -> str:
    """The Chinese text (a literal: the catalogue is made from it) in the session's language."""
    return render(Message(text, params) if params else text, state.language())


def say(message: Message | str | date) -> str:
    """A message, name or date from `core` in the session's language."""
    return render(message, state.language())


_SPECIAL = str.maketrans({char: "\\" + char for char in "\\`*_{}[]()#+-.!|<>$:~"})


def plain(text: str) -> str:
    """Text that Streamlit would read as Markdown, escaped so that it shows as it stands."""
    return text.translate(_SPECIAL)
