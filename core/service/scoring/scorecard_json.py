"""Scorecard as JSON."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.model.context import Context
from core.scoring import Suggestion
from core.scoring.round_state import round_of as sheet_round
from core.service.scoring.rounds import round_of
from core.service.scoring.scorecards import Scorecard
from core.service.scoring.self_assessment import OwnScores, own_scores
from core.text import render
from core.text.numbers import half_up


def _number(value: Decimal | None, places: int = 2) -> str | None:
    return None if value is None else str(half_up(value, places))


def as_json(card: Scorecard, ctx: Context) -> dict[str, Any]:
    """Make JSON of the scorecard: decimals as strings, `grade` null until the sheet is complete.

    `self_assessments`: each 自评 beside it, with `gap` = review - self; [] for a sheet that is itself one.
    """
    sums = card.tally
    return {
        "project": card.project.id,
        "round": round_of(ctx, card.project.id, sheet_round(card.sheet.id)).name,
        "sheet": card.sheet.id,
        "sheet_name": card.sheet.name,
        "state": card.state.value,
        "reconstruction": card.sheet.reconstruction,
        "total": _number(sums.total),
        "normalised": _number(sums.normalised),
        "scored_weight": _number(sums.scored_weight),
        "weight": _number(sums.weight),
        "grade": sums.grade,
        "range": [_number(sums.low), _number(sums.high)],
        "grade_scheme": card.sheet.grade_scheme.id,
        "margin_up": _number(sums.margin_up),
        "margin_down": _number(sums.margin_down),
        "subtotals": {
            name: {
                "points": _number(part.points),
                "weight": _number(part.weight),
                "rate": _number(part.rate, 12),
            }
            for name, part in sums.subtotals.items()
        },
        "items": [
            {
                "code": item.indicator.code,
                "l1": item.indicator.l1,
                "l2": item.indicator.l2,
                "l3": item.indicator.l3,
                "weight": _number(item.indicator.weight),
                "points": _number(item.points),
                "status": item.status.value,
                "out": "recused" if item.recused else "unassigned" if item.unassigned else None,
                "suggestion": _suggestion_json(card.suggestions.get(item.indicator.code), ctx),
                "reason": item.event.reason if item.event else "",
                "revision": item.event.revision if item.event else 0,
            }
            for item in card.items
        ],
        "flags": [
            {
                "code": flag.code,
                "kind": flag.kind,
                "message": render(flag.message, ctx.language),
                "answered": (flag.code, flag.kind) in card.answered,
            }
            for flag in card.flags
        ],
        "self_assessments": [
            {
                "sheet": own.sheet,
                "title": render(own.title, ctx.language),
                "items": [
                    {
                        "code": row.code,
                        "l3": row.name,
                        "self": _number(row.left),
                        "review": _number(row.right),
                        "gap": _number(row.gap),
                    }
                    for row in own.rows
                ],
            }
            for own in _own(card, ctx)
        ],
    }


def _own(card: Scorecard, ctx: Context) -> tuple[OwnScores, ...]:
    round_id, scheme = sheet_round(card.sheet.id), card.sheet.scheme.id
    return own_scores(ctx, card.project.id, round_id, scheme, card.items)


def _suggestion_json(found: Suggestion | None, ctx: Context) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "state": found.state,
        "points": _number(found.points),
        "sentence": render(found.sentence, ctx.language),
        "alternatives": [
            {
                "basis": each.basis,
                "points": _number(each.points),
                "sentence": render(each.sentence, ctx.language),
                "scenario": each.scenario,
            }
            for each in found.alternatives
        ],
        "missing": [render(name, ctx.language) for name in found.missing],
        "range": None if found.low is None else [_number(found.low), _number(found.high)],
    }
