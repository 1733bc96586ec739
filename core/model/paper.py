"""What is chosen for a paper: of which round and planned time, what it shows, and whose it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from core.errors import Message

MOST_CONFIDENTIALITY = 20
"""Characters of the line that says who may read it."""


@dataclass(frozen=True)
class PaperChoice:
    """Choices of one who asks for slides, frames, brief, report or workbook; each takes what it has a use for."""

    round: str | None = None
    """None: the newest."""
    checks: bool = False
    baseline: str | None = None
    """None: the default planned time."""
    names: bool = False
    """True: those who score are named."""
    confidentiality: str = ""
    """Line on every page that says who may read it：内部资料、征求意见稿 or words of one's own; "": none."""
    watermark: bool = False
    """True: the name of whoever asks and the day lie across every page."""
    slides: tuple[str, ...] = ()
    """Ids of the slides, in order; (): all of them in their own order."""
    street_pages: bool = False
    """True: a slide a street beside them."""
    frames: tuple[str, ...] = ()
    """The same of the frames that become one file."""
    breaks: tuple[str, ...] = ()
    """Ids of the parts of the report that begin on a new page."""


DEFAULT = PaperChoice()


def problems(
    choice: PaperChoice, slides: Collection[str], frames: Collection[str], parts: Collection[str]
) -> tuple[Message, ...]:
    """Say all that is wrong with a choice; `slides`, `frames`, `parts` of the report: the ids that there are."""
    return (
        *_line(choice.confidentiality),
        *_parts(choice.slides, slides, Message("幻灯片")),
        *_parts(choice.frames, frames, Message("图框")),
        *_parts(choice.breaks, parts, Message("报告部分")),
    )


def _line(text: str) -> Iterator[Message]:
    if len(text) > MOST_CONFIDENTIALITY:
        params = {"most": MOST_CONFIDENTIALITY, "length": len(text)}
        yield Message("密级文字最多{most}字，现有{length}字。", params)
    if text != text.strip() or not text.isprintable():
        yield Message("密级文字应为一行，首尾没有空格，不含控制字符。")


def _parts(chosen: tuple[str, ...], known: Collection[str], what: Message) -> Iterator[Message]:
    unknown = tuple(each for each in dict.fromkeys(chosen) if each not in known)
    if unknown:
        yield Message(
            "没有{what}“{unknown}”。可用：{known}。", {"what": what, "unknown": unknown, "known": tuple(known)}
        )
    twice = tuple(each for each in dict.fromkeys(chosen) if chosen.count(each) > 1)
    if twice:
        yield Message("{what}“{twice}”选了不止一次。", {"what": what, "twice": twice})
