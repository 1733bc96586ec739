"""From points to totals, grades and margins; from what somebody typed to points, a refusal or a conflict."""

from core.scoring.edits import Answer, Change, Conflict, Edit, Refused, Saved, judge, read_edit
from core.scoring.entry import plain, read_points
from core.scoring.flags import Flag, flags
from core.scoring.implied import Implied, implied
from core.scoring.suggest import Alternative, Suggestion, suggest
from core.scoring.tally import Item, Subtotal, Tally, items_of, tally

__all__ = [
    "Alternative",
    "Answer",
    "Change",
    "Conflict",
    "Edit",
    "Flag",
    "Implied",
    "Item",
    "Refused",
    "Saved",
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
    "suggest",
    "tally",
]
