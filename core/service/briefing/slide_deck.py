"""The briefing as slides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.briefing.content import BriefingContent
from core.errors import Message
from core.ingest.files import deck_file
from core.model.context import Context
from core.model.paper import DEFAULT, PaperChoice
from core.model.rights import Deed
from core.model.view_code import View
from core.service.base.asking import asks
from core.service.base.file import File
from core.service.briefing import paper, view_codes
from core.service.briefing.content import content_of, file_name, wanted_of
from core.service.briefing.decisions import decisions
from core.service.briefing.site_photos import photo_pairs
from core.text.amounts import usual


@asks(Deed.SEE)
def deck(ctx: Context, project: str, choice: PaperChoice = DEFAULT) -> File:
    """The briefing as .pptx, in the context's language.

    Raises UnknownName, NotAllowed for a choice that is none, and while the asker may not see the round's result.
    """
    ctx = replace(ctx, unit=usual(ctx.language))
    from core.briefing.deck import deck_pptx

    view = paper.view_of(ctx, project, "pptx", choice)
    found = _content(ctx, view)
    content = deck_pptx(found)
    return File(_name(found), content, _kept(ctx, view, content, found.facts.places))


def _kept(ctx: Context, view: View, content: bytes, places: Sequence[str]) -> tuple[Message, ...]:
    """Put the deck down with its figures; returns what was left out of it."""
    found = deck_file.said_by(content)
    said = paper.left_out(view.parts, {spot.slide for spot in found}, paper.SLIDE_NAMES, places)
    view_codes.keep(ctx, view, deck_file.as_json(found))
    return said


@asks(Deed.SEE)
def deck_in(ctx: Context, project: str, template: bytes, choice: PaperChoice = DEFAULT) -> File:
    """The same as `deck` in a template of one's own (.pptx); the file says what it lacks or has no room for, too.

    Raises NoTemplate, UnknownName, NotAllowed.
    """
    from core.briefing.deck import deck_in_template

    ctx = replace(ctx, unit=usual(ctx.language))
    view = paper.view_of(ctx, project, "pptx", choice, template=paper.digest(template))
    found = _content(ctx, view)
    content, lacks = deck_in_template(found, template)
    return File(_name(found), content, (*_kept(ctx, view, content, found.facts.places), *lacks))


@asks(Deed.SEE)
def deck_of(ctx: Context, view: View) -> File:
    """The deck of a view, at the version and in the unit of the context, in our own template. Raises as `deck`."""
    from core.briefing.deck import deck_pptx

    found = _content(ctx, view)
    return File(_name(found), deck_pptx(found))


def _name(found: BriefingContent) -> str:
    return file_name(found, Message("{project}_绩效评价简报", {"project": found.title}), "pptx")


def _content(ctx: Context, view: View) -> BriefingContent:
    found = content_of(ctx, view.project, view.round, view.checks, view.baseline, names=view.names)
    return replace(
        paper.marked(found, view),
        pictures=photo_pairs(ctx, view.project),
        decisions=decisions(ctx, view.project, found, view.baseline),
        wanted=() if found.score is None else wanted_of(ctx, view.project, found.score.sheet.id),
    )
