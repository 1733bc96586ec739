"""The score grid: the official score table, editable, as a Streamlit v2 component.

`grid.js` is its table, `row.js` an item's row, `paste.js` reads a pasted block; how it saves stands in
`pages/shared/browser`. What an edit is worth is decided by the server. All words come from `words`, so that they are
in the catalogue.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypedDict

from core.model.context import Language
from pages.shared.browser import EDITOR, component
from pages.shared.score_grid.words import words

_HERE = Path(__file__).parent
_OWN = (
    "row.js",
    "typing.js",
    "offer.js",
    "totals.js",
    "own.js",
    "clipboard.js",
    "paste_panel.js",
    "paste.js",
    "pasting.js",
    "undoing.js",
    "guard.js",
    "views.js",
    "grid.js",
)
_GRID = component("score_grid", _HERE, "grid.html", "common.css", "grid.css", *EDITOR, *_OWN)


class Item(TypedDict):
    """One indicator, its words in the session's language; `weight` and `least` are full marks and fewest points, `step`
    that in which points are given."""

    code: str
    l1: str
    l2: str
    l3: str
    weight: str
    least: str
    step: str
    rule: str
    evidence: str
    source: str


class Said(TypedDict):
    """What an event says beside its points; `at` as 10:32 in the product's time zone."""

    reason: str
    revision: int
    edit_id: str
    by: str
    at: str


class Row(Said):
    """The newest event of one item: points with two decimals or None."""

    points: str | None
    status: str
    out: str
    """Why its evaluator does not score it, "" where they do: recused or unassigned. It leaves the sum, as what is not
    applicable, and cannot be changed."""


class Value(TypedDict):
    """What was said of an item at some time."""

    points: str | None
    status: str
    reason: str


class GridChange(TypedDict):
    """What a step did to an item."""

    code: str
    before: Value
    after: Value


class GridStep(TypedDict):
    """Changes that are undone and redone together."""

    id: str
    changes: list[GridChange]
    why_not: str
    """Why it can be neither undone nor redone; "": it can."""


class GridSteps(TypedDict):
    """What the one who looks may undo and redo, the next one last."""

    undo: list[GridStep]
    redo: list[GridStep]


class Figures(TypedDict, total=False):
    """The server's sums, ready to print (93.00, 96.67%); they take the place of the browser's preview of them."""

    total: str
    normalised: str | None
    grade: str | None
    scored_weight: str
    low: str
    high: str
    veto: str | None
    """What a veto has decided, in a sentence."""
    margin_up: str | None
    margin_down: str | None


class Suggested(TypedDict):
    """What the rules say of an item."""

    points: str | None
    label: str
    """What stands for the points: 5.21, 1.60 / 2.00, 待补佐证."""
    sentence: str
    alternatives: list[dict[str, str]]
    """points and sentence."""


class Offer(Suggested):
    """The same with what the present points imply, and the fields of what the rules compute from."""

    implied: str
    form: list[dict[str, Any]]
    """name, label, value; options [[value, text]] of a choice; whole: only whole numbers."""


class SheetData(TypedDict):
    """What the grid draws for everybody who may see the sheet. An item that has no row is 未评."""

    sheet: str
    """Project and sheet: the outbox of this sheet is kept under it."""
    items: list[Item]
    rows: dict[str, Row]
    grades: list[dict[str, str]]
    """name and floor ("90.00"), best first."""
    figures: Figures
    suggestions: dict[str, Offer]
    """By code."""
    claim: str
    language: Language


class SelfPoints(TypedDict):
    """自评 of the unit, which stands beside the points and is only read."""

    title: str
    points: dict[str, str]
    """By code, with two decimals."""
    far: str
    """Part of full marks (percent, whole) from which a 分差 is a large one."""


class GridData(TypedDict):
    """What the grid draws, for the one who looks."""

    drawn: str
    """What `drawn` made of the sheet."""
    actor: dict[str, str] | None
    """{id, name} of who is asking; None: nothing can be sent until they have given a name."""
    local: bool
    """Whether the name is a label that is given in the browser: the grid then lets `who` ask for it."""
    entered: dict[str, dict[str, str]]
    """Answers to `inputs` by edit_id: {at} when saved, {message} when refused, {another} when who asks did not make it.
    """
    banner: str | None
    read_only: bool
    steps: GridSteps
    own: SelfPoints | None


def drawn(sheet: SheetData) -> str:
    """The sheet with the grid's words, as a text: made once a change, however many look on, and taken apart by none."""
    return json.dumps({**sheet, "words": words()}, ensure_ascii=False, separators=(",", ":"))


def score_grid(data: GridData, *, key: str, on_outbox: Callable[[], None]) -> Mapping[str, Any]:
    """Mount the grid, after `who`. Returns its value: `outbox` (edits not yet answered) and `inputs`, if any.

    An edit is {edit_id, by, code, base, points: "4.50" | None, status, reason}; `by` is the id of who made it, `base`
    the revision that it was made from, or the edit_id of the person's own preceding edit of the item, `edit_id` as
    core.scoring.undoing reads it. One of `inputs`
    is {edit_id, by, code, content} with what stands in the fields of an item's `form`, by their names. Apply the outbox
    in `on_outbox` and again from the value returned: after a restart of the server it arrives without a callback.
    """
    return _GRID(data=data, key=key, on_outbox_change=on_outbox, on_inputs_change=on_outbox)
