"""项目群: the same figures as each project's own pages, filtered, ordered and paged; the picture; odd names."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings

from core.model.context import Actor, Context, Version
from core.model.measure import Measures
from core.model.project import Baseline, BudgetGroup, Facts
from core.progress import measures
from core.render import plotly
from core.service.base import open_store
from core.service.evidence import findings
from core.service.evidence.findings import FindingDraft
from core.service.manage import portfolio
from core.service.manage.portfolio import PAGE, PortfolioAsked, elapsed, rate
from core.store import portfolio as table
from core.store import read, snapshots
from core.text import render
from tests.core.any_facts import any_facts
from tests.core.lingang import FACTS, NOTHING, spend
from tests.core.service.people import LI, PROJECT, WANG, edit, save

pytestmark = pytest.mark.usefixtures("store_path")
D = Decimal
ENGLISH = Context(Actor("browser-wang", "王工"), "en")


def other(
    name: str,
    paid: str = "5000",
    *,
    estimate: str = "10000",
    as_of: date = date(2024, 12, 31),
    project: str = "",
    source: str = "季报",
) -> Facts:
    """A project with one street; its planned time is 2024, so that 2024-12-31 is its end."""
    return replace(
        FACTS,
        project=replace(FACTS.project, id=project or name, name=name, source=source),
        batch=f"{name}@{as_of}",
        as_of=as_of,
        places=("甲镇",),
        budget_groups=(BudgetGroup("g", D(estimate), ("甲镇",), "表"),),
        spend=(spend("甲镇", paid, "1", group="g"),),
        renovation=(),
        baselines=(Baseline("b", date(2024, 1, 1), date(2024, 12, 31), True, "节"),),
        funding=(),
        claims=(),
    )


def put(*every: Facts) -> None:
    for each in every:
        snapshots.add(open_store.store(), each, WANG.actor)


def names(asked: PortfolioAsked) -> list[str]:
    return [line.cells[0] for line in portfolio.portfolio(WANG, asked).lines]


def cells(project: str) -> dict[str, str]:
    view = portfolio.portfolio(WANG, PortfolioAsked())
    line = next(line for line in view.lines if line.project == project)
    return dict(zip(view.headings, line.cells, strict=True))


class TestALine:
    def test_the_sample_as_facts_2_has_it(self) -> None:
        assert cells(PROJECT) == {
            "项目": "2023年度申港、夏港区域老小区改造项目",
            "概算（万元）": "15,000.00",
            "累计支付（万元）": "8,000.00",
            "占概算": "53.33%",
            "工期已过": "61.38%",
            "快慢（百分点）": "慢8.04",
            "报告得分": "93.00",
            "评分表合计": "—",
            "数据疑点": "不一致4 · 待核实3",
            "整改": "0/6",
            "逾期": "0",
            "数据截至": "2024年12月31日",
        }

    def test_amounts_stand_in_the_unit_that_was_chosen(self) -> None:
        view = portfolio.portfolio(replace(WANG, unit="yi"), PortfolioAsked())
        assert render(view.headline, "zh_CN", "yi").startswith("1个项目：概算1.5亿元，已支付0.8亿元（53.3%）")
        assert (view.headings[1:3], view.lines[0].cells[1:3]) == (
            ("概算（亿元）", "累计支付（亿元）"),
            ("1.5000", "0.8000"),
        )

    def test_the_sheet_s_total_stands_there_once_somebody_has_confirmed_an_item(self) -> None:
        (answer,) = save(WANG, "r1/working", edit("A11", 1, "2.00"))
        assert type(answer).__name__ == "Saved", answer
        shipped = sum(e.points or D(0) for e in read.scores(open_store.store(), PROJECT, "r1/working").values())
        assert cells(PROJECT)["评分表合计"] == f"{shipped:.2f}（初评·初评工作表，已确认1项）"

    def test_sums_say_of_how_many_projects_they_are(self) -> None:
        put(replace(NOTHING, project=replace(NOTHING.project, id="nothing", name="空"), batch="nothing@x"))
        assert str(portfolio.portfolio(WANG, PortfolioAsked()).headline).startswith(
            "2个项目，其中1个填报齐概算和累计支付：概算15,000万元，已支付8,000万元（53.3%）；1个支付慢于工期"
        )
        alone = portfolio.portfolio(WANG, PortfolioAsked(text="空"))
        assert str(alone.headline) == "1个项目：概算和累计支付均未填报齐；整改0/0"

    def test_what_is_not_known_is_a_dash(self) -> None:
        put(replace(NOTHING, project=replace(NOTHING.project, id="nothing", name="空"), batch="nothing@x"))
        assert list(cells("nothing").values())[1:8] == ["—"] * 7

    def test_in_step(self) -> None:
        put(other("同步", "10000"), other("快", "10900", estimate="10000"))
        assert cells("同步")["快慢（百分点）"] == "同步"
        assert cells("快")["快慢（百分点）"] == "快9.00"

    def test_findings_count_and_are_late_against_the_project_s_own_day(self) -> None:
        put(other("另", as_of=date(2025, 3, 31)))
        for project in (PROJECT, "另"):
            first, second = (
                p.id for p in findings.add(WANG, project, [FindingDraft("problem", t, "") for t in "一二"])
            )
            findings.start(WANG, project, first, "街道", date(2025, 1, 31))
            findings.start(WANG, project, second, "街道", date(2025, 1, 31))
            findings.done(WANG, project, second, "报告")
        assert (cells(PROJECT)["整改"], cells(PROJECT)["逾期"]) == ("1/8", "0")
        assert (cells("另")["整改"], cells("另")["逾期"]) == ("1/2", "1")
        assert names(PortfolioAsked(only="late")) == ["另"]
        assert len(names(PortfolioAsked(only="open"))) == 2


@hypothesis_settings(max_examples=40)
@given(facts=any_facts())
@pytest.mark.full
def test_rates_and_times_are_those_of_the_project_s_own_pages(facts: Facts) -> None:
    defaults = [b for b in facts.baselines if b.default and b.start <= b.end]
    facts = replace(facts, baselines=tuple({b.id: b for b in defaults[:1]}.values()))
    spends = {line.place: line for line in facts.spend}
    lines = tuple(replace(line, budget_group="0") for line in spends.values())
    facts = replace(facts, batch=f"any@{id(facts)}-{len(_seen)}", spend=lines, renovation=(), funding=(), claims=())
    facts = replace(facts, project=replace(facts.project, id=f"any-{len(_seen)}"))
    _seen.append(facts.batch)
    put(facts)
    own = Measures(measures(read.facts(open_store.store(), facts.project.id)))
    (row,) = table.portfolio(open_store.store(), text=facts.project.id, most=1000).rows[-1:]
    assert row.id == facts.project.id
    assert rate(row) == own.one("paid_rate", None, "estimate").value
    assert elapsed(row) == own.one("time_elapsed").value
    assert row.as_of == facts.as_of


_seen: list[str] = []


class TestOrder:
    @pytest.fixture(autouse=True)
    def three(self, store_path: Path) -> None:
        put(
            other("甲", "9000", estimate="10000"),
            other("乙", "2000", estimate="20000"),
            replace(NOTHING, project=replace(NOTHING.project, id="nothing", name="丙"), batch="nothing@x"),
        )

    @pytest.mark.parametrize(
        ("sort", "rising"),
        [
            ("estimate", ["甲", PROJECT, "乙", "nothing"]),
            ("paid", ["乙", PROJECT, "甲", "nothing"]),
            ("rate", ["乙", PROJECT, "甲", "nothing"]),
            ("elapsed", [PROJECT, "乙", "甲", "nothing"]),
            ("gap", ["乙", "甲", PROJECT, "nothing"]),
        ],
    )
    def test_by_figures_the_unknown_last_either_way(self, sort: str, rising: list[str]) -> None:
        def ids(descending: bool) -> list[str]:
            view = portfolio.portfolio(WANG, PortfolioAsked(sort=sort, descending=descending))  # type: ignore[arg-type]
            return [line.project for line in view.lines]

        assert ids(False) == rising
        # Both are at the end of their time: the order of their ids, either way.
        tied = {"elapsed": ["乙", "甲", PROJECT, "nothing"]}
        assert ids(True) == tied.get(sort, [*reversed(rising[:-1]), "nothing"])

    def test_by_name(self) -> None:
        sample = "2023年度申港、夏港区域老小区改造项目"
        assert names(PortfolioAsked()) == [sample, "丙", "乙", "甲"]  # 4E19 4E59 7532
        assert names(PortfolioAsked(descending=True)) == ["甲", "乙", "丙", sample]

    def test_by_contradictions_where_all_are_checked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        view = portfolio.portfolio(WANG, PortfolioAsked(sort="checks", descending=True))
        assert view.lines[0].project == PROJECT  # 4 of FACTS 3
        assert "checks" in view.sorts
        monkeypatch.setattr(portfolio, "MOST_CHECKED", 3)
        view = portfolio.portfolio(WANG, PortfolioAsked(sort="checks"))
        assert "checks" not in view.sorts
        assert len(view.lines) == 4

    def test_filters(self) -> None:
        assert names(PortfolioAsked(text=" 申港 ")) == ["2023年度申港、夏港区域老小区改造项目"]
        assert names(PortfolioAsked(text="LINGANG")) == ["2023年度申港、夏港区域老小区改造项目"]
        assert names(PortfolioAsked(text="%")) == []
        assert set(names(PortfolioAsked(only="slow"))) == {"甲", "乙", "2023年度申港、夏港区域老小区改造项目"}
        assert str(portfolio.portfolio(WANG, PortfolioAsked(text="没有这个")).headline) == "没有符合条件的项目"

    def test_the_headline_adds_up_what_is_shown(self) -> None:
        assert str(portfolio.portfolio(WANG, PortfolioAsked()).headline) == (
            "4个项目，其中3个填报齐概算和累计支付：概算45,000万元，已支付19,000万元（42.2%）；3个支付慢于工期，整改0/6"
        )


class TestPages:
    def test_fifty_a_page_and_beyond_the_last_the_last(self) -> None:
        put(*(other(f"项目{n:03}") for n in range(PAGE + 9)))
        first, second = (portfolio.portfolio(WANG, PortfolioAsked(page=page)) for page in (1, 2))
        assert (len(first.lines), len(second.lines), first.pages) == (PAGE, 10, 2)
        assert not {line.project for line in first.lines} & {line.project for line in second.lines}
        assert portfolio.portfolio(WANG, PortfolioAsked(page=7)).lines == second.lines
        assert portfolio.portfolio(WANG, PortfolioAsked(page=-1)).lines == first.lines


class TestVersions:
    def test_what_does_not_count_is_not_there_and_an_earlier_view_stays(self) -> None:
        put(other("甲", "3000"))
        later = replace(other("甲", "4000", as_of=date(2025, 3, 31)))
        put(later)
        assert cells("甲")["累计支付（万元）"] == "4,000.00"
        before = Context(WANG.actor, version=Version(batch="甲@2024-12-31"))
        (line,) = portfolio.portfolio(before, PortfolioAsked(text="甲")).lines
        assert line.cells[2] == "3,000.00"
        snapshots.note(open_store.store(), "甲", [later.batch], "withdrawn", "填错", LI.actor)
        assert cells("甲")["累计支付（万元）"] == "3,000.00"


class TestThePicture:
    def spec(self) -> str:
        panel = portfolio.portfolio(WANG, PortfolioAsked()).panel
        assert panel is not None
        return json.dumps(json.loads(plotly.drawn(panel).to_json()), ensure_ascii=False)

    def test_markup_in_a_name_is_text(self) -> None:
        put(other("<b>粗</b><a href='x'>链</a>", project="markup"))
        assert "<b>粗" not in self.spec()
        assert "&lt;b&gt;粗" in self.spec()
        assert cells("markup")["项目"] == "<b>粗</b><a href='x'>链</a>"

    def test_it_says_where_the_data_is_from_and_of_which_days(self) -> None:
        put(other("甲", as_of=date(2025, 3, 31)), other("乙", source="月报"), other("丙", source="日报"))
        spec = self.spec()
        assert "2024年12月31日至2025年3月31日" in spec.replace("<br>", "")
        assert "数据来源：2023年度申港、夏港区域老小区改造项目绩效评价报告、季报…" in spec.replace("<br>", "")

    def test_on_a_telephone_the_title_has_two_lines(self) -> None:
        put(other("甲"))
        for narrow, title in ((False, "planned duration: 2"), (True, "planned</b><br><b>duration: 2")):
            panel = portfolio.portfolio(ENGLISH, PortfolioAsked(), narrow).panel
            assert panel is not None
            assert title in json.dumps(json.loads(plotly.drawn(panel).to_json()), ensure_ascii=False)

    def test_all_in_step(self) -> None:
        put(other("甲", "10000"))
        panel = portfolio.portfolio(WANG, PortfolioAsked(text="甲")).panel
        assert panel is not None
        assert "1个项目的支付都不慢于工期" in json.dumps(json.loads(plotly.drawn(panel).to_json()), ensure_ascii=False)

    def test_many_are_counted_in_fields_that_add_up(self, monkeypatch: pytest.MonkeyPatch) -> None:
        put(*(other(f"项目{n:03}", f"{n * 350}", as_of=date(2024, 1, 1) + timedelta(n * 9)) for n in range(40)))
        monkeypatch.setattr(table, "MOST_POINTS", 20)
        found = table.portfolio(open_store.store())
        assert sum(point.projects for point in found.points) == 41
        assert 1 < len(found.points) < 41
        panel = portfolio.portfolio(WANG, PortfolioAsked()).panel
        assert panel is not None
        assert "个项目：工期约已过" in json.dumps(json.loads(plotly.drawn(panel).to_json()), ensure_ascii=False)

    def test_a_rate_out_of_all_bounds_does_not_press_the_others_down(self) -> None:
        put(other("错单位", "50000000"))
        panel = portfolio.portfolio(WANG, PortfolioAsked()).panel
        assert panel is not None
        assert max(plotly.drawn(panel).data[1].y) == 1.5
        assert plotly.drawn(panel).layout.yaxis.range[1] < 1.6
        spec = self.spec()
        assert "500,000.00%" in spec
        assert "超过150%的画在150%处" in spec.replace("<br>", "")

    def test_without_rates_there_is_none(self) -> None:
        put(replace(NOTHING, project=replace(NOTHING.project, id="nothing", name="丙"), batch="nothing@x"))
        assert portfolio.portfolio(WANG, PortfolioAsked(text="nothing")).panel is None

    def test_in_english(self) -> None:
        view = portfolio.portfolio(ENGLISH, PortfolioAsked())
        assert view.lines[0].project == PROJECT
