"""The router: query check, language, error box."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import HOME, opened

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
            ("place", "火星"),
            ("baseline", "0000-9999"),
            ("basis", "moon"),
            ("lang", "xx"),
        ],
    )
    def test_an_unknown_value_is_said_and_the_default_holds(self, key: str, value: str) -> None:
        at = app(**{key: value})
        assert len(at.warning) == 1
        assert "无法识别，已按默认显示" in at.warning[0].value
        assert not at.exception
        assert key not in at.query_params

    def test_an_unknown_round_or_sheet_is_said_until_one_is_chosen(self) -> None:
        at = app(round="r9", sheet="r9/x")
        for _ in range(2):
            assert [each.value.replace("\\", "") for each in at.warning] == [
                "网址中的“round=r9”无法识别：本项目没有这个编号。",
                "网址中的“sheet=r9/x”无法识别：本项目没有这个编号。",
            ]
            assert "sheet" not in at.query_params
            assert "round" not in at.query_params
            at.run()

    def test_of_an_unknown_project_it_is_asked_which_one_is_meant(self) -> None:
        at = app(project="nowhere", place="璜土镇")
        for _ in range(2):
            assert "没有编号为“nowhere”的项目" in at.warning[0].value
            assert [each.label for each in at.button] == ["2023年度申港、夏港区域老小区改造项目"]
            assert not at.metric  # no figures of another project
            assert "project" not in at.query_params
            at.run()
        at.button[0].click().run()
        for key, value in (("project", "lingang-2023"), ("place", "璜土镇")):
            assert at.query_params[key] in (value, [value])
        assert at.metric
        assert not at.warning

    def test_an_unknown_key_is_said(self) -> None:
        at = app(drop="table")
        assert "网址中的“drop”不是本系统的参数，已忽略。" in at.warning[0].value.replace("\\", "")

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

    from core.service.base import open_store

    st.cache_resource.clear()
    monkeypatch.setenv("RENEWAL_STORE", str(tmp_path / "missing.duckdb"))
    open_store.close()
    at = app()
    assert len(at.error) == 1
    assert "找不到数据文件" in at.error[0].value
    assert not at.exception
    st.cache_resource.clear()


# No wrong number, D30
def test_a_store_that_may_only_be_read_says_so_over_its_pages(
    store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    before = store_path.read_bytes()
    for page in (HOME, "progress/budget", "scoring/scorecard", "evidence/checks"):
        at = opened(page)
        (said,) = [error.value.replace("\\", "") for error in at.error]
        assert said == f"没有权限写入数据文件“{store_path}”。请修改其权限后重试；文件未改动。现在只能查看。"
        assert not at.exception
        assert len(at.main) > 2  # more than the sentence and the head of the page
    assert store_path.read_bytes() == before


def test_a_store_that_has_lost_something_says_so_over_its_pages(store_path: Path) -> None:
    import shutil

    from core.service.base import open_store
    from tests.core.store.test_postgres import save

    older = store_path.with_name("older.duckdb")
    shutil.copy(store_path, older)
    save(open_store.store())
    open_store.close()
    shutil.copy(older, store_path)
    at = app()
    assert "缺少1条已确认保存的记录" in at.error[0].value
    assert len(at.error) == 1
    assert not at.exception


def test_a_page_that_ends_early_leaves_nothing_that_draws_itself_anew() -> None:
    """Where something did, it drew into a page that had ended, and the browser emptied the whole of it."""

    def page() -> None:
        import streamlit as st
        from streamlit.runtime.scriptrunner import get_script_run_ctx

        from pages.shared import script_run

        run = get_script_run_ctx()
        assert run is not None
        run.fragment_storage.register("of the run before", lambda: None)
        st.session_state["parts"] = run.fragment_storage

        @st.fragment(run_every=60)
        def part() -> None:
            st.write("drawn")

        part()
        (st.session_state["of this run"],) = run.shared.new_fragment_ids.snapshot()
        script_run.end()

    at = AppTest.from_function(page).run()
    assert not at.exception
    assert [each.value for each in at.markdown] == ["drawn"]
    parts = at.session_state["parts"]
    assert not parts.contains("of the run before")
    assert parts.contains(at.session_state["of this run"])
