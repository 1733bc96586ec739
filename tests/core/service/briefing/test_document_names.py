"""What files are called that leave the house: project, round, person or what it is, day."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from core.service.briefing import evaluation
from core.service.manage import scheme_files, scorecard_files
from core.service.scoring import opening
from core.store import clock
from tests.core.service.people import LI, NOBODY, PROJECT, WANG, has_submitted

pytestmark = pytest.mark.usefixtures("store_path")

TITLE = "2023年度申港、夏港区域老小区改造项目"


def test_a_sheet_is_named_after_project_round_person_and_the_day_of_its_last_change(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Half past six in the evening of 31 December in Greenwich is the next year's first morning in Shanghai."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2030, 12, 31, 18, 30))
    sheet = has_submitted(WANG, {})
    monkeypatch.setattr(clock, "now", lambda: datetime(2030, 12, 31, 18, 30) + timedelta(days=40))
    for form in ("xlsx", "csv"):
        file = scorecard_files.export_scorecard(LI, PROJECT, sheet.id, form)
        assert file.name == f"{TITLE}_初评_王工的评分表_20310101.{form}"


def test_documents_carry_the_day_of_their_figures_and_a_scheme_its_version() -> None:
    assert evaluation.workbook(NOBODY, PROJECT).name == f"{TITLE}_初评_绩效评价工作簿_20241231.xlsx"
    assert evaluation.report(NOBODY, PROJECT).name == f"{TITLE}_初评_绩效评价报告_20241231.docx"
    name = scheme_files.export_scheme(NOBODY, "old-community-32", 1).name
    assert name.endswith("_v1.xlsx")


def test_a_sheet_that_nobody_has_scored_has_no_day() -> None:
    opening.open_round(WANG, PROJECT, "复评", "final", "mean")
    assert scorecard_files.export_scorecard(NOBODY, PROJECT, "r2/working").name == f"{TITLE}_复评_工作表.xlsx"
