"""Links in tables that stay on their page: Streamlit would open them in a new tab. A Streamlit v2 component."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

from pages.shared.browser import component

_LINKS = component(
    "followed_links",
    Path(__file__).parent,
    '<div class="followed-links"></div>',
    *("links.css", "mount.js", "links.js"),
    isolate_styles=False,  # the links lie outside
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
