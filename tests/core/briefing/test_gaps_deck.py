"""The slides of a project whose files leave out much: what is not known is left out, not printed as —."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pptx import Presentation

from core.model.context import Context, Language
from core.service.base import open_store
from core.service.briefing import evaluation, frames, slide_deck
from core.service.progress.money_and_households import budget
from tests.browser import stores
from tests.core.briefing.test_deck import check_titles
from tests.core.service.people import WANG

PROJECT = "gaps-2023"


@pytest.fixture(scope="module", params=["zh_CN", "en"])
def slides(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    path = tmp_path_factory.mktemp("gaps") / "renewal.duckdb"
    stores.missing(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RENEWAL_STORE", str(path))
        open_store.close()
        made = slide_deck.deck(Context(WANG.actor, request.param), PROJECT)
        open_store.close()
    return list(Presentation(io.BytesIO(made.content)).slides)


def _words(slide: Any) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def test_no_sentence_has_a_dash_for_a_figure(slides: list[Any]) -> None:
    for slide in slides:
        assert [said for said in _words(slide) if "—" in said] == []


def test_titles_have_one_line(slides: list[Any]) -> None:
    check_titles(slides)


def test_keys_by_which_nothing_is_known_are_neither_counted_nor_shown(slides: list[Any]) -> None:
    # Households and area are not reported by all: what is left are buildings and communities.
    page = next(each for each in slides if each.name == "streets")
    title = page.shapes.title.text_frame.text
    assert title.startswith(("两种分摊口径下，璜土镇", "Huangtu Town has the highest notional rate under both keys")), (
        title
    )
    table = next(each.table for each in page.shapes if each.name == "allocation_table")
    heads = [cell.text for cell in table.rows[0].cells if cell.text]
    assert heads in (["街镇", "按栋数", "按小区数"], ["Place", "By buildings", "By communities"])


def test_no_strip_is_empty(slides: list[Any]) -> None:
    # Of the four figures none is known: paid and households are reported by three of four streets.
    page = slides[1]
    silent = [x for x in page.shapes if x.shape_type == 1 and x.has_text_frame and not x.text_frame.text]
    assert [x for x in silent if x.width > 9_000_000 and x.height > 300_000] == []


def test_the_estimate_is_known_and_nothing_is_summed_up(slides: list[Any]) -> None:
    said = "\n".join(text for slide in slides for text in _words(slide))
    assert "概算未填报" not in said
    assert "the estimate is not reported" not in said


def test_the_last_page_names_no_source_that_there_is_not(slides: list[Any]) -> None:
    (table,) = [x.table for x in slides[-1].shapes if x.has_table]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert all(any(cell != "—" for cell in row[1:]) for row in rows)
    assert all("—" not in row for row in rows)


def test_the_first_frame_shows_no_dash_in_place_of_a_figure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stores.missing(tmp_path / "renewal.duckdb")
    monkeypatch.setenv("RENEWAL_STORE", str(tmp_path / "renewal.duckdb"))
    open_store.close()
    (first, *_) = frames.frames(Context(WANG.actor), PROJECT)
    open_store.close()
    assert first.title == "4个街镇中3个填报了支付，合计6,100万元；其余未填报"
    # Nobody knows the sum of payments, the planned time and the sum of households; the report states no score.
    assert first.figures == ()
    assert [chart.title for chart in first.charts] == ["概算的支付构成"]
    assert first.sentences[0].startswith("街镇：")


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_report_says_no_dash_in_a_sentence_and_has_no_table_of_dashes_alone(
    tmp_path: Path, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "renewal.duckdb"
    stores.missing(path)
    monkeypatch.setenv("RENEWAL_STORE", str(path))
    open_store.close()
    made = evaluation.report(Context(WANG.actor, language), PROJECT)
    page = budget(Context(WANG.actor, language), PROJECT)
    open_store.close()
    report = Document(io.BytesIO(made.content))
    quoted = ("“—”", "“—”".replace("—", "— "))  # the legend of what a dash means
    said = [each.text for each in report.paragraphs if not any(mark in each.text for mark in quoted)]
    assert [text for text in said if "—" in text] == []
    for table in report.tables:
        assert any(cell.text != "—" for row in table.rows[1:] for cell in row.cells[1:]), table.rows[0].cells[0].text
    assert "—" not in str(page.headline)
    wanted = "概算15,000.00万元：4个街镇中3个填报了支付，合计6,100万元；其余未填报。"
    if language == "zh_CN":
        assert wanted in said
