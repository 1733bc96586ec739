"""Points, totals, grades and margins; entries read as points, a refusal or a conflict."""

from core.scoring.edits import GARBLED, Answer, Conflict, Edit, Refused, Saved, ScoreChange, judge, read_edit, returns
from core.scoring.entry import plain, read_points
from core.scoring.flags import Flag, flags
from core.scoring.implied import Implied, implied
from core.scoring.suggest import Alternative, Suggestion, suggest
from core.scoring.tally import ScoredItem, Subtotal, Tally, items_of, tally

__all__ = [
    "GARBLED",
    "Alternative",
    "Answer",
    "Conflict",
    "Edit",
    "Flag",
    "Implied",
    "Refused",
    "Saved",
    "ScoreChange",
    "ScoredItem",
    "Subtotal",
    "Suggestion",
    "Tally",
    "flags",
    "implied",
    "items_of",
    "judge",
    "plain",
    "read_edit",
    "read_points",
    "returns",
    "suggest",
    "tally",
]
