"""A file that was chosen and how it is to be taken; what becomes of the page once it has come in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import streamlit as st

from pages.manage.import_parts import arrived
from pages.shared import state
from pages.shared.next_file import taken

IMPORT = "import"
"""The kind of file: the next one has a field of its own, which is empty."""


class Chosen(NamedTuple):
    """A file and what it is to be taken for."""

    project: str
    name: str
    content: bytes
    as_of: date | None
    mapping: tuple[tuple[str, str], ...]
    hidden: bool
    """Whether hidden rows, columns and sheets are read as well."""

    @property
    def arguments(self) -> tuple[str, str, bytes, date | None, Mapping[str, str]]:
        """The arguments of the calls that read it."""
        return self.project, self.name, self.content, self.as_of, dict(self.mapping)


def came_in(project: str, batch: str, others: int = 0) -> None:
    """Go on to the next file, and show what has come in. `others`: snapshots beside the batch."""
    taken(IMPORT)
    st.session_state.pop("import_as_of", None)
    state.put("project", project)
    arrived.note(project, batch, others)
