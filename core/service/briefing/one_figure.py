"""One figure of a page as a file to send on: a picture for a telephone, and a slide."""

from __future__ import annotations

from dataclasses import replace

from core.briefing.anonymous import figure_without_names
from core.briefing.content import BriefingContent
from core.errors import Message
from core.figures.figure import FigurePanel
from core.model.context import Context
from core.model.paper import DEFAULT, PaperChoice
from core.model.rights import Deed
from core.model.view_code import View
from core.service.base.asking import asks
from core.service.base.file import File
from core.service.briefing import paper, view_codes
from core.service.briefing.content import content_of, evaluators, file_name
from core.service.briefing.frames import withheld
from core.text.amounts import usual


@asks(Deed.SEE)
def phone_picture(
    ctx: Context,
    project: str,
    panel: FigurePanel,
    place: str | None = None,
    baseline: str | None = None,
    choice: PaperChoice = DEFAULT,
) -> File:
    """A .png of 3:4 with the finding, the chart, its table, project, 查验码 and day; of the choice it takes whose
    paper it is. Raises UnknownName, NotAllowed for a choice that is none."""
    from core.briefing.frames.one_figure import figure_frame, phone_png

    panel = figure_without_names(panel, evaluators(ctx, project), ctx.language)
    content, view = _found(ctx, project, "figure_png", panel, place, baseline, choice)
    made = phone_png(figure_frame(content, panel.in_documents, content.view_code))
    view_codes.keep(ctx, view)
    return File(_called(content, panel, "png"), made.pages[0])


@asks(Deed.SEE)
def slide(
    ctx: Context,
    project: str,
    panel: FigurePanel,
    place: str | None = None,
    baseline: str | None = None,
    choice: PaperChoice = DEFAULT,
) -> File:
    """A .pptx of this one figure, as `phone_picture`."""
    from core.briefing.deck import slide_pptx

    panel = figure_without_names(panel, evaluators(ctx, project), ctx.language)
    content, view = _found(ctx, project, "figure_pptx", panel, place, baseline, choice)
    made = slide_pptx(content, panel)
    view_codes.keep(ctx, view)
    return File(_called(content, panel, "pptx"), made)


def _found(
    ctx: Context,
    project: str,
    kind: str,
    panel: FigurePanel,
    place: str | None,
    baseline: str | None,
    choice: PaperChoice,
) -> tuple[BriefingContent, View]:
    ctx = replace(ctx, unit=usual(ctx.language))
    line, words = paper.whose(ctx.actor, ctx.language, choice)
    view = view_codes.view_of(
        ctx, project, kind, frame=panel.id, baseline=baseline, place=place, confidentiality=line, watermark=words
    )
    scores = withheld(ctx, project) is None
    content = content_of(ctx, project, None, False, baseline, scores=scores)
    # Of the day of the figure that is on the screen, which a lock of the round may be older than.
    facts = replace(content.facts, as_of=panel.in_documents.as_of)
    return paper.marked(replace(content, facts=facts), view), view


def _called(content: BriefingContent, panel: FigurePanel, ending: str) -> str:
    # The figure's own name: a score that stands beside it is no part of it.
    called = Message("{project}_{frame}", {"project": content.title, "frame": panel.title})
    return file_name(replace(content, score=None), called, ending)
