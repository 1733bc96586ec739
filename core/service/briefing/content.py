"""All that documents are made of, gathered from the calls that the pages use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from core.briefing.anonymous import without_names
from core.briefing.content import (
    IN_DOCUMENTS,
    BriefingContent,
    Expert,
    Filed,
    OpenFinding,
    Opinion,
    RoundScore,
    Wanted,
)
from core.errors import Message, NotAllowed
from core.model.context import Context, Language
from core.model.key_figure import KeyFigure
from core.model.measure import Measure, Measures
from core.model.panel_events import SheetKind
from core.model.project import Baseline
from core.model.rectification import Rectification
from core.model.rights import Deed
from core.scoring.differences import Difference
from core.scoring.whatif import flip_down, flip_up, margin_sentence
from core.service.base.asking import asks
from core.service.base.moments import day_and_time
from core.service.base.project import facts as facts_of
from core.service.base.project import measures as measures_of
from core.service.base.project import sheet_ids
from core.service.base.reference import reference
from core.service.briefing.site_photos import photo_pairs
from core.service.evidence import data_checks, findings
from core.service.progress import money_and_households, trend
from core.service.progress.communities import every_community
from core.service.progress.overview import OverviewView
from core.service.progress.overview import overview as overview_of
from core.service.scoring import item_records, leading_sheet, rounds, scorecards
from core.service.scoring import meeting as meeting_service
from core.service.scoring.item_records import MissingInput
from core.service.scoring.rounds import RoundView, SheetView
from core.service.scoring.scorecards import Scorecard
from core.service.scoring.self_assessment import OwnScores, own_scores
from core.text import file_text, render

SCHEDULE = (
    "time_elapsed", "pace_index", "pace_gap", "planned_value", "schedule_variance", "paid_per_month",
    "needed_per_month", "pace_needed", "finish_forecast",
)  # fmt: skip
"""What changes with the planned time, as the report sets it side by side."""


@asks(Deed.SEE)
def content_of(
    ctx: Context,
    project: str,
    round_id: str | None = None,
    checks: bool = False,
    baseline: str | None = None,
    *,
    scores: bool = True,
    names: bool = False,
) -> BriefingContent:
    """All that slides, frames and brief are made of; without `scores` nothing of the round, without `names` 专家A in
    place of those who score.

    Of the newest round and the default planned time unless others are named. Raises UnknownName, NotAllowed while the
    asker may not see the round's result.
    """
    found = _content(ctx, project, round_id, checks, baseline, scores)
    return found if names or not scores else without_names(found, evaluators(ctx, project, round_id))


def _content(
    ctx: Context, project: str, round_id: str | None, checks: bool, baseline: str | None, scores: bool
) -> BriefingContent:
    locked = leading_sheet.as_locked(ctx, project, round_id)
    facts, score = facts_of(locked, project), _score(ctx, project, round_id) if scores else None
    overview = overview_of(ctx, project, baseline, round_id=round_id)
    whole = bool(facts.spend and facts.renovation)
    if not whole:  # what the screen shows of a part of the data is not enough for a document's first page
        overview = replace(overview, cards=(), panels=(), sentences={})
    money = money_and_households.budget(locked, project, baseline)
    homes = money_and_households.beneficiaries(locked, project)
    over = trend.found(locked, project, baseline)
    planned = next((b for b in facts.baselines if (b.default if baseline is None else b.id == baseline)), None)
    return BriefingContent(
        language=ctx.language,
        unit=ctx.unit,
        facts=facts,
        figures=Measures(measures_of(locked, project, baseline=baseline)),
        baseline=planned,
        subtitle=overview.subtitle,
        headline=overview.headline if whole else None,
        money_headline=None if money.empty else money.headline,
        homes_headline=None if homes.empty else homes.headline,
        sentences=overview.sentences,
        keys=_keys(overview, planned),
        money_note=money.note,
        homes_caution=homes.caution,
        panels={
            each.id: each
            for each in (*overview.panels, *money.panels, *homes.panels, homes.compared)
            if each is not None
        },
        limits=reference().limits,
        score=score,
        checks=data_checks.checks(locked, project) if checks else None,
        remedies=tuple(_open_finding(each, facts.as_of) for each in findings.findings(ctx, project).items),
        rectified=overview.rectified,
        trend=over,
        trend_headline=None if over is None else trend.headline(over),
    )


@asks(Deed.SEE)
def evaluation_of(ctx: Context, project: str, round_id: str | None = None, *, names: bool = False) -> BriefingContent:
    """All that report and workbook are made of; without `names` 专家A in place of those who score. Raises as
    `content_of`.
    """
    found = _evaluation(ctx, project, round_id)
    return found if names else without_names(found, evaluators(ctx, project, round_id))


@asks(Deed.SEE)
def evaluators(ctx: Context, project: str, round_id: str | None = None) -> list[tuple[str, str]]:
    """Ids of the evaluators' sheets with their owners: of the round that is shown, then of the others."""
    shown = rounds.round_or_leading(ctx, project, round_id)
    views = sorted(rounds.rounds(ctx, project), key=lambda each: shown is None or each.id != shown.id)
    return [
        (each.sheet.id, each.owner_name) for view in views for each in view.sheets if each.kind is SheetKind.EVALUATOR
    ]


def _evaluation(ctx: Context, project: str, round_id: str | None) -> BriefingContent:
    found = _content(ctx, project, round_id, True, None, True)
    locked = leading_sheet.as_locked(ctx, project, round_id)
    listed, told = every_community(locked, project)
    found = replace(
        found,
        communities=listed,
        communities_told=told,
        pictures=photo_pairs(locked, project),
        planned_times=tuple((each, _schedule(locked, project, each)) for each in found.facts.baselines),
        answers={check: each.text for check, each in data_checks.answers(locked, project).items()},
    )
    view = rounds.round_or_leading(ctx, project, round_id)
    if view is None or found.score is None:
        return found
    names = {item.indicator.code: item.indicator.l3 for item in found.score.items}
    visible = [each for each in view.sheets if each.hidden is None]
    return replace(
        found,
        experts=tuple(_expert(ctx, project, each) for each in visible if each.kind in _PERSONAL),
        opinions=_opinions(ctx, project, view, names),
        filed=_filed(ctx, project, visible, names),
        wanted=wanted_of(ctx, project, found.score.sheet.id),
    )


@asks(Deed.SEE)
def wanted_of(ctx: Context, project: str, sheet: str) -> tuple[Wanted, ...]:
    """What the rules of a sheet still wait for. Raises UnknownName, NotAllowed."""
    return tuple(
        Wanted(each.code, each.name, render(each.input, ctx.language), _asked(each, ctx.language))
        for each in item_records.missing_inputs(ctx, project, sheet)
    )


def _asked(each: MissingInput, language: Language) -> str:
    if each.received:
        return render(Message("已收到：{files}", {"files": each.received}), language)
    return each.evidence_needed


def file_name(found: BriefingContent, what: Message, ending: str) -> str:
    """What a document is called, with the round of its scores and the day of its figures."""
    of_round = "" if found.score is None else render(found.score.round, found.language)
    return file_text.file_name(ending, render(what, found.language), of_round, day=found.facts.as_of)


def _keys(overview: OverviewView, planned: Baseline | None) -> tuple[KeyFigure, ...]:
    """The page's cards. A planned time that is not the usual one is named: nobody sees on a picture what was chosen."""
    keys = {card.id: card for card in overview.cards if card.id in IN_DOCUMENTS}
    elapsed = keys.get("time_elapsed")
    if planned is not None and not planned.default and elapsed is not None:
        named = {"days": elapsed.caveat, "start": planned.start, "end": planned.end}
        keys[elapsed.id] = replace(elapsed, caveat=Message("{days}，计划工期{start}至{end}", named))
    return tuple(keys.values())


def _open_finding(each: Rectification, as_of: date) -> OpenFinding:
    return OpenFinding(
        problem=each.point.kind == "problem",
        kind_name=findings.KIND_WORDS[each.point.kind],
        text=each.point.text,
        source=each.point.source,
        state=findings.STATE_WORDS[each.state],
        owner=each.owner,
        due=None if each.due is None else Message("{day}", {"day": each.due}),
        noted_at=each.point.made_at,
        late=(as_of - each.due).days if each.due is not None and each.overdue(as_of) else 0,
    )


def _schedule(ctx: Context, project: str, planned: Baseline) -> tuple[Measure, ...]:
    known = Measures(measures_of(ctx, project, baseline=planned.id))
    return tuple(map(known.one, SCHEDULE))


def _score(ctx: Context, project: str, round_id: str | None) -> RoundScore | None:
    view = rounds.round_or_leading(ctx, project, round_id)
    if view is None or view.result not in sheet_ids(ctx, project):
        return None
    card = scorecards.scorecard(ctx, project, view.result)
    grades = card.sheet.grade_scheme
    flips = (flip_up(card.items, grades), flip_down(card.items, grades))
    meeting = _meeting(ctx, project, view)
    other, pairs = _compared(ctx, project, view, card)
    changed = leading_sheet.since_lock(ctx, project, view.id)
    return RoundScore(
        round=view.title,
        kind=rounds.KIND_WORDS[view.round.kind],
        rule=view.rule,
        rule_name=rounds.RULE_WORDS[view.rule],
        sheet=card.sheet,
        items=card.items,
        tally=card.tally,
        margin=margin_sentence(card.tally, grades),
        claimed=card.claimed,
        banner=card.banner,
        flips=tuple(flip for flip in flips if flip is not None),
        combined=meeting.consensus if meeting is not None and meeting.consensus.panel.ballots else None,
        agenda=() if meeting is None else meeting.agenda,
        other=other,
        pairs=pairs,
        own=tuple((each.title, each.rows) for each in _own(ctx, project, view, card)),
        locked_by=view.locked.actor_name if view.locked else "",
        locked_at=day_and_time(view.locked.made_at) if view.locked else "",
        changed=leading_sheet.notice(changed),
        changes=leading_sheet.change_sentences(changed),
    )


def _meeting(ctx: Context, project: str, view: RoundView) -> meeting_service.Meeting | None:
    try:
        return meeting_service.meeting(ctx, project, view.id)
    except NotAllowed:
        return None


def _own(ctx: Context, project: str, view: RoundView, card: Scorecard) -> tuple[OwnScores, ...]:
    return own_scores(ctx, project, view.id, card.sheet.scheme.id, card.items)


def _compared(ctx: Context, project: str, view: RoundView, card: Scorecard) -> tuple[str, tuple[Difference, ...]]:
    """A second reconstruction beside the sheet shows that its deductions are not the only ones possible."""
    if not card.sheet.reconstruction:
        return "", ()
    for each in view.sheets:
        if each.sheet.id != card.sheet.id and each.sheet.reconstruction and each.hidden is None:
            other = scorecards.scorecard(ctx, project, each.sheet.id)
            return each.sheet.name, scorecards.differences_of(card, other).differences
    return "", ()


_PERSONAL = {SheetKind.EVALUATOR: "评价人", SheetKind.UNIT: "自评"}


def _expert(ctx: Context, project: str, view: SheetView) -> Expert:
    card = scorecards.scorecard(ctx, project, view.sheet.id)
    return Expert(
        name=view.owner_name,
        sheet=card.sheet,
        kind=_PERSONAL[view.kind],
        state=rounds.STATE_WORDS[view.state],
        items={item.indicator.code: item for item in card.items},
        tally=card.tally,
    )


def _opinions(ctx: Context, project: str, view: RoundView, names: dict[str, str]) -> tuple[Opinion, ...]:
    """Each comment with the answers that were given until the next comment on the item; the last of them counts."""
    found: dict[str, list[Opinion]] = {}
    for event in item_records.comments(ctx, project, view.id):
        of_item = found.setdefault(event.code, [])
        if event.kind == "comment":
            name, when = names.get(event.code, event.code), day_and_time(event.made_at)
            of_item.append(Opinion(event.code, name, event.text, event.actor_name, when, event.unit))
        elif of_item:
            of_item[-1] = replace(of_item[-1], decision=event.decision, answer=event.text, answered_by=event.actor_name)
    return tuple(each for code in names for each in found.get(code, ()))


def _filed(ctx: Context, project: str, sheets: Sequence[SheetView], names: dict[str, str]) -> tuple[Filed, ...]:
    """In the order of the scheme's items, then as they came in."""
    files = [file for each in sheets for file in item_records.evidence(ctx, project, each.sheet.id)]
    order = {code: n for n, code in enumerate(names)}
    files.sort(key=lambda file: (order.get(file.code, len(order)), file.made_at))
    return tuple(
        Filed(
            names.get(file.code, file.code),
            file,
            day_and_time(file.made_at),
            "" if file.withdrawn is None else render(item_records.withdrawn_words(file.withdrawn), ctx.language),
        )
        for file in files
    )
