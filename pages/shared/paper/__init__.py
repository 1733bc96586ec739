"""Ctrl+P: a clean A4 landscape of any page, with what the data are of at the foot of each sheet."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_CSS = (Path(__file__).parent / "print.css").read_text(encoding="utf-8")
_IN_A_STRING = str.maketrans({letter: f"\\{ord(letter):x} " for letter in '"\\<>&\n\r\f'})
"""Letters that would end a CSS string or the style around it, as CSS escapes them."""


def style(foot: str) -> None:
    """The style sheet for paper; `foot` stands at the foot of each sheet, beside its number."""
    words = f'@media print {{ @page {{ @bottom-left {{ content: "{foot.translate(_IN_A_STRING)}"; }} }} }}'
    st.html(f"<style>{_CSS}\n{words}</style>")
