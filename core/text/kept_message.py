"""Sentences as they are kept in a table: their source text with its parameters, to be read in any language."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from core.errors import Message, Month


def written(message: Message) -> str:
    """Write a sentence as JSON."""
    return json.dumps(_plain(message), ensure_ascii=False, sort_keys=True)


def read(kept: str) -> Message:
    """Read a sentence that `written` has written."""
    found = _value(json.loads(kept))
    if not isinstance(found, Message):
        raise ValueError(kept)
    return found


def _plain(value: object) -> object:
    if isinstance(value, Message):
        return {"text": value.text, "params": {name: _plain(each) for name, each in value.params.items()}}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Month):
        return {"month": value.day.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    # A string of a kind of its own (an amount) would be read back as a bare one: no notice has any.
    if type(value) not in (str, int):
        raise TypeError(type(value).__name__)
    return value


def _value(plain: Any) -> object:
    if isinstance(plain, list):
        return tuple(_value(each) for each in plain)
    if not isinstance(plain, dict):
        return plain
    if "text" in plain:
        return Message(plain["text"], {name: _value(each) for name, each in plain["params"].items()})
    return Month(date.fromisoformat(plain["month"])) if "month" in plain else date.fromisoformat(plain["day"])
