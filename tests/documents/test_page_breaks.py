"""Page breaks of the report as LibreOffice sets them: each chosen part on top of a page, and no page empty."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.briefing.report_parts import MAY_BREAK, REPORT_PARTS
from core.model.context import Language
from core.model.paper import PaperChoice
from core.service.briefing import evaluation
from core.service.manage import demo
from core.text import render
from tests.documents.conftest import CTX, DEMO, store
from tests.documents.pages import convert, sheets, tight

pytestmark = [pytest.mark.full, pytest.mark.timeout(240)]

_HEAD = 120
"""Characters that the head of a page, a number and a title take at most."""


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_each_chosen_part_stands_on_top_of_a_page(profile: Path, tmp_path: Path, language: Language) -> None:
    made = tmp_path / "demo.duckdb"
    demo.make(made)
    ctx = replace(CTX, language=language)
    with store(made):
        file = tmp_path / "report.docx"
        file.write_bytes(evaluation.report(ctx, DEMO, PaperChoice(breaks=tuple(MAY_BREAK))).content)
    pages = [tight(page.text) for page in sheets(convert(profile, [file], "pdf", tmp_path)[0])]
    assert all(len(text) > _HEAD / 2 for text in pages)
    for part, called in MAY_BREAK.items():
        title = tight(render(called, language))
        assert [text for text in pages if title in text[:_HEAD]], part
    assert set(MAY_BREAK) < set(REPORT_PARTS)
