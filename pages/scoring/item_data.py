"""An item, what has been said of it and what of that may be taken back, as the score grid and the board draw them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core.model.scorecard import Indicator, ScoreEvent
from core.scoring.tally import ScoredItem
from core.service.base.moments import hour_minute
from core.service.scoring.undoing import Offered, OfferedSteps
from pages.shared.score_grid import GridStep, GridSteps, Item, Row, Value
from pages.shared.words import say


def item_data_of(indicator: Indicator, step: Decimal) -> Item:
    """An indicator of a scheme with that step."""
    return {
        "code": indicator.code,
        "l1": say(indicator.l1),
        "l2": say(indicator.l2),
        "l3": say(indicator.l3),
        "weight": f"{indicator.weight:.2f}",
        "least": f"{indicator.least:.2f}",
        "step": f"{step:.2f}",
        "rule": say(indicator.rule),
        "evidence": say(indicator.evidence_needed),
        "source": indicator.source_section,
    }


def row_data_of(item: ScoredItem) -> Row:
    """The newest that was said of an item; of one on which nobody has said anything, only who stays out of it."""
    event = item.event
    return {
        "points": None if item.points is None else f"{item.points:.2f}",
        "status": item.status.value,
        "reason": event.reason if event else "",
        "revision": event.revision if event else 0,
        "edit_id": event.edit_id if event else "",
        "by": say(event.actor_name) if event else "",
        "at": hour_minute(event.made_at) if event else "",
        "out": "recused" if item.recused else "unassigned" if item.unassigned else "",
    }


MOST_STEPS = 20
"""Steps that the grid is given each time; when these are undone it has the next."""


def steps_data(found: OfferedSteps) -> GridSteps:
    """What the one who looks may undo and redo."""
    return {"undo": _steps(found.undo), "redo": _steps(found.redo)}


def _steps(found: Sequence[Offered]) -> list[GridStep]:
    return [
        {
            "id": each.step.id,
            "changes": [
                {"code": code, "before": _value(change.before), "after": _value(change.after)}
                for code, change in each.step.changes.items()
            ],
            "why_not": "" if each.why_not is None else say(each.why_not),
        }
        for each in found[-MOST_STEPS:]
    ]


def _value(event: ScoreEvent | None) -> Value:
    if event is None:
        return {"points": None, "status": "unscored", "reason": ""}
    points = None if event.points is None else f"{event.points:.2f}"
    return {"points": points, "status": event.status.value, "reason": event.reason}
