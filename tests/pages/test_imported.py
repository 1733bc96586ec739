"""A project of which only a scorecard came in: its pages stand, and the others say that they are empty."""

from __future__ import annotations

import pytest

from core.model.context import Actor, Context
from core.service.base.file import File
from core.service.manage import scorecard_files
from tests.core.ingest.filled import workbook
from tests.pages.test_app import app


@pytest.mark.usefixtures("store_path")
def test_every_page_of_it_stands() -> None:
    done = scorecard_files.import_scorecard(Context(Actor("browser-wang", "王工")), File("linjiang.xlsx", workbook()))
    at = app(project=done.project)
    assert [e.value for e in at.error] == []
    assert not at.exception
    for path in ("budget", "beneficiaries"):
        at.switch_page(f"pages/progress/{path}.py").run()
        assert [e.value for e in at.error] == []
        assert not at.exception
        assert len(at.info) == 1
    at.switch_page("pages/scoring/scorecard.py").run()
    assert [e.value for e in at.error] == []
    assert not at.exception
