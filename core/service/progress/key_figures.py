"""Cards of a project: a figure, or what it lacks, with 怎么算 behind it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from core.errors import Message
from core.model.key_figure import FillIn, KeyFigure
from core.model.measure import Measure
from core.progress.missing import Lacking, lacks
from core.service.base.project_figures import ProjectFigures
from core.service.base.reviewed import by_lock
from core.service.scoring.leading_sheet import LeadingScore
from core.text import how_computed
from core.text.numbers import MISSING, points


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
        course: tuple[Decimal, ...] = (),
        fill_in: FillIn = "",
    ) -> KeyFigure:
        """Make a card; `of`: what it cannot stand without, which is said in its place.

        `fill_in`: how what else its value lacks comes in; `small` says what that is.
        """
        ctx = self._figures.ctx
        how = how_computed.rows(behind, ctx.language, ctx.unit)
        lack = lacks(self._figures.facts, of) if of else None
        if lack is not None:
            return KeyFigure(name, label, Message(MISSING), lack.sentence, how, lack.fill_in)
        by = self._figures.reviewed if of else None
        return KeyFigure(name, label, shown, small, how, fill_in, more=more, course=course, reviewed=by)

    def score(self, head: LeadingScore, earlier: LeadingScore | None = None) -> KeyFigure:
        """Make the card of the leading score; `earlier`: that of the round before, which it is held against."""
        claimed = self._figures.measures.one("reported_score")
        label, value, caveat = head.words(claimed.number)
        made = self.card(
            "score", label, value, caveat, claimed, more=None if earlier is None else _moved(head, earlier)
        )
        # The claim of the report stands there until a round is locked: nobody has looked at that.
        lock = head.round.locked if head.round is not None and head.signs else None
        by = by_lock(lock)
        return made if by is None else replace(made, reviewed=by.sentence())


def _moved(head: LeadingScore, earlier: LeadingScore) -> Message | None:
    """By how many points a signed score differs from that of the round before; None: one of both is not signed."""
    now, then = head.signed, earlier.signed
    if now is None or then is None or earlier.round is None:
        return None
    params = {"round": earlier.round.title, "points": points(abs(now - then))}
    if now == then:
        return Message("与{round}相同", params)
    return Message("较{round}高{points}分", params) if now > then else Message("较{round}低{points}分", params)
