"""Words on the screen, in the session's language and its unit of amounts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from core.errors import Message
from core.text import render
from pages.shared import state


def t(text: str, **params: object) -> str:
    """The Chinese text (a literal: the catalogue is made from it) in the session's language."""
    return render(Message(text, params) if params else text, state.language(), state.unit())


def say(message: Message | str | date) -> str:
    """A message, name or date from `core` in the session's language."""
    return render(message, state.language(), state.unit())


_SPECIAL = str.maketrans({char: "\\" + char for char in "\\`*_{}[]()#+-.!|<>$:~"})


_LINK = re.compile(r"https?(?=://)|www(?=\.)|(?<=\w)(?=@\w)", re.IGNORECASE)
_JOINER = "\u2060"


def plain(text: str) -> str:
    """Text that Streamlit would read as Markdown, escaped so that it shows as it stands.

    What looks like an address would become a link even so: a word joiner, which nobody sees, takes it apart.
    """
    return _LINK.sub(lambda found: found[0] + _JOINER, text).translate(_SPECIAL)


def bullets(messages: Iterable[Message | str]) -> str:
    """Sentences below each other, each with a point before it, as Markdown."""
    return "\n".join(f"- {plain(say(each))}" for each in messages)


def struck(text: str) -> str:
    """A text that does not count any longer, as Markdown."""
    return f"~~{plain(text)}~~"


def keep(*names: str) -> dict[str, str]:
    """Parameters of a text that the browser fills in: they come out of the catalogue as they went in."""
    return {name: f"{{{name}}}" for name in names}
