"""The router: query check, language, error box."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]


def app(**query: str) -> AppTest:
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    for key, value in query.items():
        at.query_params[key] = value
    return at.run()


@pytest.mark.usefixtures("store_path")
class TestQuery:
    def test_a_plain_visit_shows_no_warning(self) -> None:
        at = app()
        assert [w.value for w in at.warning] == []
        assert not at.exception
        assert [e.value for e in at.error] == []

    @pytest.mark.parametrize(
        ("key", "value"),
        [
            ("project", "nowhere"),
            ("place", "火星"),
            ("baseline", "0000-9999"),
            ("basis", "moon"),
            ("sheet", "r9/x"),
            ("lang", "xx"),
        ],
    )
    def test_an_unknown_value_is_said_and_the_default_holds(self, key: str, value: str) -> None:
        at = app(**{key: value})
        assert len(at.warning) == 1
        assert "无法识别,已按默认显示" in at.warning[0].value
        assert not at.exception
        assert key not in at.query_params

    def test_an_unknown_key_is_said(self) -> None:
        at = app(drop="table")
        assert "网址中的“drop”不是本系统的参数,已忽略。" in at.warning[0].value.replace("\\", "")

    def test_an_absurdly_long_value_is_cut(self) -> None:
        at = app(place="长" * 5000)
        assert len(at.warning[0].value) < 400

    def test_markup_in_a_value_is_text(self) -> None:
        at = app(place="![x](http://example.com/a.png)")
        assert "\\!\\[x\\]" in at.warning[0].value

    def test_a_good_view_is_kept_in_the_url(self) -> None:
        at = app(place="璜土镇", baseline="2301-2612", lang="en")
        assert [w.value for w in at.warning] == []
        assert at.query_params["place"] in ("璜土镇", ["璜土镇"])


def test_a_store_that_cannot_be_used_is_a_sentence_on_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import streamlit as st

    from core.service import home

    st.cache_resource.clear()
    monkeypatch.setenv("RENEWAL_STORE", str(tmp_path / "missing.duckdb"))
    home.close()
    at = app()
    assert len(at.error) == 1
    assert "找不到数据文件" in at.error[0].value
    assert not at.exception
    st.cache_resource.clear()


def test_a_store_that_has_lost_something_says_so_over_its_pages(store_path: Path) -> None:
    import shutil

    from core.service import home
    from tests.core.store.test_postgres import save

    older = store_path.with_name("older.duckdb")
    shutil.copy(store_path, older)
    save(home.store())
    home.close()
    shutil.copy(older, store_path)
    at = app()
    assert "缺少1条已确认保存的记录" in at.error[0].value
    assert len(at.error) == 1
    assert not at.exception
