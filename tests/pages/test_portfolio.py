"""项目群 from app.py: the list, what narrows and orders it, links, odd names, many projects, none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.model.context import Actor
from core.service.base import open_store
from core.service.manage import demo, portfolio
from core.store import snapshots
from pages.shared import filters
from tests.pages.opening import opened

SAMPLE = "lingang-2023"
WANG = Actor("browser-of-wang", "王工")


def app(page: str = "manage/portfolio", **query: str) -> AppTest:
    return opened(page, **query)


def put(name: str, project: str) -> None:
    facts = demo.facts(3)
    snapshots.add(
        open_store.store(),
        replace(facts, project=replace(facts.project, id=project, name=name), batch=f"{project}@x"),
        WANG,
    )


def column(at: AppTest, number: int = 0) -> list[str]:
    return [str(value) for value in at.table[0].value.iloc[:, number]]


def headings(at: AppTest) -> list[str]:
    return [each.value.replace("\\", "") for each in at.markdown if each.value.startswith("## ")]


@pytest.mark.usefixtures("store_path")
class TestThePage:
    def test_one_project_is_a_list_of_one(self) -> None:
        at = app()
        assert not at.exception
        assert headings(at) == ["## 1个项目：概算15,000万元，已支付8,000万元（53.3%）；1个支付慢于工期，整改0/6"]
        assert len(at.get("plotly_chart")) == 1
        assert len(at.get("pagination")) == 0

    def test_a_name_leads_to_its_project(self) -> None:
        put("乙项目", "乙 2/&?")
        at = app()
        assert "[乙项目](./?project=%E4%B9%99%202%2F%26%3F)" in column(at)
        assert "[乙项目](./?project=%E4%B9%99%202%2F%26%3F&lang=en)" in column(app(lang="en"))

    def test_such_a_link_opens_the_project(self) -> None:
        put("乙项目", "乙 2/&?")
        at = app("progress/overview", project="乙 2/&?")
        assert not at.exception
        assert [w.value for w in at.warning] == []
        assert any("乙项目" in each.value for each in at.markdown)

    def test_odd_names_are_text(self) -> None:
        put("![x](http://e/a.png)\n\n# <b>粗</b>\x07|$a$", "odd")
        at = app()
        (cell,) = [each for each in column(at) if "project=odd" in each]
        assert cell.startswith("[\\!\\[x\\]\\(http")
        assert "a\\.png\\) \\# \\<b\\>粗" in cell
        assert "\n" not in cell
        assert not at.exception

    def test_searching_narrowing_and_ordering(self) -> None:
        put("乙项目", "b")
        put("甲项目", "a")
        at = app()
        at.text_input(key="portfolio_text").set_value("项目").run()
        assert len(column(at)) == 3
        at.text_input(key="portfolio_text").set_value("乙").run()
        assert column(at) == ["[乙项目](./?project=b)"]
        at.text_input(key="portfolio_text").set_value("").run()
        at.selectbox(key="portfolio_sort").set_value("estimate").run()
        at.toggle(key="portfolio_descending").set_value(True).run()
        assert column(at, 1)[0] == "15,000\\.00"
        assert {"sort", "order"} <= set(at.query_params)
        at.text_input(key="portfolio_text").set_value("没有").run()
        assert "没有符合条件的项目。请改变查找的文字或筛选。" in [i.value.replace("\\", "") for i in at.info]
        assert not at.exception

    def test_more_than_a_page(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(portfolio, "PAGE", 2)
        for n in range(4):
            put(f"项目{n}", f"p{n}")
        at = app()
        assert len(column(at)) == 2
        at.query_params["page"] = "3"
        at.run()
        assert len(column(at)) == 1
        at.text_input(key="portfolio_text").set_value("项目").run()
        assert len(column(at)) == 2
        assert not at.exception

    def test_many_projects_are_not_listed_in_the_head(self, monkeypatch: pytest.MonkeyPatch) -> None:
        put("乙项目", "b")
        assert any(box.key == "choose_project" for box in app("progress/overview").selectbox)
        monkeypatch.setattr(filters, "MOST_LISTED", 1)
        at = app("progress/overview")
        assert not any(box.key == "choose_project" for box in at.selectbox)
        assert "切换项目" in [link.proto.label for link in at.get("page_link")]

    def test_in_english(self) -> None:
        at = app(lang="en")
        assert not at.exception
        assert not at.error


@pytest.mark.parametrize(
    "page", ["progress/overview", "progress/budget", "evidence/checks", "evidence/findings", "manage/portfolio"]
)
def test_an_empty_store_says_what_to_do(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "empty.duckdb"
    open_store.build_at(path, empty=True)
    monkeypatch.setenv("RENEWAL_STORE", str(path))
    open_store.close()
    at = app(page)
    assert not at.exception
    assert [each.value.replace("\\", "") for each in at.info] == ["还没有项目。请先导入资金明细表和受益明细表。"]
    assert not at.error
    open_store.close()
