"""What components share in the browser, and how one is put together from files: no build step."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

_HERE = Path(__file__).parent
_DECLARED = re.compile(r"^(?:const|let|class|(?:async )?function) (\w+)", re.MULTILINE)

EDITOR = ("numbers.js", "dom.js", "storage.js", "mount.js", "outbox.js", "editor.js")
"""What a component needs in which scores are typed."""


def script(folder: Path, *files: str) -> str:
    """The text of one module of these files, in this order: those of the folder, and shared ones of this package.

    Raises ValueError where two of them declare a name: in a browser the whole module would not run.
    """
    text = "\n".join(_text(folder, name) for name in files)
    twice = [name for name, count in Counter(_DECLARED.findall(text)).items() if count > 1]
    if twice:
        raise ValueError(f"{', '.join(twice)}: declared twice in {', '.join(files)}")
    return text


def component(name: str, folder: Path, html: str, *files: str, isolate_styles: bool = True) -> ComponentRenderer:
    """A Streamlit v2 component of style sheets and scripts, found as `script` finds them; `html`: markup, or a file."""
    styles = [_text(folder, each) for each in files if each.endswith(".css")]
    return st.components.v2.component(
        name,
        html=_text(folder, html) if html.endswith(".html") else html,
        css="\n".join(styles) or None,
        js=script(folder, *(each for each in files if each.endswith(".js"))),
        isolate_styles=isolate_styles,
    )


def _text(folder: Path, name: str) -> str:
    own = folder / name
    return (own if own.exists() else _HERE / name).read_text(encoding="utf-8")
