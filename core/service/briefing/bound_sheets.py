"""评分表汇编: the score tables of a round in one workbook, to be signed and filed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from core.briefing.content import BriefingContent, Signer
from core.errors import Message, NotAllowed
from core.model.context import Context
from core.model.rights import Deed
from core.scoring.assignment import in_words
from core.scoring.round_state import RoundState
from core.service.base import open_store
from core.service.base.asking import asks
from core.service.base.file import File
from core.service.base.moments import last_changed
from core.service.briefing.content import evaluation_of
from core.service.scoring import assignments
from core.service.scoring.independence import record_seen
from core.service.scoring.progress import NOT_STARTED
from core.service.scoring.rounds import STATE_WORDS, event_of
from core.store import logs
from core.text.file_text import file_name


@asks(Deed.SEE)
def bound_sheets(ctx: Context, project: str, round_id: str) -> File:
    """Bind the submitted sheets of a round and its panel's into one .xlsx, with a table of signatures.

    In Chinese whatever the screen's language is. Raises UnknownName, and NotAllowed for whoever may not see all of
    them, or while nobody has submitted.
    """
    from core.briefing.workbook.bound import bound_xlsx

    store = open_store.of(ctx)
    event_of(store, project, round_id)
    state = logs.round_state(store, project, round_id, ctx.version)
    submitted = [sheet for sheet in state.sheets if state.is_personal(sheet) and state.is_submitted(sheet)]
    panel = state.panel in state.sheets
    record_seen(ctx, project, round_id, [state.panel, *submitted])
    if not submitted:
        raise NotAllowed([Message("本轮还没有已提交的评分表；有人提交后再汇编。")])
    found = evaluation_of(replace(ctx, language="zh_CN"), project, round_id, names=True)  # they sign it
    assert found.score is not None  # there is a sheet
    content = bound_xlsx(found, found.score, tuple(_signers(ctx, project, state, found)), panel)
    scored = [item for items in (found.score.items, *(each.items.values() for each in found.experts)) for item in items]
    name = file_name("xlsx", found.title, str(found.score.round), "评分表汇编", day=last_changed(scored))
    return File(name, content)


def _signers(ctx: Context, project: str, state: RoundState, found: BriefingContent) -> Iterator[Signer]:
    """Those whose sheets are bound, then those who have none to bind."""
    for each in found.experts:
        assigned = in_words(each.sheet.scheme, state.assigned.get(each.sheet.id))
        yield Signer(each.name, str(assigned), each.state, each)
    bound = {each.sheet.id for each in found.experts}
    scheme = found.score.sheet.scheme if found.score is not None else None
    for who in assignments.evaluators(ctx, project, state.round):
        if who.expected and who.sheet not in bound and scheme is not None:
            yield Signer(who.name, str(in_words(scheme, who.codes)), _state(state, who.sheet), None)


def _state(state: RoundState, sheet: str) -> str:
    if state.is_recused(sheet):
        return "回避"
    return STATE_WORDS[state.state(sheet)] if sheet in state.sheets else NOT_STARTED
