"""The one HTML page that Streamlit serves, in Chinese, with a notice for browsers that cannot run it.

Streamlit's script is a module of today's JavaScript: an older browser shows a white page and says nothing. A small
script of yesterday's JavaScript, before it, looks for what is needed and writes two sentences instead.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Template

import streamlit

OLDEST_CHROMIUM = 112
"""The oldest Chromium that draws the pages: 112, 113 and 114 were tried and do, 106 and 110 stay white."""

FIRST = ("Metric", "Selectbox", "ButtonGroup", "PageLink", "Button", "Html", "BidiComponent")
"""The parts of Streamlit that every page is made of."""

CHARTS = "PlotlyChart"
"""The charts' program: as large as all others together, and waited for last (pages.shared.first_sight)."""

WITHOUT_CHARTS = {
    *("accounts", "alarms", "checks", "communities", "findings", "frames", "history"),
    *("importing", "panel", "reporting", "schemes", "standards", "verify"),
}
"""Addresses of pages that draw none: a browser that opens one is not kept from it by reading that program."""

_PARTS = Path(__file__).parent / "static_parts"
_STATIC = Path(streamlit.__file__).parent / "static"


@cache
def _scripts(*, logs_in: bool) -> tuple[str, ...]:
    notice = Template(part("old_browser.js")).substitute(oldest=OLDEST_CHROMIUM)
    return (notice, part("menu.js"), part("words.js"), *([part("stay.js")] if logs_in else []))


def part(name: str) -> str:
    """The text of a file in static_parts/."""
    return (_PARTS / name).read_text(encoding="utf-8")


def is_streamlits(status: int, headers: Mapping[str, str]) -> bool:
    """Whether an answer is Streamlit's index.html: the one page with a date of change, whatever its address."""
    return status == 200 and "last-modified" in headers and headers.get("content-type", "").startswith("text/html")


def page(path: str, *, logs_in: bool) -> bytes:
    """Streamlit's index.html for this dashboard, asked for at an address; `logs_in`: people log in here."""
    return _page(charts=path.rpartition("/")[2] not in WITHOUT_CHARTS, logs_in=logs_in)


@cache
def _page(*, charts: bool, logs_in: bool) -> bytes:
    text = (_STATIC / "index.html").read_text(encoding="utf-8")
    text = text.replace('<html lang="en">', '<html lang="zh-CN">').replace("<title>Streamlit</title>", _TITLE)
    text = re.sub(r"<noscript>.*?</noscript>", _NOSCRIPT, text, flags=re.DOTALL)
    # What speaks of an interface that is closed here (deploy.guard) is left out; the licence on top stays.
    text = re.sub(r'<link rel="service-desc"[^>]*>|(?<!^)<!--.*?-->', "", text, flags=re.DOTALL)
    text = text.replace("</head>", f"{_ahead(text, charts=charts)}</head>", 1)
    scripts = "".join(f"<script>{script}</script>" for script in _scripts(logs_in=logs_in))
    return text.replace("<title>", f"{scripts}<title>", 1).encode()


def _ahead(page: str, *, charts: bool) -> str:
    """Links by which a browser fetches the parts of a page while it still starts the program.

    Streamlit asks for each part when it first draws one, which is a second round of some forty files.
    """
    made = json.loads((_STATIC / "manifest.json").read_text(encoding="utf-8"))
    named = {*FIRST, CHARTS} if charts else set(FIRST)
    waiting = [key for key, each in made.items() if each.get("name") in named]
    files: dict[str, str] = {}
    while waiting:
        if (key := waiting.pop()) not in files:
            files[key] = made[key]["file"]
            waiting += made[key].get("imports", [])
    low = ' fetchpriority="low"'
    # Those that the page names already come anyway.
    return "".join(
        f'<link rel="modulepreload" crossorigin{low if made[key].get("name") == CHARTS else ""} href="./{file}">'
        for key, file in sorted(files.items(), key=lambda each: each[1])
        if file not in page
    )


_TITLE = "<title>旧改绩效看板</title>"
_NOSCRIPT = (
    '<noscript><p>看板需要JavaScript，请在浏览器中启用后刷新；或看<a href="./plain">简版页面</a>。</p>'
    '<p lang="en">The dashboard needs JavaScript; please enable it and reload, '
    'or read the <a href="./plain?lang=en">plain page</a>.</p></noscript>'
)


@cache
def script_hashes(*, logs_in: bool) -> tuple[str, ...]:
    """The inline scripts of the page, as a Content-Security-Policy names them."""
    scripts = re.findall(r"<script>(.*?)</script>", page("/", logs_in=logs_in).decode(), flags=re.DOTALL)
    return tuple(
        "'sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() + "'" for script in scripts
    )
