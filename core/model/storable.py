"""Texts that can be kept: without half a character (a lone surrogate) or the character zero, and not too long."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from core.errors import Message, NotAllowed

MOST_TEXT = 500
"""Characters of a reason or an answer."""
_NOT = re.compile("[\0\ud800-\udfff]")


def unstorable(value: object) -> Message | None:
    """Say why a text, or a text anywhere within a value, cannot be kept; None: it can."""
    if isinstance(value, str):
        found = _NOT.search(value)
        if found is None:
            return None
        return Message("文字中有无法保存的字符（第{at}个字符），未保存。请删去后重试。", {"at": found.start() + 1})
    if isinstance(value, Mapping):
        return unstorable([*value.keys(), *value.values()])
    if isinstance(value, Iterable) and not isinstance(value, bytes | bytearray | memoryview):
        return next((why for one in value if (why := unstorable(one)) is not None), None)
    return None


def need_text(text: str, missing: Message, most: int = MOST_TEXT) -> str:
    """Return a text as it is kept. Raises NotAllowed with `missing` where there is none, or for more than `most`
    characters."""
    kept = text.strip()
    if not kept:
        raise NotAllowed([missing])
    if (why := unstorable(kept)) is not None:
        raise NotAllowed([why])
    return not_longer(kept, most)


def not_longer(text: str, most: int) -> str:
    """Return the text. Raises NotAllowed for more than `most` characters."""
    if (why := too_long(text, most)) is not None:
        raise NotAllowed([why])
    return text


def too_long(text: str, most: int) -> Message | None:
    """Say that a text has more than `most` characters; None: it has not."""
    if len(text) <= most:
        return None
    return Message("最多{most}字，现有{length}字。", {"most": most, "length": len(text)})
