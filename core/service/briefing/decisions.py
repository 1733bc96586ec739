"""What is to be decided, as far as a document may say it."""

from __future__ import annotations

from collections.abc import Iterator

from core.briefing.content import BriefingContent, ToDecide
from core.model.context import Context
from core.model.rights import Deed
from core.service.base.asking import asks
from core.service.progress.first_sight import to_decide


@asks(Deed.SEE)
def decisions(ctx: Context, project: str, found: BriefingContent, baseline: str | None = None) -> tuple[ToDecide, ...]:
    """今天要定 of 总览: without doubts where these were not chosen, what is open on a sheet that the document does not
    show, and the names of those who score.
    """
    return tuple(_decisions(ctx, project, found, baseline))


def _decisions(ctx: Context, project: str, found: BriefingContent, baseline: str | None) -> Iterator[ToDecide]:
    for each in to_decide(ctx, project, baseline):
        of_sheet = each.query.get("sheet")
        other_sheet = of_sheet is not None and (found.score is None or found.score.sheet.id != of_sheet)
        if other_sheet or (each.page == "checks" and found.checks is None):
            continue
        yield ToDecide(each.what, None if each.names_people else each.why)
