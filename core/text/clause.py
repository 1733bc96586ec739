"""First clause of a sentence: what a row of a list has room for."""

from __future__ import annotations

import re

_ASIDE = re.compile(r"(?<!\d)(?<!\d\s)\s?(?:（[^（）]*）|\([^()]*\))")
_END = re.compile(r":(?!\d\d(?!\d)|\s)|[：;；。]|[.](?=\s|$)")


def first_clause(sentence: str) -> str:
    """Cut the sentence before its first Chinese colon, semicolon or full stop, without asides in brackets.

    Brackets behind a figure hold its unit and stay.
    """
    return _END.split(_ASIDE.sub("", sentence), maxsplit=1)[0].strip()
