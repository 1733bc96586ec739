"""What a person or a file names, as one harmless line."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")


def one_line(text: str) -> str:
    """Without control characters, line ends and marks that turn the reading direction: a terminal obeys them."""
    return " ".join(_CONTROL.sub(" ", text).split())
