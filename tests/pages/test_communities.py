"""小区明细 from app.py: drilled by address, found, ordered, downloaded; not there for projects without detail."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.model.context import Actor
from core.service.base import open_store
from core.service.progress import communities
from core.store import read, snapshots
from tests.core.detail import DETAIL, FILE, june
from tests.pages.opening import opened

LINGANG = "lingang-2023"
WANG = Actor("browser-of-wang", "王工")

pytestmark = pytest.mark.usefixtures("store_path")


@pytest.fixture
def detail(store_path: Path) -> None:
    store = open_store.store()
    snapshots.add(store, june(read.facts(store, LINGANG)), WANG, communities=DETAIL, file=FILE)


def app(at_page: str = "communities", **query: str) -> AppTest:
    return opened(f"progress/{at_page}", **query)


def said(at: AppTest) -> str:
    assert not at.exception
    assert not at.error
    return "\n".join(each.value for each in (*at.markdown, *at.caption, *at.info, *at.warning)).replace("\\", "")


def column(at: AppTest, table: int, number: int = 0) -> list[str]:
    return [str(value).replace("\\", "").replace("\u2060", "") for value in at.table[table].value.iloc[:, number]]


def address(at: AppTest) -> dict[str, str]:
    """What stands in the address, but for the project, which always does."""
    assert "project" in at.query_params
    return {
        key: value if isinstance(value, str) else value[-1]
        for key, value in at.query_params.items()
        if key != "project"
    }


def links(at: AppTest) -> list[str]:
    return [each.proto.label for each in at.get("page_link")]


@pytest.mark.usefixtures("detail")
class TestThePage:
    def test_each_street_leads_to_its_communities_and_each_community_to_its_row(self) -> None:
        at = app()
        assert "全项目7个小区，明细合计与街镇的数不一致：利港街道" in said(at)
        assert "[璜土镇](./communities?project=lingang-2023&place=%E7%92%9C%E5%9C%9F%E9%95%87)" in column(at, 0)
        assert column(at, 1)[0].endswith(
            "(./communities?project=lingang-2023&place=%E7%92%9C%E5%9C%9F%E9%95%87&community=%E7%92%9C%E5%9C%9F%E9%95%87%E7%AC%AC1%E6%9D%91)"
        )
        assert len(column(at, 1)) == 7

    def test_the_row_of_a_community(self) -> None:
        at = app(place="利港街道", community="利港街道第2村")
        said(at)
        assert column(at, 1) == ["A8", "B8", "C8", "D8", "G8"]
        assert column(at, 2, 1)[:3] == ["小区台账.xlsx", "台账 第8行", "lingang-2023@2025-06-30"]
        at.button(key="clear_community").click().run()
        assert address(at) == {"place": "利港街道"}
        assert len(at.table) == 2

    def test_a_community_that_is_not_there_has_its_sentence(self) -> None:
        assert "这里没有名为“x”的小区。" in said(app(place="利港街道", community="x"))
        assert "这里没有名为“x”的小区。" in said(app(community="x"))

    def test_finding_and_ordering_stay_in_the_address(self) -> None:
        at = app()
        at.text_input(key="choose_find").set_value("第2村").run()
        at.selectbox(key="choose_sort").set_value("paid").run()
        at.toggle(key="choose_order").set_value(True).run()
        said(at)
        assert address(at) == {"find": "第2村", "sort": "paid", "order": "down"}
        assert [name.split("]")[0] for name in column(at, 1)] == ["[利港街道第2村", "[璜土镇第2村"]
        again = app(find="第2村", sort="paid", order="down")
        assert column(again, 1) == column(at, 1)
        at.text_input(key="choose_find").set_value("没有").run()
        assert "没有符合条件的小区。请改变查找的文字。" in said(at)

    def test_pages_and_a_page_too_far(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(communities, "PAGE", 3)
        assert len(column(app(page="3"), 1)) == 1
        at = app(page="99")
        assert len(column(at, 1)) == 1
        at.selectbox(key="choose_sort").set_value("paid").run()
        assert address(at) == {"sort": "paid"}
        assert len(column(at, 1)) == 3
        at = app()
        assert len(column(at, 1)) == 3
        assert len(at.get("pagination")) == 1

    def test_what_is_of_this_page_alone_is_forgotten_elsewhere(self) -> None:
        at = app(find="第2村", place="璜土镇")
        at.switch_page("pages/progress/budget.py").run()
        said(at)
        assert address(at) == {"place": "璜土镇"}

    def test_another_street_begins_anew(self) -> None:
        at = app(place="璜土镇", community="璜土镇第1村", find="村")
        at.selectbox(key="choose_place").set_value("利港街道").run()
        said(at)
        assert address(at) == {"place": "利港街道", "find": "村"}

    @pytest.mark.parametrize(
        ("key", "value"), [("sort", "x"), ("order", "x"), ("page", "0"), ("page", "x"), ("find", " ")]
    )
    def test_what_the_address_cannot_mean_is_told(self, key: str, value: str) -> None:
        assert f"网址中的“{key}={value}”无法识别" in said(app(**{key: value}))

    def test_the_download_is_what_is_shown(self) -> None:
        at = app(place="利港街道")
        assert [each.proto.label for each in at.get("download_button")] == ["下载本页"]

    def test_pages_of_money_and_homes_lead_here(self) -> None:
        assert "小区明细" in links(app("budget"))
        assert "小区明细" in links(app("beneficiaries", place="璜土镇"))

    def test_in_english(self) -> None:
        at = app(lang="en", place="利港街道", community="利港街道第2村")
        assert "Ligang" in said(at)
        assert column(at, 0)[0] == "Buildings"

    def test_odd_names_are_text(self) -> None:
        store = open_store.store()
        facts = replace(read.facts(store, LINGANG), batch="odd")
        odd = replace(DETAIL[0], name="![x](http://e/a.png)\n# <b>粗</b> & $a$", raw='{"A:<b>": "**粗**"}')
        snapshots.add(store, facts, WANG, communities=[odd])
        at = app(place="璜土镇", community=odd.name)
        said(at)
        assert "\\*\\*粗\\*\\*" in str(at.table[1].value.iloc[0, 2])
        (name,) = at.table[4].value.iloc[:, 0]
        assert name.startswith("[\\!\\[x\\]\\(http")
        assert "\n" not in name


def test_without_detail_there_is_no_page() -> None:
    assert "小区明细" not in links(app("budget"))
    assert "本项目没有小区明细。" in said(app())
