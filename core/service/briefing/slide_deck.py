"""The briefing as slides."""

from __future__ import annotations

from dataclasses import replace

from core.errors import Message
from core.ingest.files import deck_file
from core.model.context import Context
from core.model.rights import Deed
from core.model.view_code import View
from core.service.base.asking import asks
from core.service.base.file import File
from core.service.briefing import view_codes
from core.service.briefing.content import content_of, file_name, wanted_of
from core.service.briefing.decisions import decisions
from core.service.briefing.site_photos import photo_pairs


@asks(Deed.SEE)
def deck(
    ctx: Context,
    project: str,
    round_id: str | None = None,
    checks: bool = False,
    baseline: str | None = None,
    names: bool = False,
) -> File:
    """The briefing as .pptx, in the context's language; of the newest round and the default planned time unless others
    are named; `names`: with those who score.

    Raises UnknownName, NotAllowed while the asker may not see the round's result.
    """
    view = view_codes.view_of(ctx, project, "pptx", round_id=round_id, checks=checks, baseline=baseline, names=names)
    made = deck_of(ctx, view)
    view_codes.keep(ctx, view, deck_file.as_json(deck_file.said_by(made.content)))
    return made


@asks(Deed.SEE)
def deck_of(ctx: Context, view: View) -> File:
    """The deck of a view, at the version of the context. Raises as `deck`."""
    from core.briefing.deck import deck_pptx

    found = content_of(ctx, view.project, view.round, view.checks, view.baseline, names=view.names)
    found = replace(
        found,
        view_code=view_codes.view_code(view),
        pictures=photo_pairs(ctx, view.project),
        decisions=decisions(ctx, found, view.baseline),
        wanted=() if found.score is None else wanted_of(ctx, view.project, found.score.sheet.id),
    )
    name = file_name(found, Message("{project}_绩效评价简报", {"project": found.title}), "pptx")
    return File(name, deck_pptx(found))
