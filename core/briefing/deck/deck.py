"""The slides put together."""

from __future__ import annotations

import io
from datetime import datetime, time

from core.briefing.deck import closing_slides, project_slides, score_slides
from core.briefing.deck.theme import empty_deck, plain
from core.briefing.matter import Matter
from core.errors import Message
from core.text import render


def deck_pptx(matter: Matter) -> bytes:
    """The briefing as .pptx: the slides of `core.briefing.slides`, 核对 if it was chosen."""
    slides = empty_deck()
    pages = {
        "cover": project_slides.cover(slides, matter),
        "overview": project_slides.overview(slides, matter),
        "funds": project_slides.funds(slides, matter),
        "pace": project_slides.pace(slides, matter),
        "streets": project_slides.streets(slides, matter),
        "homes": project_slides.homes(slides, matter),
        "scorecard": score_slides.scorecard(slides, matter),
        "deductions": score_slides.deductions(slides, matter),
        "margin": score_slides.margin(slides, matter),
        **({} if matter.checks is None else {"checks": closing_slides.checks(slides, matter, matter.checks)}),
        "findings": closing_slides.findings(slides, matter),
        "basis": closing_slides.basis(slides, matter),
    }
    for position, (name, page) in enumerate(pages.items(), 1):
        page.close(name, position, len(pages), matter.passport)
    about = slides.core_properties
    about.title = plain(render(matter.facts.project.name, matter.language))[:255]
    about.subject = plain(render(Message("绩效评价简报"), matter.language))
    about.author = about.last_modified_by = ""
    # The day of the figures, so that the same figures give the same file.
    about.created = about.modified = datetime.combine(matter.facts.as_of, time())
    stream = io.BytesIO()
    slides.save(stream)
    return stream.getvalue()
