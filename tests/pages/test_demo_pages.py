"""The demo store from app.py: every page has something to show, of the invented project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.model.context import Actor
from core.service.base import open_store
from core.service.manage import demo

ROOT = Path(__file__).resolve().parents[2]
ROUTER = (ROOT / "app.py").read_text("utf-8")
EVERY = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("pages/*/*.py"))
OF_NO_PROJECT = ("pages/manage/portfolio.py", "pages/briefing/verify.py")
ACCOUNTS = "pages/manage/accounts.py"
"""Only where people log in (tests/pages/test_accounts_page.py)."""
PAGES = [page for page in EVERY if f'"{page}"' in ROUTER and page != ACCOUNTS]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.duckdb"
    demo.make(path)
    return path


@pytest.fixture(autouse=True)
def opened(made: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("RENEWAL_STORE", str(made))
    open_store.close()
    st.cache_resource.clear()
    yield
    open_store.close()


@pytest.mark.parametrize("page", PAGES)
def test_each_page_has_something_to_show(page: str) -> None:
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    at.query_params["project"] = demo.ID
    at.session_state["actor"] = Actor("browser-of-wang", "王工")
    at.session_state["who_has_spoken"] = True
    at.switch_page(page).run()
    assert not at.exception
    assert [each.value for each in at.error] == []
    assert not [each.value for each in at.info if each.value.startswith("还没有")]
    shown = "\n".join(each.value for each in (*at.markdown, *at.caption))
    assert "演示数据" in shown or page in OF_NO_PROJECT


def test_the_pages_are_those_of_the_router() -> None:
    assert len(PAGES) >= 9
