"""The evaluation as documents: a report in Word and a workbook, from the calls that the pages use."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from core.briefing.evaluation import (
    Doubt,
    Evaluation,
    Expert,
    Filed,
    Grid,
    Line,
    Opinion,
    Remedy,
    Result,
    Wanted,
)
from core.briefing.spreadsheet import shown_points
from core.charts.frame import Panel
from core.checks.finding import STATUS_NAMES
from core.errors import Message, chinese
from core.model.context import Context
from core.model.measure import Measure, Measures
from core.model.panel import WHOLE_SHEET, RoundKind, SheetKind
from core.model.project import Baseline, Facts
from core.model.rights import Deed
from core.scoring.whatif import margin_sentence
from core.service import evidence, explain, findings, panel, passports, progress, scoring
from core.service.asking import asks
from core.service.manage import File
from core.service.moments import day_and_time
from core.service.overview import overview as overview_of
from core.service.panel import RoundView, SheetView
from core.service.project import facts as facts_of
from core.service.project import measures as measures_of
from core.service.scoring import Scorecard
from core.text import render
from core.text.numbers import MISSING

SCHEDULE = (
    "time_elapsed", "pace_index", "pace_gap", "planned_value", "schedule_variance", "paid_per_month",
    "needed_per_month", "pace_needed", "finish_forecast",
)  # fmt: skip
"""What changes with the planned time, as the report sets it side by side."""


@asks(Deed.SEE)
def report(ctx: Context, project: str, round_id: str | None = None) -> File:
    """The evaluation report as .docx, of the newest round unless one is named.

    Raises UnknownName, NotAllowed while the asker may not see the round's result.
    """
    from core.briefing.report import report_docx

    return _made(ctx, project, round_id, "docx", "绩效评价报告.docx", report_docx)


@asks(Deed.SEE)
def workbook(ctx: Context, project: str, round_id: str | None = None) -> File:
    """The evaluation's tables as .xlsx: cover, scores, deductions, evidence, experts, workings. Raises as `report`."""
    from core.briefing.workbook import workbook_xlsx

    return _made(ctx, project, round_id, "xlsx", "绩效评价工作簿.xlsx", workbook_xlsx)


def _made(
    ctx: Context, project: str, round_id: str | None, kind: str, name: str, make: Callable[[Evaluation], bytes]
) -> File:
    view = passports.view_of(replace(ctx, language="zh_CN"), project, kind, round_id=round_id)
    found = replace(evaluation(ctx, project, round_id), passport=passports.passport(view))
    content = make(found)
    passports.keep(ctx, view)
    return File(_file_name(found, name), content)


@asks(Deed.SEE)
def evaluation(ctx: Context, project: str, round_id: str | None = None) -> Evaluation:
    """All that the documents are made of. Raises UnknownName, NotAllowed while the asker may not see the result.

    In Chinese whatever the screen's language is: it is what the bureau files.
    """
    ctx = replace(ctx, language="zh_CN")
    facts = facts_of(ctx, project)
    view = panel.round_or_newest(ctx, project, round_id)
    card = None if view is None else scoring.scorecard(ctx, project, view.result)
    whole = _of_project(ctx, project, facts)
    if view is None or card is None:
        return whole
    known = {item.indicator.code: item.indicator.l3 for item in card.items}
    visible = [each for each in view.sheets if each.hidden is None]
    return replace(
        whole,
        result=_result(view, card),
        experts=tuple(_expert(ctx, project, each) for each in visible if _is_personal(each)),
        by_rule=_by_rule(ctx, project, view),
        opinions=_opinions(ctx, project, view, known),
        filed=_filed(ctx, project, visible, known),
        wanted=tuple(
            Wanted(each.code, each.name, _said(each.input), each.evidence_needed)
            for each in panel.missing_inputs(ctx, project, card.sheet.id)
        ),
    )


def _of_project(ctx: Context, project: str, facts: Facts) -> Evaluation:
    """What does not hang on a round."""
    figures = measures_of(ctx, project)
    overview, money = overview_of(ctx, project), progress.budget(ctx, project)
    homes = progress.beneficiaries(ctx, project)
    times = _planned_times(ctx, project, facts)
    others = [one for each, lines in times if not each.default for one in lines]
    return Evaluation(
        facts=facts,
        figures=Measures(figures),
        lines=(*map(line, figures), *others),
        planned_times=times,
        headline="" if overview.empty else _said(overview.headline),
        sentences=tuple(map(_said, overview.sentences)),
        scope="" if homes.empty else _said(homes.headline),
        grids=tuple(map(_grid, (*money.panels, *homes.panels))),
        result=None,
        doubts=_doubts(ctx, project),
        remedies=_remedies(ctx, project),
    )


def _result(view: RoundView, card: Scorecard) -> Result:
    margin = _said(margin_sentence(card.tally, card.sheet.grade_scheme))
    vetoed = card.tally.veto is not None and card.tally.grade is not None
    remarks = [_said(card.banner)] if card.banner is not None else []
    return Result(
        round=view.name,
        kind=panel.KIND_WORDS[RoundKind(view.round.kind)],
        rule=panel.RULE_WORDS[view.rule],
        sheet=card.sheet,
        items=card.items,
        tally=card.tally,
        remark=" ".join([*remarks, *([margin] if vetoed else [])]),
        margin=margin,
        claimed="" if card.claimed is None else _said(card.claimed),
        locked_by=view.locked.actor_name if view.locked else "",
        locked_at=day_and_time(view.locked.made_at) if view.locked else "",
    )


def _is_personal(view: SheetView) -> bool:
    return view.kind in (SheetKind.EVALUATOR, SheetKind.UNIT)


def _expert(ctx: Context, project: str, view: SheetView) -> Expert:
    card = scoring.scorecard(ctx, project, view.sheet.id)
    cells: dict[str, Decimal | str] = {}
    for item in card.items:
        code = item.indicator.code
        recused = bool(view.recused & {code, WHOLE_SHEET})
        cells[code] = "回避" if recused else shown_points(item) or MISSING
    return Expert(
        name=view.owner_name,
        kind="自评" if view.kind is SheetKind.UNIT else "评价人",
        state=panel.STATE_WORDS[view.state],
        cells=cells,
        total=card.tally.total,
    )


def _by_rule(ctx: Context, project: str, view: RoundView) -> dict[str, tuple[Decimal | None, Decimal | None]]:
    # Who may see the round's result may see its meeting: one rule hides both.
    met = panel.meeting(ctx, project, view.id)
    return {item.indicator.code: (item.by_rule, item.spread) for item in met.items if item.scores}


def _opinions(ctx: Context, project: str, view: RoundView, names: dict[str, str]) -> tuple[Opinion, ...]:
    """Each comment with the answers that were given until the next comment on the item; the last of them counts."""
    found: dict[str, list[Opinion]] = {}
    for event in panel.comments(ctx, project, view.id):
        of_item = found.setdefault(event.code, [])
        if event.kind == "comment":
            when = day_and_time(event.made_at)
            name = names.get(event.code, event.code)
            of_item.append(Opinion(event.code, name, event.text, event.actor_name, when, "", "", ""))
        elif of_item:
            of_item[-1] = replace(of_item[-1], decision=event.decision, answer=event.text, answered_by=event.actor_name)
    return tuple(each for code in names for each in found.get(code, ()))


def _filed(ctx: Context, project: str, sheets: Sequence[SheetView], names: dict[str, str]) -> tuple[Filed, ...]:
    files = [file for each in sheets for file in panel.evidence(ctx, project, each.sheet.id)]
    order = {code: n for n, code in enumerate(names)}
    return tuple(
        Filed(
            code=file.code,
            name=names.get(file.code, file.code),
            kind=file.kind,
            file=file.name,
            size=file.size,
            digest=file.digest,
            filed_by=file.actor_name,
            filed_at=day_and_time(file.made_at),
        )
        for file in sorted(files, key=lambda file: (order.get(file.code, len(order)), file.made_at))
    )


def _planned_times(ctx: Context, project: str, facts: Facts) -> tuple[tuple[Baseline, tuple[Line, ...]], ...]:
    found = []
    for each in facts.baselines:
        known = Measures(measures_of(ctx, project, baseline=each.id))
        found.append((each, tuple(line(known.one(name)) for name in SCHEDULE)))
    return tuple(found)


def _doubts(ctx: Context, project: str) -> tuple[Doubt, ...]:
    """The contradictions and the questions; what agrees or is only worth knowing stays on the page."""
    answers = evidence.answers(ctx, project)
    return tuple(
        Doubt(
            id=found.id,
            status=STATUS_NAMES[found.status],
            title=_said(found.title),
            message=_said(found.message),
            source=found.source,
            answer=answers[found.id].text if found.id in answers else "",
        )
        for found in evidence.checks(ctx, project)
        if found.status in ("E", "Q")
    )


def _remedies(ctx: Context, project: str) -> tuple[Remedy, ...]:
    return tuple(
        Remedy(
            problem=each.point.kind == "problem",
            text=each.point.text,
            source=each.point.source,
            state=findings.STATE_WORDS[each.state],
            owner=each.owner,
            due="" if each.due is None else chinese(each.due),
        )
        for each in sorted(findings.findings(ctx, project).items, key=lambda each: each.point.made_at)
    )


def line(m: Measure) -> Line:
    """A measure in Chinese words."""
    return Line(
        measure=m,
        value=_said(explain.printed(m)),
        formula=_said(m.formula or Message("取自原表")),
        basis=explain.BASES.get(m.basis or "", m.basis or MISSING),
        condition=_said(explain.condition(m)),
    )


def _grid(found: Panel) -> Grid:
    estimate = any(m.is_estimate for m in found.measures)
    return Grid(found.id, found.title, found.headings, found.rows, estimate)


def _said(text: Message | str) -> str:
    return render(text, "zh_CN")


def _file_name(found: Evaluation, what: str) -> str:
    return re.sub(r'[\s\\/:*?"<>|]+', "_", f"{found.title}_{what}")
