"""The rows of a list, each a link that opens its detail beside the list. A Streamlit v2 component."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode

import streamlit as st

from pages.shared import state
from pages.shared.browser import component

Tone = Literal["doubt", "ask", "note", "work", "good"]
"""How a state looks; its word stands beside it."""
DETAIL = "list_detail"
"""Key of the container beside the list: on a telephone it stands below, and is brought into sight."""

_FILES = ("rows.css", "dom.js", "mount.js", "rows.js")
_ROWS = component(
    "list_rows",
    Path(__file__).parent,
    '<div class="list-rows"></div>',
    *_FILES,
    isolate_styles=False,  # its style sheet for the detail lies outside
)


@dataclass(frozen=True)
class Line:
    """A row as it is drawn."""

    id: str
    tone: Tone
    state: str
    title: str
    note: str
    mark: str
    whole: str
    """What stands in the row, uncut."""


def rows(key: str, label: str, headings: Sequence[str], lines: Sequence[Line], chosen: str, *, wide: bool) -> None:
    """The rows under their headings (state, title, note, mark); the chosen one's id goes into the address.

    `label`: what the list is called; `wide`: the titles are sentences, and the notes short.
    """

    def opened() -> None:
        asked = st.session_state[key].get("chosen")
        if isinstance(asked, str):
            state.put("row", asked)

    data = {
        "label": label, "headings": headings, "chosen": chosen, "detail": DETAIL, "wide": wide,
        "rows": [asdict(line) | {"href": f"?{urlencode(_address(line.id))}"} for line in lines],
    }  # fmt: skip
    _ROWS(key=key, data=data, on_chosen_change=opened, width="stretch", height="content")


def _address(row: str) -> dict[str, str]:
    kept = {key: value for key in state.OF_LISTS if (value := state.get(key)) is not None}
    return state.address(**kept | {"row": row})
