"""Every list to choose from shows no two options alike (No wrong number, A1)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from pages.shared.choices import apart

PAGES = Path(__file__).resolve().parents[2] / "pages"
LISTS = {"selectbox", "segmented_control", "pills", "radio", "multiselect", "select_slider"}
CALLS = [
    pytest.param(call, id=f"{path.relative_to(PAGES)}:{call.lineno}")
    for path in sorted(PAGES.rglob("*.py"))
    for call in ast.walk(ast.parse(path.read_text("utf-8")))
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in LISTS
]
"""Every call that makes a list."""


@pytest.mark.parametrize("call", CALLS)
def test_a_list_shows_its_options_apart(call: ast.Call) -> None:
    (shown,) = [each.value for each in call.keywords if each.arg == "format_func"]
    made = "\n".join(path.read_text("utf-8") for path in PAGES.rglob("*.py"))
    name = shown.func.id if isinstance(shown, ast.Call) and isinstance(shown.func, ast.Name) else None
    assert name == "apart" or (isinstance(shown, ast.Name) and f"{shown.id} = apart(" in made)


def test_there_are_lists() -> None:
    assert len(CALLS) > 15


def test_what_is_no_option_any_more_is_shown_as_it_was() -> None:
    show = apart(["a", "b"], lambda key: "初评")
    assert (show("a"), show("b"), show("c")) == ("初评（a）", "初评（b）", "初评")
