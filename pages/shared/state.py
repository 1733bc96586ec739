"""What identifies a view, kept in the URL: project place baseline basis round sheet frame lang code, and what one
page adds.

Streamlit's own `bind="query-params"` writes the label into the URL, not the value, so that a link would break when
the language changes. Here the value goes into the URL, and a page switch (which clears the URL) puts it back.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import cast

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from core.errors import Message
from core.model.context import Language

KEYS = ("project", "place", "baseline", "basis", "round", "sheet", "frame", "lang", "code")
OF_COMMUNITIES = ("community", "find", "sort", "order", "page")
"""What 小区明细 adds."""
_STREAMLIT_KEYS = ("embed", "embed_options")
_LANGUAGES = {"zh": "zh_CN", "en": "en"}
MOST_SHOWN = 40
"""Characters of an unknown value that are repeated back."""


@dataclass(frozen=True)
class Options:
    """What a key of the URL may hold; the first is the default where `default` is None."""

    values: Collection[str]
    default: str | None = None
    form: re.Pattern[str] | None = None
    """What else it may hold, where that cannot be listed: a text to look for, the number of a page."""
    page: str | None = None
    """The address of the only page that it is for; elsewhere it is forgotten. None: it is for all of them."""

    def holds(self, value: str) -> bool:
        """Whether the value is one of them."""
        return value in self.values or (self.form is not None and self.form.fullmatch(value) is not None)


_run = threading.local()
"""The language of this thread's run: asked for with every word, and the session's state is slow to answer."""


def language() -> Language:
    """The session's language."""
    run = get_script_run_ctx(suppress_warning=True)
    kept: tuple[object, Language] | None = getattr(_run, "language", None)
    if kept is None or run is None or kept[0] is not run:
        kept = _run.language = run, cast(Language, _LANGUAGES[get("lang") or "zh"])
    return kept[1]


def get(key: str) -> str | None:
    """The value of a key of the view; None: the default."""
    return cast("str | None", st.session_state.get(f"view_{key}"))


def put(key: str, value: str | None) -> None:
    """Set a key of the view, here and in the URL; None: the default, which the URL leaves out."""
    st.session_state[f"view_{key}"] = value
    _run.language = None
    if value is not None:
        st.query_params[key] = value
    elif key in st.query_params:
        del st.query_params[key]


def bare() -> bool:
    """Whether another page shows one frame inside itself, without controls."""
    return bool(st.context.is_embedded) and get("frame") is not None


def adopt(allowed: Mapping[str, Options]) -> tuple[Message, ...]:
    """Take over what the URL says, and put back what a page switch has cleared from it.

    Returns a sentence for each thing in the URL that is not known; those count as the default.
    """
    wrong: list[Message] = []
    for key in list(st.query_params):
        if key in _STREAMLIT_KEYS:
            continue
        value = st.query_params[key]
        options = allowed.get(key)
        if options is None:
            wrong.append(Message("网址中的“{key}”不是本系统的参数,已忽略。", {"key": key[:MOST_SHOWN]}))
            del st.query_params[key]
        elif options.holds(value):
            put(key, None if value == options.default else value)
        else:
            wrong.append(
                Message(
                    "网址中的“{key}={value}”无法识别,已按默认显示。可用的值:{values}",
                    {"key": key, "value": value[:MOST_SHOWN], "values": " ".join(islice(options.values, 8))},
                )
            )
            put(key, None)
    for key, options in allowed.items():
        kept = get(key)
        if kept is not None and not options.holds(kept):
            put(key, None)
        elif kept is not None and options.page is None and st.query_params.get(key) != kept:
            st.query_params[key] = kept
    return tuple(wrong)


def settle(allowed: Mapping[str, Options], page: str) -> None:
    """Put back what belongs to this page alone, and forget what belongs to another."""
    for key, options in allowed.items():
        kept = get(key)
        if options.page is None or kept is None:
            continue
        if options.page != page:
            put(key, None)
        elif st.query_params.get(key) != kept:
            st.query_params[key] = kept


def chooser(
    label: str, key: str, options: Sequence[str], show: Callable[[str], str], *, default: str, width: int = 180
) -> str:
    """A select box for a key of the view. Returns the value that holds."""
    widget = f"choose_{key}"
    st.session_state[widget] = get(key) or default

    def changed() -> None:
        chosen = st.session_state[widget]
        put(key, None if chosen == default else chosen)

    st.selectbox(
        label, options, key=widget, format_func=show, on_change=changed, width=width, label_visibility="collapsed"
    )
    return get(key) or default
