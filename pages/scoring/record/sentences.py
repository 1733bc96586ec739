"""Sentences of the record below each other."""

from __future__ import annotations

from collections.abc import Iterable

from core.service.scoring.event_sentences import Sentence
from pages.shared.words import plain, say, struck


def bullets(told: Iterable[Sentence]) -> str:
    """Each with a point before it, as Markdown."""
    return "\n".join(f"- {shown(each)}" for each in told)


def shown(told: Sentence) -> str:
    """One of them as Markdown; what does not count any longer is struck out."""
    return (struck if told.struck else plain)(say(told.message))
