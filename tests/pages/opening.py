"""A page from app.py as somebody opens it: by its address, with what their browser has said before."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.testing.v1 import AppTest

from core.model.context import Actor
from pages.shared.opened import MADE

ROOT = Path(__file__).resolve().parents[2]
HOME = "progress/overview"
"""Where one is without going anywhere."""
BEHIND = ("goals", "compare")
"""Buttons whose content is made when they are opened."""


def key(name: str, *ids: str, project: str = "lingang-2023") -> str:
    """The key of a field that holds what was typed for a project and what else it belongs to."""
    return "/".join((name, project, *ids))


def open_buttons(at: AppTest) -> None:
    """Before the first run: what is behind buttons is on the page."""
    for button in BEHIND:
        at.session_state[f"{button}{MADE}"] = True


def opened(page: str, actor: Actor | None = None, part: str | None = None, /, **query: str) -> AppTest:
    """A page by its place below pages/ (`evidence/checks`), in a new server; `actor`: who has said their name.

    `part`: of a page that has several, the one that was open.
    """
    st.cache_resource.clear()
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for key, value in query.items():
        at.query_params[key] = value
    if actor is not None:
        at.session_state["actor"] = actor
    at.session_state["who_has_spoken"] = True
    open_buttons(at)
    if part is not None:
        at.query_params["part"] = part
    # Straight to the page: after a first run AppTest would ask the widgets for their words outside of the session,
    # that is in Chinese, and not find them among the English ones.
    return (at if page == HOME else at.switch_page(f"pages/{page}.py")).run()


def rows(at: AppTest) -> list[dict[str, str]]:
    """The rows of the page's list, as they are handed to the browser; none where it shows no list."""
    return list(_listed(at).get("rows", ()))


def chosen_row(at: AppTest) -> str | None:
    """The id of the row that is open."""
    return _listed(at).get("chosen")


def _listed(at: AppTest) -> dict[str, Any]:
    found = [each.proto for each in at.get("bidi_component") if each.proto.component_name == "list_rows"]
    return json.loads(found[0].json) if found else {}
