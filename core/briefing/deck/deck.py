"""The slides put together."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, time

from core.briefing.content import BriefingContent
from core.briefing.deck import (
    closing_slides,
    compared_slide,
    cover,
    funds_slide,
    homes_slide,
    leader_slide,
    one_slide,
    pace_slide,
    score_slides,
    spread_slide,
    street_slide,
    streets_slides,
)
from core.briefing.deck.layouts import Slides, empty_deck, follow_theme
from core.briefing.deck.page import Page
from core.briefing.deck.same_names import same_names
from core.briefing.slides import SLIDES, STREET, STREET_CALLED, kind_of, ordered, place_of
from core.errors import Message
from core.figures.figure import FigurePanel, Words
from core.text import render
from core.text.file_text import printable

_DRAWN_BY: Mapping[str, Callable[[Slides, BriefingContent], Page | None]] = {
    "cover": cover.cover,
    "overview": leader_slide.overview,
    "progress": streets_slides.progress,
    "pace": pace_slide.pace,
    "streets": streets_slides.streets,
    "funds": funds_slide.funds,
    "homes": homes_slide.homes,
    "compared": compared_slide.compared,
    "scorecard": score_slides.scorecard,
    "deductions": score_slides.deductions,
    "margin": spread_slide.spread,
    "checks": closing_slides.checks,
    "findings": closing_slides.findings,
    "basis": closing_slides.basis,
}


def deck_pptx(content: BriefingContent) -> bytes:
    """The briefing as .pptx: the slides of `core.briefing.slides`, or those that were chosen, in the order chosen."""
    return _saved(_deck(empty_deck(), content), content, _DECK)


def deck_in_template(content: BriefingContent, template: bytes) -> tuple[bytes, tuple[Message, ...]]:
    """The same in a template that somebody brings, and a sentence for each thing that it lacks or has no room for.

    Raises NoTemplate.
    """
    made, ours = _deck(empty_deck(template), content), _deck(empty_deck(), content)
    less = [name for name in same_names(made.presentation, ours.presentation) if name != "cover"]
    if less:
        called = tuple(dict.fromkeys(SLIDES[name].called if name in SLIDES else STREET_CALLED for name in less))
        made.say(Message("模板的正文区较小，{slides}少显示几行，其余见备注。", {"slides": called}))
    return _saved(made, content, _DECK), tuple(made.said)


_DECK = Message("绩效评价简报")


def _deck(slides: Slides, content: BriefingContent) -> Slides:
    slides = replace(slides, unit=content.unit)
    names = ordered(content.parts, content.facts.places)
    pages = {name: page for name in names if (page := _drawn(slides, content, name)) is not None}
    for position, (name, page) in enumerate(pages.items(), 1):
        page.close(name, position, content)
    return slides


def _drawn(slides: Slides, content: BriefingContent, name: str) -> Page | None:
    if kind_of(name) == STREET:
        return street_slide.street_page(slides, content, place_of(name))
    return _DRAWN_BY[name](slides, content)


def slide_pptx(content: BriefingContent, panel: FigurePanel) -> bytes:
    """One figure as a .pptx of one slide."""
    slides = replace(empty_deck(), unit=content.unit)
    one_slide.of_figure(slides, content, panel).close(panel.id, 1, content)
    return _saved(slides, content, panel.figure.name)


def _saved(slides: Slides, content: BriefingContent, subject: Words) -> bytes:
    follow_theme(slides)
    about = slides.presentation.core_properties
    about.title = printable(render(content.facts.project.name, content.language))[:255]
    about.subject = printable(render(subject, content.language))
    about.author = about.last_modified_by = ""
    # The day of the figures, so that the same figures give the same file.
    about.created = about.modified = datetime.combine(content.facts.as_of, time())
    stream = io.BytesIO()
    slides.presentation.save(stream)
    return stream.getvalue()
