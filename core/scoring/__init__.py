"""From points to totals, grades and margins; from what somebody typed to points, a refusal or a conflict."""

from core.scoring.edits import Answer, Change, Conflict, Edit, Refused, Saved, judge, read_edit
from core.scoring.entry import plain, read_points
from core.scoring.tally import Flag, Item, Subtotal, Tally, flags, items_of, tally

__all__ = [
    "Answer",
    "Change",
    "Conflict",
    "Edit",
    "Flag",
    "Item",
    "Refused",
    "Saved",
    "Subtotal",
    "Tally",
    "flags",
    "items_of",
    "judge",
    "plain",
    "read_edit",
    "read_points",
    "tally",
]
