"""The briefing as slides, from the calls that the pages use."""

from __future__ import annotations

import re
from dataclasses import replace

from core.briefing.matter import Key, Matter, Pair, Remedy, Score
from core.charts.frame import Panel
from core.errors import Message
from core.ingest import deck_file
from core.model.context import Context
from core.model.measure import Measures
from core.model.panel import SheetState
from core.model.passport import View
from core.model.project import Baseline
from core.model.rights import Deed
from core.scoring.differences import AgendaRow
from core.scoring.whatif import flip_down, flip_up, margin_sentence
from core.scoring.workflow import NotAllowed
from core.service import evidence, findings, panel, passports, progress, scoring, trend
from core.service.asking import asks
from core.service.manage import File
from core.service.overview import OverviewView
from core.service.overview import overview as overview_of
from core.service.panel import RoundView
from core.service.project import facts as facts_of
from core.service.project import measures as measures_of
from core.service.project import sheet_ids
from core.service.scoring import Scorecard
from core.text import render
from core.text.numbers import points

_FILE_NAME = re.compile(r'[\s\\/:*?"<>|\x00-\x1f\x7f]+')
_MOST_NAME = 70
"""Characters of a file's name: file systems take 255 bytes, three a Chinese character."""


@asks(Deed.SEE)
def deck(
    ctx: Context, project: str, round_id: str | None = None, checks: bool = False, baseline: str | None = None
) -> File:
    """The briefing as .pptx, in the context's language; of the newest round and the default planned time unless others
    are named.

    Raises UnknownName, NotAllowed while the asker may not see the round's result.
    """
    view = passports.view_of(ctx, project, "pptx", round_id=round_id, checks=checks, baseline=baseline)
    made = deck_of(ctx, view)
    passports.keep(ctx, view, deck_file.as_json(deck_file.said_by(made.content)))
    return made


@asks(Deed.SEE)
def deck_of(ctx: Context, view: View) -> File:
    """The deck of a view, at the version of the context. Raises as `deck`."""
    from core.briefing.deck import deck_pptx

    found = matter(ctx, view.project, view.round, view.checks, view.baseline)
    found = replace(found, passport=passports.passport(view))
    name = file_name(found, Message("{project}_绩效评价简报", {"project": found.facts.project.name}), "pptx")
    return File(name, deck_pptx(found))


def file_name(found: Matter, what: Message, ending: str) -> str:
    """What a document is called, with the day of its figures."""
    name = _FILE_NAME.sub("_", render(what, found.language))[:_MOST_NAME]
    return f"{name}_{found.facts.as_of:%Y%m%d}.{ending}"


@asks(Deed.SEE)
def matter(
    ctx: Context, project: str, round_id: str | None = None, checks: bool = False, baseline: str | None = None
) -> Matter:
    """All that the slides are made of. Raises as `deck`."""
    facts, score = facts_of(ctx, project), _score(ctx, project, round_id)
    overview, money = overview_of(ctx, project, baseline), progress.budget(ctx, project, baseline)
    homes = progress.beneficiaries(ctx, project)
    found, over = findings.findings(ctx, project), trend.found(ctx, project, baseline)
    planned = next((b for b in facts.baselines if (b.default if baseline is None else b.id == baseline)), None)
    # 总览 says its three sentences in this order: pace, money, streets.
    pace, sources, places = overview.sentences or (None, None, None)
    return Matter(
        language=ctx.language,
        facts=facts,
        figures=Measures(measures_of(ctx, project, baseline=baseline)),
        baseline=planned,
        subtitle=overview.subtitle,
        headline=None if overview.empty else overview.headline,
        money_headline=None if money.empty else money.headline,
        homes_headline=None if homes.empty else homes.headline,
        pace=pace,
        sources=sources,
        places=places,
        keys=_keys(overview, score, planned),
        money_note=money.note,
        homes_caution=homes.caution,
        panels=_by_id(*overview.panels, *money.panels, *homes.panels),
        score=score,
        checks=evidence.checks(ctx, project) if checks else None,
        remedies=tuple(
            Remedy(
                kind=each.point.kind,
                text=each.point.text,
                source=each.point.source,
                state=findings.STATE_WORDS[each.state],
                owner=each.owner,
                due=None if each.due is None else Message("{day}", {"day": each.due}),
            )
            for each in found.items
        ),
        rectified=overview.rectified,
        trend=over,
        trend_headline=None if over is None else trend.headline(over),
    )


def _keys(overview: OverviewView, score: Score | None, planned: Baseline | None) -> tuple[Key, ...]:
    """The page's cards; the last of them, 报告得分, beside the sheet that the slides speak of and no other.

    A planned time that is not the usual one is named: nobody sees on a picture what was chosen for it.
    """
    keys = [Key(card.label, card.value, card.caveat, card.how) for card in overview.cards]
    if planned is not None and not planned.default and len(keys) > 1:
        named = {"days": keys[1].caveat, "start": planned.start, "end": planned.end}
        keys[1] = replace(keys[1], caveat=Message("{days},计划工期{start}至{end}", named))
    return (*keys[:-1], *(replace(key, caveat=_beside(score)) for key in keys[-1:]))


def _beside(score: Score | None) -> Message:
    if score is None or not score.tally.confirmed:
        return Message("原评分表未附")
    sums = score.tally
    params = {"total": points(sums.total), "confirmed": sums.confirmed, "items": sums.items}
    return Message("本表合计{total} · 已确认{confirmed}/{items}", params)


def _by_id(*panels: Panel) -> dict[str, Panel]:
    return {panel.id: panel for panel in panels}


def _score(ctx: Context, project: str, round_id: str | None) -> Score | None:
    view = panel.round_or_newest(ctx, project, round_id)
    if view is None or view.result not in sheet_ids(ctx, project):
        return None
    card = scoring.scorecard(ctx, project, view.result)
    grades = card.sheet.grade_scheme
    flips = (flip_up(card.items, grades), flip_down(card.items, grades))
    other, pairs = _compared(ctx, project, view, card)
    return Score(
        round=view.name,
        sheet=card.sheet,
        items=card.items,
        tally=card.tally,
        locked=card.state is SheetState.LOCKED,
        margin=margin_sentence(card.tally, grades),
        claimed=card.claimed,
        banner=card.banner,
        flips=tuple(flip for flip in flips if flip is not None),
        agenda=_agenda(ctx, project, view),
        other=other,
        pairs=pairs,
    )


def _agenda(ctx: Context, project: str, view: RoundView) -> tuple[AgendaRow, ...]:
    try:
        return panel.meeting(ctx, project, view.id).agenda
    except NotAllowed:
        return ()


def _compared(ctx: Context, project: str, view: RoundView, card: Scorecard) -> tuple[str, tuple[Pair, ...]]:
    """A second reconstruction beside the sheet shows that its deductions are not the only ones possible."""
    if not card.sheet.reconstruction:
        return "", ()
    for each in view.sheets:
        if each.sheet.id != card.sheet.id and each.sheet.reconstruction and each.hidden is None:
            rows = scoring.differences_of(card, scoring.scorecard(ctx, project, each.sheet.id)).differences
            return each.sheet.name, tuple(Pair(row.code, row.name, row.left, row.right) for row in rows)
    return "", ()
