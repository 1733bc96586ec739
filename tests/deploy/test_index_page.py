"""The page that everything is loaded by."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import streamlit

from deploy import index_page

STATIC = Path(streamlit.__file__).parent / "static"


@pytest.mark.parametrize("logs_in", [True, False])
def test_the_parts_of_the_first_page_are_fetched_ahead_each_once(logs_in: bool) -> None:
    page = index_page.page(logs_in=logs_in).decode()
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
