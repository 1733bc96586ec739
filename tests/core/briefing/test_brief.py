"""The A4 brief says what a leader asks: verdict, figures, streets, money, score, decisions, who does what by when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.briefing.brief.brief import TEMPLATE, page
from core.briefing.content import BriefingContent, ToDecide
from core.errors import Message
from core.model.context import Context, Language
from core.render import typst
from core.service.base.project import projects
from core.service.briefing.content import content_of
from core.service.briefing.decisions import decisions
from core.text.file_text import printable
from tests.browser import stores
from tests.core.service.people import WANG

SHIPPED, DEMO = "lingang-2023", "demo-2024"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "renewal.duckdb"
    stores.demo(path)
    return path


@pytest.fixture(scope="module")
def gaps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gaps") / "renewal.duckdb"
    stores.missing(path)
    return path


@pytest.fixture
def of(monkeypatch: pytest.MonkeyPatch, built_store: Path, demo: Path, gaps: Path) -> Any:
    def made(name: str, language: Language = "zh_CN", checks: bool = False) -> BriefingContent:
        path = {"shipped": built_store, "demo": demo, "gaps": gaps}[name]
        monkeypatch.setenv("RENEWAL_STORE", str(path))
        ctx = Context(WANG.actor, language)
        project = {"shipped": SHIPPED, "demo": DEMO}.get(name) or projects(ctx)[-1].id
        found = content_of(ctx, project, None, checks)
        return replace(found, decisions=decisions(ctx, project, found))

    return made


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts(each)


def test_the_first_lines_say_how_late_and_how_much(of: Any) -> None:
    shown: Any = page(of("shipped"))
    # FACTS: 8,000 of 15,000 is 53.33 %; 578 of 942 days are 61.38 %, apart by 8.04 points.
    assert shown["headline"] == "支付进度滞后工期8.0个百分点，付清比计划晚约5个月"
    assert shown["sentences"][0] == "已支付8,000.00万元，占概算53.33%；工期已过61.38%，支付慢8.04个百分点"
    assert [(each["label"], each["value"]) for each in shown["figures"]] == [
        ("累计支付", "8,000万元"), ("工期已过", "61.4%"), ("计划受益", "26,310户"), ("综合得分", "93.00分"),
    ]  # fmt: skip
    assert shown["bands"] == ["还原稿·非原表", "草稿", "测算值·非批复数"]
    assert shown["figures"][-1]["states"] == "还原稿·非原表 · 草稿"


def test_an_estimate_that_is_not_split_has_ranges_and_no_rates_of_streets(of: Any) -> None:
    shown: Any = page(of("shipped"))
    assert shown["streets"]["kind"] == "chart"
    assert shown["streets"]["assumed"] is True
    assert next(row["said"] for row in shown["streets"]["chart"]["rows"]) == "80.79%～122.32%"


def test_streets_stand_with_money_works_and_time_the_furthest_behind_first(of: Any) -> None:
    streets: Any = page(of("demo"))["streets"]
    assert streets["headings"] == ["执行率", "形象进度", "比工期慢（百分点）"]
    assert [(row["name"], *row["cells"]) for row in streets["rows"]] == [
        ("白鹭镇", "61.11%", "65.00%", "30.81"), ("枫林镇", "70.83%", "74.00%", "21.08"),
        ("松溪街道", "79.17%", "80.00%", "12.75"), ("云栖街道", "80.00%", "86.00%", "11.92"),
        ("合计", "73.96%", "77.56%", "17.96"),
    ]  # fmt: skip
    assert [row["late"] for row in streets["rows"]] == [True, False, False, False, False]
    assert [row["sum"] for row in streets["rows"]] == [False, False, False, False, True]


def test_sources_stand_with_what_is_planned_arrived_and_paid(of: Any) -> None:
    _, sources = page(of("demo"))["charts"]  # type: ignore[misc]
    amounts = [[said for _, said, _ in row["amounts"]] for row in sources["rows"]]
    assert sources["series"] == ["计划", "到位", "已支付"]
    assert amounts == [["6,000.00", "6,000.00", "6,000.00"], ["3,600.00", "2,400.00", "1,100.00"]]


def test_actions_have_owners_and_days_and_what_is_overdue_is_marked(of: Any) -> None:
    (table,) = page(of("demo"))["tables"]  # type: ignore[misc]
    assert table["headings"] == ["问题或建议", "责任单位（人）", "整改期限", "整改状态"]
    assert table["rows"][0] == ["白鹭镇形象进度65%，低于工期已过比例", "白鹭镇", "2025年11月30日", "逾期31天"]
    assert table["marked"] == [0]
    assert ["按季公布各街镇支付与形象进度", "待明确", "待明确", "待整改"] in table["rows"]


def test_doubts_stand_where_they_were_chosen(of: Any) -> None:
    assert len(page(of("shipped"))["tables"]) == 1  # type: ignore[arg-type]
    _, doubts = page(of("shipped", checks=True))["tables"]  # type: ignore[misc]
    assert doubts["headings"] == ["数据疑点", "结果", "说明"]
    assert {row[1] for row in doubts["rows"]} <= {"不一致", "待核实"}


def test_no_more_than_three_things_are_asked_for_and_the_rest_is_counted(of: Any) -> None:
    known = replace(of("shipped"), decisions=tuple(ToDecide(Message("定{n}", {"n": n})) for n in range(5)))
    decide: Any = page(known)["decide"]
    assert [what for what, _ in decide["items"]] == ["定0", "定1", "定2"]
    assert decide["more"] == "其余2件见幻灯片备注"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("name", ["shipped", "demo", "gaps"])
def test_nothing_is_cut_and_what_is_not_known_is_left_out(name: str, language: Language, of: Any) -> None:
    for shown in (page(of(name, language, checks=True)), page(of(name, language))):
        assert typst.draw(TEMPLATE, shown, "svg").said.cut == {}
    said = [shown["headline"], *shown["sentences"], *(texts(shown["figures"])), *texts(shown["decide"])]  # type: ignore[misc]
    assert not [each for each in said if "—" in str(each)]
    assert shown["headline"] not in shown["sentences"]  # type: ignore[operator]
    assert all(printable(each) == each for each in texts(shown))
