"""What all slides of a project share: the foot, the unit below the finding, and the bands."""

from __future__ import annotations

from collections.abc import Sequence

from core.briefing.content import BriefingContent
from core.briefing.deck.page import Foot
from core.briefing.headlines import bands_of, changed_bands
from core.errors import Message
from core.figures.figure import FigurePanel, Words


def foot(content: BriefingContent, basis: Message | str, source: Message | str = "") -> Foot:
    """Foot of every slide: source (the project's document unless named), as-of day, basis."""
    day = Message("截至{day}", {"day": content.facts.as_of})
    return Foot(source or content.facts.project.source, day, basis)


def unit(name: Words) -> Message:
    """Below a finding: what the figures are in."""
    return Message("单位：{unit}", {"unit": name})


def bands(content: BriefingContent, panels: Sequence[FigurePanel] = ()) -> tuple[str, ...]:
    """测算值·非批复数 of the panels that are shown, and 锁定后有变."""
    return (*bands_of(panels), *changed_bands(content.score))
