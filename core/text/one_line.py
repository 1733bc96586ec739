"""Names from a person or a file, as one harmless line."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+")


def one_line(text: str) -> str:
    """Remove control and half characters, line ends and marks of direction: a terminal obeys them."""
    return " ".join(_CONTROL.sub(" ", text).split())
