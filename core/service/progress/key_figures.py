"""Cards of a project: a figure, or what it lacks, with 怎么算 behind it."""

from __future__ import annotations

from core.errors import Message
from core.model.key_figure import KeyFigure
from core.model.measure import Measure
from core.progress.missing import Lacking, lacks
from core.service.base.project_figures import ProjectFigures
from core.service.scoring.leading_sheet import LeadingScore
from core.text import how_computed
from core.text.numbers import MISSING


class KeyFigures:
    """Makes the cards of one call."""

    def __init__(self, figures: ProjectFigures) -> None:
        self._figures = figures

    def card(
        self,
        name: str,
        label: Message,
        shown: Message,
        small: Message,
        *behind: Measure,
        of: Lacking | None = None,
        more: Message | None = None,
    ) -> KeyFigure:
        """Make a card; `of`: what it cannot stand without, which is said in its place."""
        ctx = self._figures.ctx
        how = how_computed.rows(behind, ctx.language, ctx.unit)
        lack = lacks(self._figures.facts, of) if of else None
        if lack is not None:
            return KeyFigure(name, label, Message(MISSING), lack.sentence, how, lack.fill_in)
        return KeyFigure(name, label, shown, small, how, more=more, reviewed=self._figures.reviewed if of else None)

    def score(self, head: LeadingScore) -> KeyFigure:
        """Make the card of the leading score."""
        claimed = self._figures.measures.one("reported_score")
        label, value, caveat = head.words(claimed.number)
        return self.card("score", label, value, caveat, claimed)
