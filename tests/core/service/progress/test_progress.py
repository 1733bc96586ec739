"""总览's words, letter for letter, from the shipped store; other planned times; what stands behind a panel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.errors import UnknownName
from core.model.context import Actor, Context
from core.model.measure import Measures
from core.model.project import Baseline, Facts, Funding
from core.progress import measures
from core.render import plotly
from core.service.base import open_store
from core.service.base import project as service
from core.service.progress import benefit, money_and_households, overview
from core.service.scoring import leading_sheet, scorecards
from core.store import read, snapshots
from tests.core.by_id import by_id
from tests.core.lingang import FACTS

PROJECT = "lingang-2023"
HERE = Context(Actor("t", "测试"))
ENGLISH = Context(Actor("t", "测试"), "en")


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "renewal.duckdb"
    open_store.build_at(path)
    return path


@pytest.fixture(autouse=True)
def opened(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("RENEWAL_STORE", str(shipped))
    yield
    open_store.close()


class TestOverview:
    def test_the_headline(self) -> None:
        view = overview.overview(HERE, PROJECT)
        assert str(view.headline) == "已支付8,000.00万元，占概算53.33%；工期已过61.38%，支付慢8.04个百分点"
        assert view.title == "2023年度申港、夏港区域老小区改造项目"
        assert str(view.subtitle) == "璜土镇、夏港街道、申港街道、利港街道 · 数据截至2024年12月31日"

    def test_the_cards(self) -> None:
        cards = overview.overview(HERE, PROJECT).cards
        said = {
            "paid": ("累计支付", "8,000.00万元", "占概算53.33%"),
            "time_elapsed": ("工期已过", "61.38%", "580/945天"),
            "households": ("计划受益", "26,310户", "28个小区、780栋；完工数未填报"),
            "score": ("报告得分", "93分·优", "原评分表未附"),
        }
        assert said.items() <= {c.id: (str(c.label), str(c.value), str(c.caveat)) for c in cards}.items()
        assert len({c.id for c in cards}) == len(cards)

    def test_the_sentences(self) -> None:
        said = {
            "pace": "进度：按计划工期付完，今后每月需支付583.33万元；此前月均421.05万元，需达此前的1.39倍。",
            "money": "资金：已支付的8,000.00万元全部是专项债资金；财政预算资金3,000.00万元尚未支付。",
            "places": "街镇：户均支付璜土镇4,787.61元，利港街道1,911.51元，前者是后者的2.5倍；"
            "可能与开工先后有关，待说明。",
        }
        found = overview.overview(HERE, PROJECT).sentences
        assert said.items() <= {name: str(sentence) for name, sentence in found.items()}.items()

    @pytest.mark.parametrize(
        ("baseline", "end"),
        [
            ("2301-2612", "工期已过50.03%，支付快3.30个百分点"),
            ("2301-2512", "工期已过66.70%，支付慢13.36个百分点"),
            ("2306-2612", "工期已过44.27%，支付快9.06个百分点"),
        ],
    )
    def test_the_verdict_follows_the_planned_time(self, baseline: str, end: str) -> None:
        assert str(overview.overview(HERE, PROJECT, baseline).headline).endswith(end)

    def test_unknown_names_are_said(self) -> None:
        with pytest.raises(UnknownName):
            overview.overview(HERE, "nowhere")
        with pytest.raises(UnknownName):
            overview.overview(HERE, PROJECT, "0000")


class TestScoreCard:
    def test_the_sheets_total_joins_after_the_first_confirmation(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "own.duckdb"
        open_store.close()
        open_store.build_at(path)
        monkeypatch.setenv("RENEWAL_STORE", str(path))
        item = scorecards.scorecard(HERE, PROJECT).items[0]
        edit = {
            "edit_id": "11111111-1111-4111-8111-111111111111",
            "code": item.indicator.code,
            "points": str(item.points),
            "status": "confirmed",
            "reason": "",
            "base": 1,
        }
        answers = scorecards.save(HERE, PROJECT, scorecards.WORKING, [edit])
        assert len(answers) == 1
        card = by_id(overview.overview(HERE, PROJECT).cards)["score"]
        assert (str(card.value), str(card.caveat)) == ("93分·优", "初评·初评工作表合计93.00，已确认1/32")


class TestPanels:
    def test_budget_has_its_figures_and_tables(self) -> None:
        view = money_and_households.budget(HERE, PROJECT)
        panels = by_id(view.panels)
        assert {"estimate", "allocation", "funding", "rates", "pace", "monthly"} <= set(panels)
        assert str(view.headline) == "概算15,000.00万元：4个街镇已支付8,000.00万元（53.33%），未支付7,000.00万元"
        allocation = panels["allocation"]
        assert allocation.rows[0] == ("璜土镇", "83.97%", "122.32%", "87.91%", "80.79%")
        assert allocation.picture == "2023年度申港、夏港区域老小区改造项目_各街镇测算执行率（测算值·非批复数）_20241231"
        assert "璜土镇：83.97%" in allocation.alt
        assert panels["estimate"].rows[-1] == ("合计", "15,000.00", "100.00%")

    def test_one_key_on_choice(self) -> None:
        behind = by_id(money_and_households.budget(HERE, PROJECT, key="m2").panels)["allocation"].measures
        assert {m.basis for m in behind if m.id == "allocated_rate"} == {"m2"}

    def test_the_day_of_the_forecast_stands_in_how(self) -> None:
        pace = by_id(money_and_households.budget(HERE, PROJECT).panels)["pace"]
        assert any("2026年5月19日" in row for row in pace.how)

    def test_beneficiaries_have_theirs(self) -> None:
        view = money_and_households.beneficiaries(HERE, PROJECT)
        panels = by_id(view.panels)
        assert {"scope", "unit_costs", "intensity", "household_area"} <= set(panels)
        assert {"gini_households", "gini_area"} == set(by_id(benefit.benefit(HERE, PROJECT).curves))
        assert panels["scope"].rows[-1] == ("合计", "28", "780", "26,310", "330.67")
        assert panels["unit_costs"].rows[-1] == ("全项目计划", "5,701.25", "45.36", "19.23", "535.71")
        assert "不等于好" in str(view.caution)

    def test_how_says_what_a_measure_is_made_of(self) -> None:
        how = by_id(money_and_households.budget(HERE, PROJECT).panels)["rates"].how
        assert how[0] == ("指标", "数值", "怎么算", "口径", "来源", "截至", "条件")
        assert how[1][:4] == ("累计支付占概算", "53.33%", "累计支付8,000.00万元 ÷ 概算15,000.00万元", "概算")
        assert how[4][6] == "测算值·非批复数（到位资金由报告推算）"

    def test_a_planned_time_is_named_as_a_condition(self) -> None:
        how = by_id(overview.overview(HERE, PROJECT).panels)["payment_and_time"].how
        assert how[2][6] == "计划工期2023.06—2025.12"
        assert how[3][1] == "-8.04个百分点"

    def test_english_and_narrow_panels_are_made_too(self) -> None:
        panels = money_and_households.budget(ENGLISH, PROJECT, narrow=True).panels
        panels += money_and_households.beneficiaries(ENGLISH, PROJECT, narrow=True).panels
        assert all(plotly.drawn(panel).data for panel in panels)

    def test_a_click_place_is_known_to_every_street_figure(self) -> None:
        view = money_and_households.beneficiaries(HERE, PROJECT, place="利港街道")
        intensity = plotly.drawn(by_id(view.panels)["intensity"])
        assert list(intensity.data[0].marker.opacity) == [0.35, 0.35, 0.35, 1.0]


class TestOtherData:
    """Sentences when the figures lie otherwise, or are not all there."""

    @pytest.fixture
    def given(self, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
        shipped_facts = service.facts

        def change(**parts: object) -> None:
            for module in (overview, money_and_households):
                monkeypatch.setattr(module, "facts_of", lambda ctx, name: replace(shipped_facts(ctx, name), **parts))

        return change

    def test_before_the_planned_time_nothing_is_compared(self, given: Callable[..., None]) -> None:
        given(as_of=date(2022, 12, 31))
        view = overview.overview(HERE, PROJECT)
        assert str(view.headline) == "已支付8,000.00万元，占概算53.33%；工期已过—"
        assert str(view.sentences["pace"]) == "计划工期内已没有整月，或支付数不全，无法比较月均支付。"
        assert "支付与计划工期" in view_words(money_and_households.budget(HERE, PROJECT))

    def test_payment_level_with_time_is_said(self, given: Callable[..., None]) -> None:
        # 8 of 15 days of the planned time have passed, as 8,000 of 15,000 are paid.
        level = Baseline("level", date(2024, 12, 24), date(2025, 1, 7), True, "—")
        given(baselines=(level,))
        assert str(overview.overview(HERE, PROJECT).headline).endswith("支付与工期同步")

    def test_without_a_planned_time_there_is_no_pace(self, given: Callable[..., None]) -> None:
        given(baselines=())
        shown = by_id(money_and_households.budget(HERE, PROJECT).panels)
        assert "estimate" in shown
        assert not {"pace", "monthly"} & set(shown)

    def test_budget_money_paid_too(self, given: Callable[..., None]) -> None:
        bond, budget = service.facts(HERE, PROJECT).funding
        given(funding=(replace(bond, paid=Decimal(7000)), replace(budget, paid=Decimal(1000))))
        assert str(overview.overview(HERE, PROJECT).sentences["money"]) == (
            "资金：已支付专项债资金7,000.00万元、财政预算资金1,000.00万元；财政预算资金尚有2,000.00万元未支付。"
        )
        assert "各来源资金的计划与已支付" in view_words(money_and_households.budget(HERE, PROJECT))

    def test_one_street_cannot_be_compared(self, given: Callable[..., None]) -> None:
        facts = service.facts(HERE, PROJECT)
        given(places=facts.places[:1], spend=facts.spend[:1], renovation=facts.renovation[:1])
        assert str(overview.overview(HERE, PROJECT).sentences["places"]) == "街镇：户均支付数据不全，无法比较。"

    def test_no_reported_score_is_a_dash(self, given: Callable[..., None]) -> None:
        given(claims=())
        assert str(by_id(overview.overview(HERE, PROJECT).cards)["score"].value) == "—"

    def test_a_project_without_a_sheet_still_states_the_claim(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(leading_sheet, "sheets", lambda ctx, name: ())
        assert str(by_id(overview.overview(HERE, PROJECT).cards)["score"].value) == "93分"

    def test_payment_ahead_of_time_is_drawn_and_said(self) -> None:
        assert "比按工期均匀支付多495万元" in view_words(money_and_households.budget(HERE, PROJECT, "2301-2612"))

    def test_beneficiaries_without_money_show_the_scope(self, given: Callable[..., None]) -> None:
        given(spend=())
        view = money_and_households.beneficiaries(HERE, PROJECT)
        shown = by_id(view.panels)
        assert {"scope", "household_area"} <= set(shown)
        assert not {"unit_costs", "intensity"} & set(shown)


def view_words(view: money_and_households.BudgetView) -> str:
    return "".join(note.text for p in view.panels for note in plotly.drawn(p).layout.annotations)


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(replace(FACTS, renovation=()), id="money without homes"),
        pytest.param(
            replace(
                FACTS,
                places=("A" * 60, *FACTS.places[1:]),
                spend=(replace(FACTS.spend[0], place="A" * 60), *FACTS.spend[1:]),
                renovation=(replace(FACTS.renovation[0], place="A" * 60), *FACTS.renovation[1:]),
                budget_groups=tuple(replace(g, places=("A" * 60, *FACTS.places[1:])) for g in FACTS.budget_groups),
            ),
            id="a very long name",
        ),
    ],
)
def test_the_pages_stand_on_odd_facts(facts: Facts, monkeypatch: pytest.MonkeyPatch, store_path: Path) -> None:
    for module in (benefit, money_and_households):
        monkeypatch.setattr(module, "facts_of", lambda ctx, name: facts)
    assert money_and_households.budget(HERE, "lingang-2023").panels
    assert benefit.benefit(HERE, "lingang-2023").headline
    assert money_and_households.beneficiaries(HERE, "lingang-2023").headline


def test_every_kind_of_money_is_in_the_panel_of_sources(monkeypatch: pytest.MonkeyPatch, store_path: Path) -> None:
    """No wrong number, C17: a kind beside bond and budget under its own name, with what is not reported as —."""
    kinds = (
        *FACTS.funding,
        Funding("一般债券", "一般债券", Decimal(2000), Decimal(500), None, Decimal("0.1"), "报告 一"),
        Funding("居民自筹", "居民自筹", Decimal(300), None, None, Decimal("0.02"), "报告 一"),
    )
    monkeypatch.setattr(money_and_households, "facts_of", lambda ctx, name: replace(FACTS, funding=kinds))
    panel = by_id(money_and_households.budget(HERE, PROJECT).panels)["funding"]
    rows = [tuple(str(cell) for cell in row) for row in panel.rows]
    assert rows[2:] == [("一般债券", "2,000.00", "500.00", "25.00%"), ("居民自筹", "300.00", "—", "—")]
    found = overview._money_sentence(Measures(measures(replace(FACTS, funding=kinds))))
    assert str(found) == (
        "资金：累计支付8,000.00万元，其中专项债已支付8,000.00万元、财政预算资金已支付0.00万元、一般债券已支付500.00万元。"
    )


@pytest.mark.parametrize("gaps", [{"paid"}, {"invested"}, {"area", "buildings"}, {"communities", "households"}])
def test_what_is_not_reported_is_a_line_and_no_page_breaks(store_path: Path, gaps: set[str]) -> None:
    store = open_store.store()
    december = read.facts(store, PROJECT)
    facts = replace(
        december,
        batch="gaps",
        spend=tuple(replace(x, **{n: None for n in gaps & {"paid", "invested"}}) for x in december.spend),
        renovation=tuple(replace(x, **{n: None for n in gaps - {"paid", "invested"}}) for x in december.renovation),
    )
    snapshots.add(store, facts, HERE.actor)
    seen = overview.overview(HERE, PROJECT)
    assert str(seen.sentences["gaps"]).startswith("未填报：")
    assert benefit.benefit(HERE, PROJECT).gaps == seen.sentences["gaps"]
    if gaps == {"paid"}:
        money = money_and_households.budget(HERE, PROJECT)
        assert str(money.headline) == "概算15,000.00万元，已投资8,000.00万元；累计支付未填报"
        assert [panel.id for panel in money.panels] == ["funding"]


def test_homes_alone_or_money_alone_are_something_to_look_at(store_path: Path) -> None:
    store = open_store.store()
    december = read.facts(store, PROJECT)
    homes = replace(december, batch="homes", spend=(), budget_groups=(), funding=(), claims=())
    snapshots.add(store, homes, HERE.actor)
    seen = overview.overview(HERE, PROJECT)
    shown = {card.id: str(card.value) for card in seen.cards}
    assert (seen.empty, shown["households"], shown["paid"]) == (False, "26,310户", "—")
    snapshots.add(store, replace(december, batch="money", renovation=()), HERE.actor)
    seen = overview.overview(HERE, PROJECT)
    shown = {card.id: str(card.value) for card in seen.cards}
    assert (seen.empty, shown["households"], shown["paid"]) == (False, "—", "8,000.00万元")
    nothing = replace(homes, batch="nothing", renovation=())
    snapshots.add(store, nothing, HERE.actor)
    assert overview.overview(HERE, PROJECT).empty
