"""What every page wears: no English hints, sizes that fit the window, and for Ctrl+P a clean A4 landscape."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from pages.shared import state
from pages.shared.words import t

_HERE = Path(__file__).parent
_SHEETS = ("hints.css", "access.css", "menu.css", "bar.css", "window.css", "overview.css", "print.css")


def _text(*names: str) -> str:
    return "\n".join((_HERE / name).read_text(encoding="utf-8") for name in names)


_CONTROLS = _text("controls.css")
_CSS = f"{_text(*_SHEETS)}\n@media print {{\n{_CONTROLS}}}"
_WALL = f"@media screen {{\n{_CONTROLS}}}\n{_text('wall.css')}"
_ENGLISH = _text("english.css")
_CARDS = """
TABLE thead { display: none; }
TABLE tr { display: block; padding: 0.5rem 0; }
TABLE td { display: flex; justify-content: space-between; gap: 1rem; border: 0; padding: 0.125rem 0; }
TABLE td { text-align: right; }
TABLE td [data-testid="stMarkdownContainer"] { min-width: 0; }
TABLE td:first-child { font-weight: 600; text-align: left; }
TABLE td::before { color: #55626E; text-align: left; white-space: nowrap; }
"""
_IN_A_STRING = str.maketrans({letter: f"\\{ord(letter):x} " for letter in '"\\<>&\n\r\f'})
"""Letters that would end a CSS string or the style around it, as CSS escapes them."""


def style(foot: str, group: int | None = None, *, projects: bool = False, wall: bool = False) -> None:
    """The style sheets; `foot` stands at the foot of each sheet of paper, beside its number; `wall`: without controls.

    `projects`: the project's box stands in the bar. A browser that had to find it, by `:has`, would look for it at
    each element that comes or goes.

    The group of the menu with that number (from 0) holds this page; Streamlit marks the page in it, not the group.
    """
    choose = t("选择文件").translate(_IN_A_STRING)
    words = (
        f':root {{ --choose-files: "{choose}"; }}'
        f'@media print {{ @page {{ @bottom-left {{ content: "{foot.translate(_IN_A_STRING)}"; }} }} }}'
    )
    if state.language() == "en":
        words += _ENGLISH
    if projects:
        words += '[data-testid="stTopNav"] { --projects: clamp(150px, 100vw - 950px, 26rem); }'
    if group is not None:
        words += (
            f'[data-testid="stTopNav"] > :nth-child({group + 1}) > [data-testid="stTopNavSection"]'
            "{ background: var(--menu-here); font-weight: 600; }"
        )
    # Two: for another style sheet a browser looks at every element again; the long one is the same on every page.
    st.html(f"<style>{_CSS}</style>")
    st.html(f"<style>{words}{_WALL if wall else ''}</style>")


def least_height(key: str, pixels: int) -> None:
    """How high the figure of that key stays at least, where it takes the room that its neighbours leave."""
    st.html(f"<style>.st-key-{key} {{ --least: {pixels}px; }}</style>")


def stacked(key: str, headings: Sequence[str], below: int = 640) -> None:
    """Each row of the table in the container of that key is a card, its cells beside their headings, in narrow windows.

    `below`: the widest of them, in pixels; a telephone's unless more columns need more room.
    """
    table = f'.st-key-{key} [data-testid="stTable"]'
    names = "".join(
        f'{table} td:nth-child({n}):not(:empty)::before {{ content: "{each.translate(_IN_A_STRING)}"; }}'
        for n, each in enumerate(headings, 1)
        if n > 1
    )
    st.html(f"<style>@media (max-width: {below}px) {{ {_CARDS.replace('TABLE', table)} {names} }}</style>")
