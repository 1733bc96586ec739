"""What identifies a view, kept in the URL: project place baseline basis round sheet frame lang unit code, and what
one page adds.

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

from core.errors import Message
from core.model.context import AmountUnit, Language
from core.scoring.round_state import round_of
from core.text.amounts import usual
from pages.shared import script_run
from pages.shared.choices import apart

KEYS = ("project", "place", "baseline", "basis", "round", "sheet", "frame", "lang", "unit", "code")
NAMED = ("project", "round", "sheet")
"""What an address names even where it is the default."""
OF_ADDRESS = ("place", "baseline", "basis", "lang", "unit", "code")
"""What else of the view a link to another page takes along."""
OF_PROJECT = (
    "place", "baseline", "round", "sheet", "community", "row", "standard", "street", "inside", "compare", "by",
    "period",
)  # fmt: skip
"""What means nothing in another project."""
PARTS = ("panel", "history", "importing", "schemes", "reporting")
"""The addresses of the pages that show one of their parts at a time."""
WALL_SECONDS = "20"
"""How long a wall shows each of its pages, unless it is told otherwise."""
UNGUESSED = ("round", "sheet")
"""What no other may stand for, where the address names one that is not there: it is asked which one is meant."""
OF_COMMUNITIES = ("community", "find", "sort", "order", "page")
"""What 小区明细 adds."""
OF_LISTS = ("show", "only", "find", "page", "row")
"""What a page of list and detail adds."""
_STREAMLIT_KEYS = ("embed", "embed_options")
_LANGUAGES = {"zh": "zh_CN", "en": "en"}
_IN_VAIN = "named_in_vain"
_ORDER = "keys_of_the_address"
_PAGE = "settled_page"
_SWITCHES = "switches_of_page"
_SHOWN, _LEFT = "part_shown", "parts_left"
"""Keys of the session; the last two: which part of a page is shown, and was when each page was left, by page."""
MOST_SHOWN = 40
"""Characters of an unknown value that are repeated back."""


@dataclass(frozen=True)
class Options:
    """What a key of the URL may hold; the first is the default where `default` is None."""

    values: Collection[str]
    default: str | None = None
    form: re.Pattern[str] | None = None
    """What else it may hold, where that cannot be listed: a text to look for, the number of a page."""
    pages: tuple[str, ...] = ()
    """The addresses of the pages that it is for, each by itself; elsewhere it is forgotten. Empty: for all."""

    def holds(self, value: str) -> bool:
        """Whether the value is one of them."""
        return value in self.values or (self.form is not None and self.form.fullmatch(value) is not None)


_run = threading.local()
"""The language and unit of this thread's run: asked for with every word, and the session's state is slow to answer."""


def language() -> Language:
    """The session's language."""
    return _said_in()[0]


def unit() -> AmountUnit:
    """The unit of the session's amounts."""
    return _said_in()[1]


def _said_in() -> tuple[Language, AmountUnit]:
    run = script_run.current()
    kept: tuple[object, tuple[Language, AmountUnit]] | None = getattr(_run, "language", None)
    if kept is None or run is None or kept[0] is not run:
        spoken = cast(Language, _LANGUAGES[get("lang") or "zh"])
        kept = _run.language = run, (spoken, cast(AmountUnit, get("unit") or usual(spoken)))
    return kept[1]


def get(key: str) -> str | None:
    """The value of a key of the view; None: the default."""
    return cast("str | None", st.session_state.get(f"view_{key}"))


def put(key: str, value: str | None) -> None:
    """Set a key of the view, here and in the URL; None: the default, which the URL leaves out.

    A sheet brings its round, and a round keeps no sheet of another; another project keeps neither.
    """
    before = get(key)
    _put(key, value)
    sheet = get("sheet")
    if value is not None and (key == "sheet" or (key == "project" and before not in (None, value))):
        _vain().clear()
    elif value is not None and key == "round":
        _vain().pop("round", None)
    if key == "sheet" and value is not None:
        _put("round", round_of(value))
    elif key == "round" and value is not None and sheet is not None and round_of(sheet) != value:
        _put("sheet", None)
    elif key == "project" and before not in (None, value):
        for of_project in OF_PROJECT:
            kept, named = get(of_project), st.query_params.get(of_project)
            st.session_state[f"view_{of_project}"] = None
            if named is not None and named == kept:
                del st.query_params[of_project]


def _put(key: str, value: str | None) -> None:
    st.session_state[f"view_{key}"] = value
    _run.language = None
    if value is not None:
        if st.query_params.get(key) != value:
            st.query_params[key] = value
    elif key in st.query_params:
        del st.query_params[key]


def _vain() -> dict[str, str]:
    return cast("dict[str, str]", st.session_state.setdefault(_IN_VAIN, {}))


def in_vain(key: str) -> bool:
    """Whether a round or sheet that is not there has been named, and none has been chosen since.

    A sheet that is not there leaves it open which round is meant, unless that is named too; and the other way round.
    """
    return get(key) is None and bool(_vain())


def choose(key: str, value: str) -> None:
    """Set what has been named in vain: that is answered now, also where it was a sheet and a round is chosen."""
    _vain().clear()
    put(key, value)


def unknown() -> tuple[Message, ...]:
    """A sentence for each round and sheet that has been named in vain, until one is chosen."""
    return tuple(
        Message("网址中的“{key}={value}”无法识别：本项目没有这个编号。", {"key": key, "value": value})
        for key, value in sorted(_vain().items())
    )


def address(**more: str) -> dict[str, str]:
    """What stands in a link to another page of this view, also where it is opened in a tab of its own."""
    kept = {key: value for key in (*OF_ADDRESS, *NAMED) if (value := get(key)) is not None}
    return kept | more


def bare() -> bool:
    """Whether another page shows one frame inside itself, without controls."""
    return bool(st.context.is_embedded) and get("frame") is not None


def whole() -> bool:
    """Whether the URL names all of a view, as one that a person has gone back to does: what is left out is default.

    A page switch clears the URL; any other of this house names its project.
    """
    return "project" in st.query_params


def adopt(allowed: Mapping[str, Options], *, whole: bool = False) -> tuple[Message, ...]:
    """Take over what the URL says, and put back what a page switch has cleared from it; `whole`: it cleared nothing.

    Returns a sentence for each thing in the URL that is not known; those count as the default. Of a round or sheet
    `unknown` says so, for as long as none is chosen.
    """
    wrong: list[Message] = []
    asked = {key: st.query_params[key] for key in st.query_params if key not in _STREAMLIT_KEYS}
    if whole:
        for key in allowed:
            if key not in asked and get(key) is not None:
                st.session_state[f"view_{key}"] = None
                _run.language = None
    # The project first, which may end the others; the sheet last: it says which round is meant.
    for key in sorted(asked, key=lambda each: (each != "project", each == "sheet")):
        value = asked[key]
        options = allowed.get(key)
        if options is None:
            wrong.append(Message("网址中的“{key}”不是本系统的参数，已忽略。", {"key": key[:MOST_SHOWN]}))
            if key in st.query_params:
                del st.query_params[key]
        elif options.holds(value):
            put(key, None if value == options.default else value)
        elif key in UNGUESSED:
            _miss(key, value)
        else:
            wrong.append(_unheard(key, value, options.values))
            put(key, None)
    for key, options in allowed.items():
        kept = get(key)
        if kept is not None and not options.holds(kept):
            if key in UNGUESSED and get("code") is None:  # an earlier version may not have had it yet
                _miss(key, kept)
            put(key, None)
    _put_back([key for key, options in allowed.items() if not options.pages])
    return tuple(wrong)


def _unheard(key: str, value: str, known: Collection[str]) -> Message:
    return Message(
        "网址中的“{key}={value}”无法识别，已按默认显示。可用的值：{values}",
        {"key": key, "value": value[:MOST_SHOWN], "values": " ".join(islice(known, 8))},
    )


def _put_back(keys: Sequence[str]) -> None:
    """Name in the URL what is kept under these keys, in one go and in the order in which it stood there.

    The browser makes a step of its history of each change of the URL, and none where it ends as it was: one press of
    its button for back leads to the page before.
    """
    if not st.session_state.get(_ORDER) or any(key in KEYS for key in st.query_params):
        st.session_state[_ORDER] = list(st.query_params)
    stood = cast("list[str]", st.session_state[_ORDER])
    lost = {key: kept for key in keys if (kept := get(key)) is not None and st.query_params.get(key) != kept}
    if lost:
        st.query_params.update({key: lost[key] for key in sorted(lost, key=lambda key: _place(stood, key))})


def _place(stood: Sequence[str], key: str) -> int:
    return stood.index(key) if key in stood else len(stood)


def _miss(key: str, value: str) -> None:
    put(key, None)
    _vain()[key] = value[:MOST_SHOWN]


def settle(allowed: Mapping[str, Options], page: str) -> None:
    """Put back what belongs to this page alone, and forget what belongs to another."""
    before = st.session_state.get(_PAGE)
    moved = before not in (None, page)
    st.session_state[_PAGE] = page
    if moved:
        st.session_state[_SWITCHES] = switches() + 1
        _parts_left().update(st.session_state.pop(_SHOWN, {}))
    for key, options in allowed.items():
        kept = get(key)
        if not options.pages or kept is None:
            continue
        named = st.query_params.get(key) == kept
        if page not in options.pages or (moved and not named):
            put(key, None)
    _put_back([key for key, options in allowed.items() if page in options.pages])


def switches() -> int:
    """How often another page was come to in this session."""
    return cast(int, st.session_state.get(_SWITCHES, 0))


def _parts_left() -> dict[str, str]:
    return cast("dict[str, str]", st.session_state.setdefault(_LEFT, {}))


def part(page: str, parts: Sequence[str]) -> str:
    """The part of a page that the address names, else the one that was open when it was left, else the first."""
    kept = get("part")
    return kept if kept is not None and kept in parts else _part_of_itself(page, parts)


def _part_of_itself(page: str, parts: Sequence[str]) -> str:
    left = _parts_left().get(page)
    return left if left is not None and left in parts else parts[0]


def no_such_part(parts: Collection[str]) -> Message | None:
    """A sentence where the address names a part that the page does not have, which counts as none from here on."""
    named = get("part")
    if named is None or named in parts:
        return None
    put("part", None)
    return _unheard("part", named, parts)


def choose_part(label: str, page: str, labels: Mapping[str, str]) -> str:
    """A row of choices of a page's parts; the one that holds, which stands in the address once it was chosen."""
    begins = _part_of_itself(page, list(labels))
    held = segments(label, "part", labels, f"{page}_part", default=begins)
    st.session_state[_SHOWN] = {page: held}
    return held


def segments(
    label: str, key: str, labels: Mapping[str, str], widget: str, *, default: str | None = None, seen: bool = False
) -> str:
    """A row of choices for a key of the view; the one that holds, `default` or the first where none is named.

    `seen`: its own label stands above it.
    """
    begins = next(iter(labels)) if default is None else default
    kept = get(key)
    held = kept if kept is not None and kept in labels else begins
    st.segmented_control(
        label, list(labels), key=widget, required=True, format_func=apart(labels, labels.__getitem__),
        on_change=keep(widget, key, begins, held), label_visibility="visible" if seen else "collapsed",
    )  # fmt: skip
    return held


def keep(widget: str, key: str, default: str, held: str | None = None) -> Callable[[], None]:
    """Have a widget hold what the view says under a key (or `held`); returns what puts a change of it there."""
    st.session_state[widget] = (get(key) or default) if held is None else held

    def changed() -> None:
        chosen = st.session_state[widget]
        put(key, None if chosen == default else chosen)

    return changed


def in_full() -> dict[str, str]:
    """What the address leaves out because it goes without saying in this window, but not in another's."""
    shown: dict[str, str] = st.session_state.get(_SHOWN, {})
    held = next((name for page, name in shown.items() if page == st.session_state.get(_PAGE)), None)
    return {} if held is None or get("part") is not None else {"part": held}


def chooser(
    label: str, key: str, options: Sequence[str], show: Callable[[str], str], *, default: str, width: int = 180
) -> str:
    """A select box for a key of the view. Returns the value that holds.

    Which project, round and sheet are meant always stands in the address: there may be another default tomorrow.
    """
    widget = f"choose_{key}"
    if key in NAMED and get(key) is None:
        put(key, default)
    st.session_state[widget] = get(key) or default

    def changed() -> None:
        chosen = st.session_state[widget]
        put(key, None if chosen == default and key not in NAMED else chosen)

    st.selectbox(
        label,
        options,
        key=widget,
        format_func=apart(options, show),
        on_change=changed,
        width=width,
        label_visibility="collapsed",
    )
    return get(key) or default


def switch(label: str, key: str, labels: Mapping[str, str], *, default: str) -> str:
    """A row of choices for a key of the view, all of them in sight. Returns the value that holds."""
    widget = f"choose_{key}"
    st.session_state[widget] = get(key) or default

    def changed() -> None:
        chosen = st.session_state[widget]
        put(key, None if chosen in (None, default) else chosen)

    st.segmented_control(
        label, list(labels), key=widget, required=True, format_func=apart(labels, labels.__getitem__),
        on_change=changed, label_visibility="collapsed", width="content",
    )  # fmt: skip
    return get(key) or default
