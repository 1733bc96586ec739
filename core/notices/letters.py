"""Messages as they leave: what is due for a channel, by project, in pieces that the channel takes. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from core.errors import Message
from core.model.context import Language
from core.model.notice import Notice
from core.text import render, word

BRAND = word("旧改绩效看板")
"""Begins every subject; a robot that asks for a keyword is given this one."""
FOOT = Message("本信息由旧改绩效看板自动发出。预警只是提示，不是结论。")


@dataclass(frozen=True)
class Due:
    """A notice that is to be sent now."""

    notice: Notice
    project_name: str
    together: datetime | None
    """Equal: what may stand in one message (core.notices.due.bundle)."""


@dataclass(frozen=True)
class Entry:
    """A notice within a message, in the language of the message, with its whole address ("": not known)."""

    key: str
    project: str
    text: str
    link: str


@dataclass(frozen=True)
class Letter:
    """A message that leaves."""

    subject: str
    text: str
    entries: tuple[Entry, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the notices in it."""
        return tuple(each.key for each in self.entries)

    @property
    def id(self) -> str:
        """Id made of its keys: one that is sent again has the id that it had."""
        return hashlib.sha256("\n".join(sorted(self.keys)).encode()).hexdigest()[:32]


def letters(due: Sequence[Due], base: str, language: Language, most: int) -> Iterator[Letter]:
    """Put what is due into messages of at most `most` bytes of text.

    `base`: where the dashboard is reached; "" leaves the links out.
    """
    for _, together in groupby(sorted(due, key=_bundled), key=_bundled):
        piece: list[Due] = []
        for each in together:
            if piece and len(_text([*piece, each], base, language).encode()) > most:
                yield _letter(piece, base, language, most)
                piece = []
            piece.append(each)
        yield _letter(piece, base, language, most)


def _bundled(each: Due) -> datetime:
    return each.together or datetime.min


def _letter(piece: Sequence[Due], base: str, language: Language, most: int) -> Letter:
    params = {"brand": BRAND, "count": len(piece)}
    subject = render(Message("{brand}：{count}条提醒", params), language)
    text = _text(piece, base, language).encode()
    if len(text) > most:  # one notice of a name without end
        text = text[: most - 3].decode(errors="ignore").encode() + "…".encode()
    return Letter(subject, text.decode(), tuple(_entry(each.notice, base, language) for each in piece))


def _entry(notice: Notice, base: str, language: Language) -> Entry:
    link = f"{base.rstrip('/')}/{notice.link}" if base else ""
    return Entry(notice.key, notice.project, render(notice.text, language), link)


def _text(piece: Sequence[Due], base: str, language: Language) -> str:
    """The brand, then by project its name, the sentences, and where they are seen; one line a sentence."""
    lines = [render(BRAND, language)]
    for name, of_project in _by_name(piece).items():
        lines += ["", name]
        entries = [_entry(each.notice, base, language) for each in of_project]
        for link, each in groupby(entries, key=lambda entry: entry.link):
            lines += [*(f"· {entry.text}" for entry in each), *([link] if link else [])]
    return "\n".join([*lines, "", render(FOOT, language)])


def _by_name(piece: Iterable[Due]) -> Mapping[str, list[Due]]:
    found: dict[str, list[Due]] = {}
    for each in piece:
        found.setdefault(each.project_name, []).append(each)
    return found


def trial(language: Language) -> Letter:
    """Make the message that tries a channel; it names no notice."""
    text = "\n".join(
        (render(BRAND, language), "", render(Message("这是一条测试信息：收到它，说明设置可用。"), language))
    )
    return Letter(render(Message("{brand}：测试信息", {"brand": BRAND}), language), text, ())
