"""总览, 资金使用, 受益情况 from app.py: what stands on them, in both languages, with a street chosen, when empty."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from core.model.project import Facts
from core.service.base import project as service
from tests.pages.opening import opened

FIGURES = {
    "overview": {"how_pace", "how_streets", "how_card_paid", "how_card_finish"},
    "budget": {"how_estimate", "how_funds", "how_sources", "how_bases", "how_needed"},
    "beneficiaries": {"how_benefit", "how_concentration"},
}
"""The button 怎么算 of each figure that a page has at least."""
PAGES = tuple(FIGURES)
CHARTS = {"overview": 1, "budget": 2, "beneficiaries": 0}

pytestmark = pytest.mark.usefixtures("store_path")


def app(page: str, **query: str) -> AppTest:
    return opened(f"progress/{page}", **query)


def words(at: AppTest) -> str:
    """Everything that the page says, without Markdown's backslashes."""
    return "\n".join(element.value for element in (*at.markdown, *at.caption)).replace("\\", "")


def charts(at: AppTest) -> list[str]:
    return [json.dumps(json.loads(chart.proto.spec), ensure_ascii=False) for chart in at.get("plotly_chart")]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_shows_in_both_languages(page: str, lang: str) -> None:
    at = app(page, lang=lang)
    assert [error.value for error in at.error] == []
    assert not at.exception
    assert FIGURES[page] <= {button.key for button in at.button}
    assert len(charts(at)) >= CHARTS[page]


class TestOverview:
    def test_the_whole_view(self) -> None:
        at = app("overview")
        said = words(at)
        assert "支付进度滞后工期8.0个百分点；按此前速度约2026年5月付完，比计划晚约5个月" in said
        cards = {"累计支付": "8,000万元", "预计付完": "2026年5月", "计划受益": "26,310户", "报告得分": "93分·优"}
        assert cards.items() <= {metric.label: metric.value for metric in at.metric}.items()
        assert "占概算53.3%，工期已过61.4%" in said
        assert "计划2025年12月，晚约5个月" in said
        assert "28个小区、780栋；完工数未填报" in said
        assert "璜土镇户均支付最高，利港街道最低，相差2.5倍；请街镇说明原因" in said
        assert "未付7,000万元：专项债4,000、财政预算资金3,000" in said
        assert "今后每月须付583万元，为此前的1.39倍" in said
        assert "数据截至2024年12月31日" in said
        assert "待核实3项，先看“小区数的第二个数”" in said
        assert [each.proto.label for each in at.get("page_link")] == [
            "资金使用",
            "数据疑点",
            "数据疑点",
            "预警",
            "绩效评分",
        ]

    def test_the_age_of_the_data_is_never_in_a_picture(self) -> None:
        at = app("overview")
        assert "数据已超过12个月" in words(at)
        assert "12个月" not in "".join(charts(at))

    def test_the_planned_time_of_the_url_counts(self) -> None:
        assert "支付进度快于工期3.3个百分点" in words(app("overview", baseline="2301-2612"))

    def test_how_opens_the_table(self) -> None:
        at = app("overview")
        at.button(key="how_streets").click().run()
        assert any("璜土镇" in table.value.to_string() for table in at.table)


class TestPlace:
    @pytest.mark.parametrize("page", PAGES)
    def test_the_chosen_street_is_a_chip_that_can_be_cleared(self, page: str) -> None:
        at = app(page, place="利港街道")
        chip = at.button(key="clear_place")
        assert chip.label == "街镇：利港街道 ✕"
        chip.click().run()
        assert "place" not in at.query_params
        assert "clear_place" not in {button.key for button in at.button}

    def test_it_stands_out_in_the_figures(self) -> None:
        assert "0.35" in charts(app("budget", place="利港街道"))[0]


class TestBudget:
    def test_the_whole_view(self) -> None:
        """FACTS 1 and 2."""
        at = app("budget")
        said = words(at)
        assert "概算15,000万元已支付53.3%；未付的7,000万元中，专项债4,000、财政预算资金3,000" in said
        assert "资金明细表：概算未分解，各街镇只有占概算的比例是确定的" in said
        assert "财政预算资金一笔未付" in said
        assert "口径不同，支付比例为0.00%～100.00%" in said
        assert "4种分摊口径下，璜土镇测算执行率都最高" in said
        needed = charts(at)[-1]
        assert "要在计划工期内付清，今后每月须支付583万元，为此前月均的1.39倍" in needed
        assert [each.key for each in at.button if each.key and each.key.startswith("fill_in")] == []

    def test_each_figure_says_where_it_stands(self) -> None:
        at = app("budget")
        at.button(key="how_funds").click().run()
        said = next(table.value.to_string() for table in at.table if "来源" in table.value.columns).replace("\\", "")
        assert "资金明细表 第3行" in said
        assert "累计支付" in said

    def test_a_street_alone(self) -> None:
        """FACTS 2: 1,309 of 15,000 are 8.73 %, between 28.21 and 48.87 %."""
        said = words(app("budget", place="利港街道"))
        assert "利港街道已支付1,309万元，占全项目概算8.7%；测算执行率28.2%～48.9%（测算值·非批复数）" in said
        assert "全项目：财政预算资金一笔未付" in said
        assert "全项目：口径不同，支付比例为0.00%～100.00%" in said

    def test_one_allocation_key_on_choice(self) -> None:
        said = words(app("budget", basis="m2"))
        assert "竖虚线为全项目53.33%" in said
        assert "4种分摊口径" not in said


class TestLacking:
    """What is missing is a line with the way to enter it; nothing is blank, and no headline says —."""

    @pytest.fixture
    def shown(self, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
        from core.service.progress import funds

        full = service.facts

        def show(change: Callable[[Facts], Facts]) -> AppTest:
            monkeypatch.setattr(funds, "facts_of", lambda ctx, name: change(full(ctx, name)))
            at = app("budget")
            assert not at.exception
            headline = next(each.value for each in at.markdown if each.value.startswith("## "))
            assert "—" not in headline
            return at

        return show

    def test_no_sources(self, shown: Callable[..., AppTest]) -> None:
        at = shown(lambda facts: replace(facts, funding=()))
        assert "概算15,000万元已支付53.3%；未付7,000万元" in words(at)
        assert "缺资金计划，暂不能分资金来源。" in words(at)
        assert "how_sources" not in {each.key for each in at.button}
        assert at.button(key="fill_in_funding").label == "补填"

    def test_no_payments(self, shown: Callable[..., AppTest]) -> None:
        at = shown(lambda facts: replace(facts, spend=()))
        assert "概算15,000万元；累计支付未填报" in words(at)
        assert "缺资金明细表，暂无累计支付。" in words(at)
        keys = {each.key for each in at.button}
        assert not {"how_estimate", "how_funds", "how_bases", "how_needed"} & keys
        assert {"how_sources", "fill_in_money"} <= keys
        assert charts(at) == []

    def test_no_estimate(self, shown: Callable[..., AppTest]) -> None:
        at = shown(lambda facts: replace(facts, budget_groups=()))
        assert "4个街镇已支付8,000万元，概算未填报" in words(at)
        assert "缺概算，暂不能算支付占概算的比例和未支付。" in words(at)
        keys = {each.key for each in at.button}
        assert not {"how_estimate", "how_bases", "how_needed"} & keys
        assert {"how_funds", "fill_in_estimate"} <= keys

    def test_one_street_is_silent(self, shown: Callable[..., AppTest]) -> None:
        """8,000 without the 1,309 of 利港街道 are 6,691."""

        def without(facts: Facts) -> Facts:
            return replace(facts, spend=(*facts.spend[:-1], replace(facts.spend[-1], paid=None)))

        at = shown(without)
        assert "4个街镇中3个填报了支付，合计6,691万元；其余未填报" in words(at)
        assert "未填报：利港街道的累计支付；显示为“—”，不当作0。" in words(at)
        keys = {each.key for each in at.button}
        assert {"how_funds", "fill_in_places"} <= keys
        assert not {"how_estimate", "how_needed"} & keys
        assert "竖虚线" not in words(at)
        assert charts(at) == []


class TestBeneficiaries:
    def test_the_caution_stands_on_the_page(self) -> None:
        assert "低不等于好" in words(app("beneficiaries"))

    def test_what_is_planned_and_paid_for_each_is_said(self) -> None:
        said = words(app("beneficiaries"))
        assert "计划受益26,310户；户均支付璜土镇为全项目的1.57倍，利港街道为0.63倍" in said
        assert "每户计划投资5,701.25元（概算÷户数），已支付3,040.67元，占53.3%。" in said
        assert "按户数排列，支付集中度0.159；按面积排列0.238（0为完全均匀）。璜土镇占户数17.2%，占支付27.1%。" in said

    def test_the_table_says_shares_by_the_address_and_by_its_switch(self) -> None:
        at = app("beneficiaries", shown="share")
        assert "受益明细表：璜土镇占户数17.2%，占支付27.1%" in words(at)
        at.segmented_control(key="choose_shown").set_value("amount").run()
        assert "受益明细表：夏港街道户数最多" in words(at)
        assert "shown" not in at.query_params

    def test_a_chosen_street_is_what_the_page_is_about(self) -> None:
        said = words(app("beneficiaries", place="利港街道"))
        assert "利港街道计划受益6,848户、5个小区、205栋；户均支付1,912元，为全项目平均的0.63倍" in said
        assert "支付集中在少数户上吗（全项目）" in said
        assert "全项目：每户计划投资5,701.25元" in said

    def test_what_is_missing_is_a_line_that_leads_to_where_it_is_entered(self) -> None:
        at = app("beneficiaries")
        assert "完工户数未填报" in words(at)
        assert "开工和完工小区、验收合格、满意度、改造前后对比未填报" in words(at)
        assert {"fill_in_finished", "fill_in_work"} <= {button.key for button in at.button}
        assert at.button(key="fill_in_finished").label == "补填"

    def test_what_is_said_nowhere_else_opens_below(self) -> None:
        at = app("beneficiaries")
        at.session_state["more"] = True
        at.run()
        assert {"how_others", "how_gini_households", "how_gini_area"} <= {
            each.key for each in (*at.button, *at.expander)
        }


@pytest.mark.parametrize("page", PAGES)
def test_a_project_without_rows_says_what_to_do(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from core.service.progress import benefit, first_sight, funds, money_and_households

    full = service.facts
    for module in (benefit, first_sight, funds, money_and_households):
        monkeypatch.setattr(
            module, "facts_of", lambda ctx, name: replace(full(ctx, name), spend=(), renovation=(), funding=())
        )
    at = app(page)
    said = [info.value.replace("\\", "") for info in at.info]
    assert said == ["这个项目还没有本页要用的数据。请导入资金明细表或受益明细表。"]
    assert not at.exception
    assert charts(at) == []
