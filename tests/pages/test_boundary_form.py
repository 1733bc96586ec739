"""导入街镇边界：a click that finds no file says so."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def page() -> None:
    from pages.progress.boundary_form import _take

    _take("a_field_without_a_file")


def test_a_click_before_the_file_has_arrived_is_answered() -> None:
    at = AppTest.from_function(page).run()
    assert not at.exception
    assert [each.value for each in at.toast] == ["文件还没有传完，请稍候再点。"]
