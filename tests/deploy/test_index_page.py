"""The page that everything is loaded by."""

from __future__ import annotations

import json
import re
from pathlib import Path

import grimp
import pytest
import streamlit

from deploy import index_page

STATIC = Path(streamlit.__file__).parent / "static"


PAGES = re.compile(r'^    \("(pages/[^"]+)\.py", word\("[^"]+"\), "(\w+)"', re.MULTILINE)


def test_a_page_that_draws_no_chart_is_not_kept_waiting_for_the_charts_program() -> None:
    modules = grimp.build_graph("pages")
    pages = PAGES.findall((Path(__file__).parents[2] / "app.py").read_text(encoding="utf-8"))
    without = {
        address
        for path, address in pages
        if not modules.chain_exists(path.replace("/", "."), "pages.shared.figure_panel")
    }
    assert without == index_page.WITHOUT_CHARTS
    for address, named in (("/", True), ("/x/budget", True), ("/reporting", False), ("/x/panel", False)):
        assert (f"/{index_page.CHARTS}." in index_page.page(address, logs_in=False).decode()) is named


@pytest.mark.parametrize(("address", "logs_in"), [("/", True), ("/", False), ("/reporting", False)])
def test_the_parts_of_the_first_page_are_fetched_ahead_each_once(address: str, logs_in: bool) -> None:
    page = index_page.page(address, logs_in=logs_in).decode()
    files = re.findall(r'<link rel="modulepreload" crossorigin(?: fetchpriority="low")? href="\./([^"]+)">', page)
    assert len(files) == len(set(files))
    assert [file for file in files if not (STATIC / file).is_file()] == []
    assert set(index_page.FIRST) <= {Path(file).name.partition(".")[0] for file in files}
    # and whatever these parts need themselves, or the browser would ask for it in a second round
    made = json.loads((STATIC / "manifest.json").read_text(encoding="utf-8"))
    parts = [each for each in made.values() if each["file"] in files]
    needed = {made[key]["file"] for each in parts for key in each.get("imports", [])}
    started = re.findall(r'<script type="module" crossorigin src="\./([^"]+)">', page)
    assert needed <= {*files, *started}
