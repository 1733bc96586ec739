"""A file that was chosen on one page and is imported on another: carried there in the session, for who chose it."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from core.service.base.file import File
from pages.shared.session import actor

_CARRIED = "carried_file"
"""Key of the session."""


@dataclass(frozen=True)
class CarriedFile:
    """A file on its way, the project that it is for, and who chose it."""

    file: File
    file_id: str
    """Of the upload."""
    project: str
    by: str


def carry(file: File, file_id: str, project: str) -> None:
    """Take the file along to the page of that project on which it is imported."""
    st.session_state[_CARRIED] = CarriedFile(file, file_id, project, actor().id)


def carried(project: str) -> CarriedFile | None:
    """What has been brought for that project by who is here now; nobody is shown what somebody else chose."""
    found: CarriedFile | None = st.session_state.get(_CARRIED)
    if found is not None and found.by != actor().id:
        drop()
        return None
    return found if found is not None and found.project == project else None


def drop() -> None:
    """Let go of the file: it has been imported, or is not wanted."""
    st.session_state.pop(_CARRIED, None)
