"""What stands in a list to choose from.

Streamlit's browser answers with the words of an option: of two that read alike it gives the same one back, whichever
was meant. So no list of this house shows two alike (a test looks at every list).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

import streamlit as st

from core.text import told_apart
from pages.shared import script_run

T = TypeVar("T", bound=Hashable)


def apart(options: Iterable[T], show: Callable[[T], str]) -> Callable[[T], str]:
    """How to show the options so that no two read alike, for `format_func`."""
    labels = told_apart({option: show(option) for option in options})

    def shown(option: T) -> str:
        return labels[option] if option in labels else show(option)  # what was chosen may be no option any more

    return shown


def segments(label: str, labels: Mapping[T, str], key: str, *, options: Sequence[T] = (), seen: bool = False) -> T:
    """A row of choices, all or only `options` of those that have a label; at the beginning the first is chosen.

    `seen`: its own label stands above it.
    """
    offered = list(options or labels)
    chosen = st.segmented_control(
        label, offered, default=offered[0], required=True, format_func=apart(labels, labels.__getitem__), key=key,
        label_visibility="visible" if seen else "collapsed",
    )  # fmt: skip
    return offered[0] if chosen is None else chosen


def ask(labels: Mapping[str, str], name: str, choose: Callable[[str, str], None], field: str) -> None:
    """A list in the place of the page: `choose` is called with the field and the one that is clicked."""
    show = apart(labels, labels.__getitem__)
    for number, each in enumerate(labels):
        st.button(show(each), key=f"open_{name}_{number}", on_click=choose, args=(field, each), type="tertiary")
    script_run.end()
