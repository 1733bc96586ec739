"""All frames of one content: the one list of them, in the order of a briefing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from core.briefing.content import BriefingContent
from core.briefing.frames import households, lists, money, over_time, scores
from core.briefing.frames.builder import FrameBuilder
from core.briefing.frames.frame import Frame
from core.model.view_code import ViewCode


@dataclass(frozen=True)
class FrameKind:
    """A frame that there can be."""

    draw: Callable[[FrameBuilder], Frame | None]
    """None where the content has nothing of the kind."""
    scores: Literal["", "shown", "subject"] = ""
    """Its use of a round's scores: shown beside other figures, or its subject."""


def _trend(make: FrameBuilder) -> Frame | None:
    over, headline = make.content.trend, make.content.trend_headline
    return None if over is None or headline is None else over_time.trend(make, over, headline)


FRAMES: Mapping[str, FrameKind] = {
    "overview": FrameKind(money.overview, "shown"),
    "budget": FrameKind(money.budget),
    "funding": FrameKind(money.funding),
    "pace": FrameKind(money.pace),
    "streets": FrameKind(money.streets),
    "trend": FrameKind(_trend),
    "beneficiaries": FrameKind(households.beneficiaries),
    "unit_costs": FrameKind(households.unit_costs),
    "compared": FrameKind(households.compared),
    "scorecard": FrameKind(scores.scorecard, "subject"),
    "deductions": FrameKind(scores.deductions, "subject"),
    "differences": FrameKind(scores.differences, "subject"),
    "checks": FrameKind(lists.checks),
    "findings": FrameKind(lists.findings),
}
"""By its id, as in the URL and in the file's name. 变化趋势 needs two snapshots, 改造前后 figures of both,
核对 has to be chosen."""


def frames(content: BriefingContent, view_code: ViewCode | None = None) -> tuple[Frame, ...]:
    """The frames that there is something to show in, or 总览 alone, which then says what to do; of those that were
    chosen, in their order, where any were.
    """
    make = FrameBuilder(content, view_code)
    every = [frame for name in content.parts or FRAMES if (frame := FRAMES[name].draw(make)) is not None]
    if content.parts:
        return tuple(frame for frame in every if not frame.empty)
    return tuple(frame for frame in every if not frame.empty) or tuple(every[:1])
