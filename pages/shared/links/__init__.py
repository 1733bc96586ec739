"""Links in tables that stay on their page: Streamlit would open them in a new tab. A Streamlit v2 component."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

_HERE = Path(__file__).parent
_LINKS = st.components.v2.component(
    "followed_links",
    html='<div class="followed-links"></div>',
    css=(_HERE / "links.css").read_text(encoding="utf-8"),
    js=(_HERE / "links.js").read_text(encoding="utf-8"),
    isolate_styles=False,  # the links, and the hint that the style sheet hides, lie outside
)
_KEY = "links"


def followed(page: str, keys: Sequence[str]) -> bool:
    """A link to `page` (./name?) in a table sets these keys of the URL, which are checked as all that stands there.

    Returns whether one was chosen just now.
    """

    def chosen() -> None:
        address = st.session_state[_KEY].get("chosen")
        asked = dict(parse_qsl(urlsplit(address).query)) if isinstance(address, str) else {}
        for key in keys:
            if key in asked:
                st.query_params[key] = asked[key]

    mounted = _LINKS(key=_KEY, data={"page": page}, on_chosen_change=chosen, height="content", width="content")
    return bool(mounted.get("chosen"))
