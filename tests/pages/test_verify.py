"""查验: a code typed in opens what was shown; an old deck dropped in is held against now."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core.service.base import batches
from core.service.briefing import slide_deck
from tests.core.service.briefing.test_old_deck import touched, workbook_cell
from tests.core.service.people import PROJECT, WANG
from tests.pages.test_app import app
from tests.pages.test_restored import code, texts

pytestmark = pytest.mark.usefixtures("store_path")


def verify() -> AppTest:
    return app().switch_page("pages/briefing/verify.py").run()


def test_a_code_typed_in_opens_its_version() -> None:
    known = code(place="夏港街道")
    at = verify()
    at.text_input(key="typed_code").set_value(known.replace("-", "").lower())
    at.button[0].click().run()
    assert not at.exception
    assert "仍为最新" in texts(at)
    assert at.session_state["view_code"] == known


@pytest.mark.parametrize("typed", ["", "AAAA-BBBB-CCCC"])
def test_a_code_that_is_not_known_is_a_sentence(typed: str) -> None:
    at = verify()
    at.text_input(key="typed_code").set_value(typed)
    at.button[0].click().run()
    assert "没有查验码" in at.error[0].value


def test_an_old_deck_is_checked_and_a_fresh_one_offered() -> None:
    made = slide_deck.deck(WANG, PROJECT)
    batches.correct(WANG, PROJECT, "璜土镇", "paid", "2163.50", "录入错误")
    at = verify()
    changed = touched(made.content, lambda slides: workbook_cell(slides, "funds", "B3", 2630))
    at.file_uploader(key="old_deck").upload(made.name, changed).run()
    assert not at.exception
    said = texts(at)
    assert "被手工改过的1处" in said
    assert "已过期的" in said
    at.button(key="make_fresh").click().run()
    assert made.name in at.get("download_button")[0].proto.label.replace("\\", "")


def test_a_deck_that_still_holds_says_so_and_a_foreign_file_is_a_sentence() -> None:
    at = verify()
    made = slide_deck.deck(WANG, PROJECT)
    at.file_uploader(key="old_deck").upload(made.name, made.content).run()
    assert "仍为最新" in at.success[0].value
    at.file_uploader(key="old_deck").upload("x.pptx", b"PK\x03\x04nonsense").run()
    assert "不是PowerPoint文件" in at.error[0].value
