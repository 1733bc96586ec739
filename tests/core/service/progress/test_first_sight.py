"""总览: cards, 今天要定 and the street table of the shipped project, and of others that lack something or have more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from core.checks import Finding
from core.errors import Message
from core.model.context import Actor, Context
from core.model.measure import Measures
from core.model.project import Facts, Funding
from core.model.rectification import FindingPoint, Proof, Rectification, Step
from core.model.reporting import Report, ReportingPeriod, ReportStep, StepKind
from core.progress import measures
from core.progress.alarms import Alarm
from core.service.base import open_store
from core.service.evidence import data_checks
from core.service.progress import decisions as rules
from core.service.progress import first_sight
from core.service.progress.decisions import Awaited, Decision, Waiting, decisions
from core.store import snapshots
from tests.browser.stores import with_gaps
from tests.core.by_id import by_id
from tests.core.lingang import FACTS, PLACES
from tests.core.quarters import march

pytestmark = pytest.mark.usefixtures("store_path")

PROJECT = "lingang-2023"
HERE = Context(Actor("t", "测试"))
D = Decimal
Put = Callable[[Facts], None]


def put(facts: Facts) -> None:
    snapshots.add(open_store.store(), facts, HERE.actor)


def cards(place: str | None = None, baseline: str | None = None) -> dict[str, tuple[str, ...]]:
    seen = first_sight.first_sight(HERE, PROJECT, baseline, place).cards
    return {c.id: tuple(str(x) for x in (c.label, c.value, c.caveat, c.more) if x is not None) for c in seen}


def said(found: tuple[Decision, ...]) -> dict[str, tuple[str, str, str]]:
    return {each.id: (str(each.what), str(each.why), each.page) for each in found}


class TestShipped:
    def test_the_cards(self) -> None:
        assert cards() == {
            "paid": ("累计支付", "8,000万元", "占概算53.3%，工期已过61.4%"),
            "finish": ("预计付完", "2026年5月", "计划2025年12月，晚约5个月"),
            "households": ("计划受益", "26,310户", "28个小区、780栋；完工数未填报"),
            "score": ("报告得分", "93分·优", "原评分表未附"),
        }

    def test_the_list_of_what_is_to_be_decided(self) -> None:
        found = first_sight.first_sight(HERE, PROJECT).decisions
        assert said(found) == {
            "unpaid": (
                "未付7,000万元：专项债4,000、财政预算资金3,000",
                "财政预算资金一笔未付；要按期付清，今后每月须付583万元，为此前的1.39倍",
                "budget",
            ),
            "contradictions": (
                "不一致4项，先看“目标完成与工程状态”",
                "另有：批复与资金来源、项目名称与资金去向、年度与工期",
                "checks",
            ),
            "questions": (
                "待核实3项，先看“小区数的第二个数”", "另有：单位投资与同类项目、报告得分无法复算", "checks",
            ),
            "alarms": ("预警5条", "累计支付占概算为53.33%，低于80%（工期已过61.38%）", "alarms"),
            "unconfirmed": ("评分93.00为还原稿，已确认0/32项", "不是报告原评分表；逐项确认后方可锁定", "scorecard"),
            "unreported": ("缺形象进度、完工数、满意度样本", "补填后可算成本偏差、完成率、满意度", ""),
        }  # fmt: skip
        assert by_id(found)["unconfirmed"].query == {"sheet": "r1/working"}

    def test_an_answered_question_waits_no_longer(self) -> None:
        for check in ("14", "18", "20"):
            data_checks.answer(HERE, PROJECT, check, "已核实")
        assert "questions" not in by_id(first_sight.first_sight(HERE, PROJECT).decisions)

    def test_an_answered_contradiction_waits_no_longer(self) -> None:
        data_checks.answer(HERE, PROJECT, "5", "已核实")
        what = by_id(first_sight.first_sight(HERE, PROJECT).decisions)["contradictions"].what
        assert str(what) == "不一致3项，先看“批复与资金来源”"

    def test_a_chosen_street_has_what_is_exact_for_it_and_marks_the_rest(self) -> None:
        seen = first_sight.first_sight(HERE, PROJECT, None, "利港街道")
        assert str(seen.headline) == "利港街道已支付1,309万元，占全项目概算8.7%；户均1,912元，为全项目平均的0.63倍"
        assert cards("利港街道") == {
            "paid": ("累计支付", "1,309万元", "占全项目概算8.7%"),
            "finish": ("预计付完（全项目）", "2026年5月", "计划2025年12月，晚约5个月"),
            "households": ("计划受益", "6,848户", "5个小区、205栋；完工数未填报"),
            "score": ("报告得分（全项目）", "93分·优", "原评分表未附"),
        }
        assert 'data-row="利港街道" aria-pressed="true"' in seen.streets.html
        assert str(seen.panels[0].figure.finding).startswith("全项目：")

    def test_the_planned_time_of_the_view_counts(self) -> None:
        assert cards(baseline="2301-2612")["finish"][1:] == ("2026年9月", "计划2026年12月，早约3个月")
        unpaid = by_id(first_sight.first_sight(HERE, PROJECT, "2301-2612").decisions)["unpaid"]
        # 7,000 in 24 months, of 333.33 a month before.
        assert "今后每月须付292万元，为此前的0.88倍" in str(unpaid.why)


class TestSeveralSnapshots:
    def test_the_range_the_change_and_what_is_finished(self) -> None:
        put(march(FACTS))
        seen = cards()
        # Since 31 December 1,500 of 9,500; 421.05 a month until then and 500 since: 5,500 left are 11 to 13.06 months.
        assert seen["paid"][2:] == ("占概算63.3%，工期已过70.9%", "较2024年12月多1,500万元")
        assert seen["finish"] == (
            "预计付完", "2026年2月—2026年5月", "计划2025年12月，晚约2～4个月",
            "最晚与2024年12月相同；测算值·非批复数",
        )  # fmt: skip
        assert seen["households"][2] == "28个小区、780栋；已完工9个小区"
        assert cards("利港街道")["paid"][3] == "较2024年12月多291万元"
        (chart,) = first_sight.first_sight(HERE, PROJECT, None, "利港街道").panels
        assert str(chart.figure.finding) == "利港街道累计支付1,600万元，较2024年12月多291万元"
        assert chart.rows == (("2024年12月31日", "1,309.00"), ("2025年3月31日", "1,600.00"))


class TestLacking:
    def test_no_planned_time(self) -> None:
        put(replace(FACTS, batch="x", baselines=()))
        seen = first_sight.first_sight(HERE, PROJECT)
        assert str(seen.headline) == "已支付8,000.00万元，占概算53.33%"
        finish = by_id(seen.cards)["finish"]
        assert (str(finish.value), str(finish.caveat), finish.fill_in) == (
            "—", "缺计划工期，暂不能算进度快慢。", "entry",
        )  # fmt: skip
        assert str(by_id(seen.cards)["paid"].caveat) == "占概算53.3%"
        assert seen.panels == ()
        assert str(by_id(seen.decisions)["unpaid"].why) == "财政预算资金一笔未付"

    def test_streets_that_report_nothing(self) -> None:
        """6,100 are 8,000 without the 1,900 of 申港街道；17,910 are 26,310 without the 8,400 of 夏港街道."""
        put(replace(with_gaps(FACTS), project=FACTS.project))
        seen = first_sight.first_sight(HERE, PROJECT)
        assert str(seen.headline) == "4个街镇中3个填报了支付，合计6,100万元；其余未填报"
        assert cards() == {
            "paid": ("累计支付", "—", "申港街道未填报，暂无全项目合计"),
            "finish": ("预计付完", "—", "缺计划工期，暂不能算进度快慢。"),
            "households": (
                "计划受益", "—", "4个街镇中3个填报了户数，合计17,910户；其余未填报", "28个小区、780栋；完工数未填报",
            ),
            "score": ("报告得分", "—", "报告未写得分，原评分表未附"),
        }  # fmt: skip
        assert {each.id: each.fill_in for each in seen.cards} == {
            "paid": "file", "finish": "entry", "households": "file", "score": "",
        }  # fmt: skip
        assert ("已填报街镇的累计支付", "6,100.00万元") in {row[:2] for row in by_id(seen.cards)["paid"].how}
        assert cards("申港街道")["paid"][1:3] == ("—", "累计支付未填报")

    def test_no_estimate_and_no_sources(self) -> None:
        put(replace(FACTS, batch="x", budget_groups=(), funding=()))
        seen = first_sight.first_sight(HERE, PROJECT)
        assert str(by_id(seen.cards)["paid"].caveat) == "概算未填报，工期已过61.4%"
        assert cards("利港街道")["paid"][2] == "概算未填报"
        assert "unpaid" not in by_id(seen.decisions)
        assert str(by_id(seen.decisions)["missing_funding"].why) == "补填后可知未付的钱由谁出"

    def test_homes_alone(self) -> None:
        put(replace(FACTS, batch="x", spend=(), budget_groups=(), funding=(), claims=()))
        seen = first_sight.first_sight(HERE, PROJECT)
        assert str(by_id(seen.cards)["paid"].caveat) == "缺资金明细表，暂无累计支付。"
        assert str(by_id(seen.cards)["finish"].caveat) == "没有可供外推的支付速度"
        assert [each.id for each in seen.panels] == ["scope"]

    def test_a_street_that_does_not_report_leaves_the_sum_unknown_and_is_named(self) -> None:
        first, *others = FACTS.renovation
        put(replace(FACTS, batch="x", renovation=(replace(first, households=None), *others)))
        seen = first_sight.first_sight(HERE, PROJECT)
        assert str(by_id(seen.cards)["households"].value) == "—"
        assert "璜土镇的计划受益户数" in str(by_id(seen.decisions)["silent"].why)

    def test_nothing(self) -> None:
        put(replace(FACTS, batch="x", spend=(), renovation=(), budget_groups=(), funding=(), claims=()))
        seen = first_sight.first_sight(HERE, PROJECT)
        assert (seen.empty, seen.cards, seen.decisions, seen.panels) == (True, (), (), ())


NOON = datetime(2025, 4, 2, 12)


def waiting(facts: Facts = FACTS) -> Waiting:
    return Waiting(facts, Measures(measures(facts)))


class TestRules:
    def test_of_many_sources_the_largest_are_named(self) -> None:
        kinds = tuple(
            Funding(name, name, D(planned), D(0), None, D("0.1"), "报告 一")
            for name, planned in (("甲", 4000), ("乙", 1500), ("丙", 1000), ("丁", 500))
        )
        facts = replace(FACTS, funding=(replace(FACTS.funding[0], planned=D(8000), paid=D(8000)), *kinds))
        found = said(decisions(waiting(facts)))["unpaid"]
        assert found[0] == "未付7,000万元：甲4,000、乙1,500、其余2项1,500"

    def test_parts_that_do_not_add_up_to_the_whole_are_not_named(self) -> None:
        facts = replace(FACTS, funding=FACTS.funding[:1])
        assert said(decisions(waiting(facts)))["unpaid"][0] == "未付7,000万元"

    def test_paid_in_full_or_more_leaves_nothing_to_pay(self) -> None:
        group = replace(FACTS.budget_groups[0], amount=D(8000))
        assert "unpaid" not in said(decisions(waiting(replace(FACTS, budget_groups=(group,)))))

    def test_a_reporting_period_says_who_has_not_reported_and_what_waits(self) -> None:
        period = ReportingPeriod(
            PROJECT, "2025-03-31", date(2025, 3, 31), date(2025, 4, 10), PLACES, ("paid",), "z", "周", NOON
        )
        kinds: tuple[tuple[str, StepKind], ...] = (
            ("申港街道", "submitted"), ("利港街道", "submitted"), ("利港街道", "reviewed"),
        )  # fmt: skip
        steps = tuple(
            ReportStep(PROJECT, period.id, place, number, kind, "", "", "a", "甲", NOON + timedelta(minutes=number))
            for number, (place, kind) in enumerate(kinds, 1)
        )
        report = Report(period, steps=steps)
        found = said(decisions(replace(waiting(), reports=(report,), may_report=True)))
        assert found["reported_2025-03-31"] == (
            "截至2025年3月31日的街镇填报：未报2、待复核1、待生效1", "璜土镇、夏港街道；2025年4月10日前报", "reporting",
        )  # fmt: skip
        assert said(decisions(replace(waiting(), reports=(report,))))["reported_2025-03-31"][2] == ""
        done = (*steps, replace(steps[0], place="", kind="released", batch="b", made_at=NOON + timedelta(hours=1)))
        only = replace(period, places=("利港街道",))
        released = Report(only, steps=done, counting=("b",))
        assert tuple(rules.still_reported(released, "")) == ()

    def test_one_contradiction_is_told_whole(self) -> None:
        found = Finding("5", "E", Message("目标"), Message("两种说法。"), (), "报告")
        assert said(tuple(rules.contradictions([found]))) == {
            "contradictions": ("不一致1项，先看“目标”", "两种说法。", "checks")
        }

    def test_the_longest_overdue_is_named_with_owner_and_day(self) -> None:
        now = datetime(2024, 1, 1)

        def item(text: str, due: date, owner: str) -> Rectification:
            point = FindingPoint(PROJECT, text, "problem", text, "", "a", "甲", now)
            return Rectification(point, (Step("working", owner, due, Proof(""), "", "a", "甲", now),))

        late = [item("晚一点", date(2024, 12, 1), "乙处"), item("最晚的" * 12, date(2024, 11, 1), "")]
        (found,) = said(tuple(rules.late_findings(late, date(2024, 12, 31)))).values()
        assert found[0] == "整改逾期2条：" + "最晚的" * 7 + "最晚…"
        assert found[1] == "责任单位未定，期限2024年11月1日，至数据截止日已逾期60天"

    def test_who_has_not_handed_in(self) -> None:
        of = Awaited("r2", Message("复评"), ("甲", "乙", "丙", "丁"), date(2025, 1, 5))
        (found,) = rules.not_submitted(of)
        assert found.names_people
        assert (str(found.what), str(found.why), found.query) == (
            "复评还有4份评分表未提交", "甲、乙、丙等；截止2025年1月5日", {"round": "r2"},
        )  # fmt: skip
        assert list(rules.not_submitted(replace(of, names=()))) == []

    def test_evaluators_alone_are_an_alarm_without_names(self) -> None:
        assert said(tuple(rules.crossed_limits((), 2))) == {
            "alarms": ("预警2条", "2位评价人与专家组相差较大", "alarms")
        }

    def test_nothing_to_decide_is_an_empty_list(self) -> None:
        whole = replace(FACTS.budget_groups[0], amount=D(8000))
        facts = replace(march(FACTS), budget_groups=(whole,), spend=FACTS.spend)
        assert decisions(waiting(facts)) == ()

    def test_of_one_street_its_own_comes_first_and_the_rest_says_that_it_is_the_project_s(self) -> None:
        def alarm(place: str | None, said: str) -> Alarm:
            return Alarm("rate_low", place, "estimate", Message(said), ())

        both = (alarm(None, "全项目偏低。"), alarm("利港街道", "利港街道偏低。"), alarm("申港街道", "申港街道偏低。"))
        first, *rest = decisions(replace(waiting(), alarms=both, place="利港街道"))
        assert (str(first.what), str(first.why)) == ("利港街道预警1条", "利港街道偏低。")
        assert all(str(each.what).startswith("全项目：") for each in rest)
        assert said(tuple(rest))["alarms"][:2] == ("全项目：预警1条", "全项目偏低。")


def test_titles_of_what_is_to_be_decided_are_no_sentences() -> None:
    put(with_gaps(FACTS))
    for project in (PROJECT, "gaps-2023"):
        found = first_sight.first_sight(HERE, project).decisions
        assert found
        assert [str(each.what) for each in found if str(each.what).endswith("。")] == []


def test_one_source_of_all_that_is_unpaid_is_said_without_a_list() -> None:
    """FACTS 1: 7,000 are unpaid; here all of it belongs to the bond."""
    alone = replace(FACTS, funding=(replace(FACTS.funding[0], planned=D(15000), paid=D(8000)),))
    m = Measures(measures(alone, None))
    left = m.one("remaining", None, "estimate").number
    assert left == D(7000)
    assert rules.only_source(alone, m, left) == "专项债"
    assert [str(each.what) for each in rules.unpaid(alone, m)] == ["未付7,000万元，均为专项债"]
    m = Measures(measures(FACTS, None))
    assert rules.only_source(FACTS, m, left) is None
