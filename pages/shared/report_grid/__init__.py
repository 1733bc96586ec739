"""The form of a reporting period: places or communities × figures, typed in place; a Streamlit v2 component.

`grid.js` is its table, `place.js` a place's steps, `row.js` a row, `cell.js` one of its cells, `block.js` reads a
pasted block; how it saves stands in `pages/shared/browser`. What an edit is worth, and what is doubtful of it, is
decided by the server.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypedDict

from core.model.context import Language
from pages.shared.browser import EDITOR, component
from pages.shared.report_grid.words import words

_OWN = (
    "clipboard.js", "paste_panel.js", "values.js", "cell.js", "place.js", "row.js", "cards.js", "typing.js", "steps.js",
    "block.js", "pasting.js", "grid.js",
)  # fmt: skip
_FILES = ("common.css", "grid.css", "said.css", "cards.css", *EDITOR, *_OWN)
_GRID = component("report_grid", Path(__file__).parent, "grid.html", *_FILES)

Stored = tuple[str, str, int, str, str, str]
"""The newest of a cell: raw, reason, revision, edit_id, by, at."""


class Column(TypedDict):
    """A figure that is asked; `kind` as of core's CorrectableFigure."""

    id: str
    name: str
    unit: str
    kind: str


class PlaceHead(TypedDict):
    """A place and its state."""

    place: str
    state: str
    label: str
    """The state in words."""
    returned: str
    writable: bool


class GridRow(TypedDict):
    """A place, or a community of it: a list entry a column."""

    place: str
    name: str
    """Of the place or of the community."""
    code: str
    """What stands behind the field in an edit's code."""
    last: Sequence[str]
    """Last period's figures as they are printed."""
    fill: Sequence[str]
    """The same as they would be typed; "": there is none to fill in."""
    cells: Sequence[tuple[Stored, Sequence[str]] | None]
    """What was typed with the doubts of it; None: nothing yet."""


class FormData(TypedDict):
    """What the grid draws for whoever may write these rows."""

    sheet: str
    """Project and period: the outbox of this form is kept under it."""
    columns: Sequence[Column]
    places: Sequence[PlaceHead]
    rows: Sequence[GridRow]
    """In the order of the places."""
    communities: bool
    """The rows are communities', each place's below its head."""
    language: Language


class Told(TypedDict):
    """What became of the step of that id: `sentences` say why it was not taken; none: it was."""

    id: str
    place: str
    sentences: Sequence[str]


class GridData(TypedDict):
    """What the grid is given, for the one who looks."""

    drawn: str
    """What `drawn` made of the form."""
    actor: dict[str, str] | None
    """{id, name} of who is asking; None: nothing can be sent until they have given a name."""
    local: bool
    """Whether the name is a label that is given in the browser: the grid then lets `who` ask for it."""
    read_only: bool
    told: Told | None


def drawn(form: FormData) -> str:
    """The form with the grid's words, as a text: it is taken apart only where it has changed."""
    return json.dumps({**form, "words": words()}, ensure_ascii=False, separators=(",", ":"))


def report_grid(
    data: GridData, *, key: str, on_outbox: Callable[[], None], on_act: Callable[[], None]
) -> Mapping[str, Any]:
    """Mount the grid, after `who`. Returns its value: `outbox` (edits not yet answered), `act` until it is told of, and
    `chosen`, the code of the row whose card is open.

    An edit is {edit_id, by, code: "field:" and the row's, base, raw, reason}, as
    `core.service.manage.reporting.form.save` takes it; `act` is {id, place, kind: "submit" | "recall", by}. Apply the
    outbox in `on_outbox`, in `on_act` before the step, and both again from the value returned: after a restart of the
    server it arrives without a callback.
    """
    return _GRID(data=data, key=key, on_outbox_change=on_outbox, on_act_change=on_act)
