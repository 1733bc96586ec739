"""The score grid: the official score table, editable, as a Streamlit v2 component.

What it draws and how it saves stands in `grid.js`; what an edit is worth is decided by the server. All its words come
from `words`, so that they are in the catalogue.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypedDict

import streamlit as st

from core.model.context import Language
from pages.shared.score_grid.words import words

_HERE = Path(__file__).parent
_GRID = st.components.v2.component(
    "score_grid",
    html='<div class="score-grid" lang="zh-CN"></div>',
    css=(_HERE / "grid.css").read_text(encoding="utf-8"),
    js=(_HERE / "grid.js").read_text(encoding="utf-8"),
)
_ANSWERS = st.components.v2.component(
    "score_answers",
    html="<span></span>",
    js=(_HERE / "answers.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


class Item(TypedDict):
    """One indicator, its words in the session's language; `weight` is full marks with two decimals."""

    code: str
    l1: str
    l2: str
    l3: str
    weight: str
    rule: str
    evidence: str
    source: str


class Row(TypedDict):
    """The newest event of one item: points with two decimals or None, `at` as 10:32 in the product's time zone."""

    points: str | None
    status: str
    reason: str
    revision: int
    edit_id: str
    by: str
    at: str


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


class GridData(TypedDict):
    """What the grid draws, for the one who looks."""

    drawn: str
    """What `drawn` made of the sheet."""
    actor: dict[str, str] | None
    """{id, name} when the server knows who is asking; None: the grid asks for a name at the first edit."""
    entered: dict[str, dict[str, str]]
    """Answers to `inputs` by edit_id: {at} when saved, {message} when refused."""
    banner: str | None
    read_only: bool


def drawn(sheet: SheetData) -> str:
    """The sheet with the grid's words, as a text: made once a change, however many look on, and taken apart by none."""
    return json.dumps({**sheet, "words": words()}, ensure_ascii=False, separators=(",", ":"))


def score_grid(data: GridData, *, key: str, on_outbox: Callable[[], None]) -> Mapping[str, Any]:
    """Mount the grid. Returns its value: `outbox` (edits not yet answered), `inputs` and `who` ({id, name}), if any.

    An edit is {edit_id, code, base, points: "4.50" | None, status, reason}; `base` is the revision that it was made
    from, or the edit_id of the person's own preceding edit of the item. One of `inputs` is {edit_id, code, content}
    with what stands in the fields of an item's `form`, by their names. Apply the outbox in `on_outbox` and again from
    the value returned: after a restart of the server it arrives without a callback.
    """
    return _GRID(data=data, key=key, on_outbox_change=on_outbox, on_inputs_change=on_outbox)


def score_answers(sheet: str, answers: Mapping[str, Mapping[str, Any]], *, key: str) -> None:
    """Tell the grid of `sheet` (as in SheetData) what became of its edits; mounted before it, to be there before it.

    By edit_id: {state: saved, revision, at} | {state: refused, message} | {state: conflict, theirs: Row}.
    """
    with st.container(key="score_answers"):
        _ANSWERS(data={"sheet": sheet, "answers": answers}, key=key)
