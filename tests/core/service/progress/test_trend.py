"""变化趋势 and 建设进展 from a real store: one snapshot says what is missing, two are compared, one withdrawn goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import UnknownName
from core.model.context import SYSTEM, Actor, Context, Version
from core.service.base import open_store
from core.service.progress import money_and_households, overview, trend
from core.service.scoring import scorecards
from core.store import read, snapshots
from tests.core.by_id import by_id
from tests.core.quarters import march

PROJECT = "lingang-2023"
HERE = Context(Actor("t", "测试"))
ENGLISH = Context(Actor("t", "测试"), "en")
ONLY_ONE = "只有一期数据，暂无变化趋势；导入下一期后显示。"

pytestmark = pytest.mark.usefixtures("store_path")


@pytest.fixture
def quarter(store_path: Path) -> None:
    store = open_store.store()
    snapshots.add(store, march(read.facts(store, PROJECT)), SYSTEM)


def test_one_snapshot_says_what_is_missing() -> None:
    view = trend.over_time(HERE, PROJECT)
    assert str(view.missing) == ONLY_ONE
    assert (view.headline, view.panels, view.changes) == (None, (), None)
    nothing = trend.work(HERE, PROJECT)
    assert nothing.earned is None


@pytest.mark.usefixtures("quarter")
class TestTwoSnapshots:
    def test_the_headline_is_labelled(self) -> None:
        view = trend.over_time(HERE, PROJECT)
        assert view.missing is None
        assert str(view.headline) == (
            "自2024年12月31日以来支付1,500万元，月均500万元；"
            "按各段最快、最慢的月均支付约2026年2月至2026年5月付完（测算值·非批复数）"
        )

    def test_the_panels_have_their_tables_and_what_is_behind_them(self) -> None:
        panels = {panel.id: panel for panel in trend.over_time(HERE, PROJECT).panels}
        assert list(panels) == ["curve", "stretches", "milestones"]
        assert panels["curve"].rows[1] == ("2025年3月31日", "9,500.00", "10,634.92", "-1,134.92", "6,213.45", "")
        assert panels["curve"].rows[-1] == ("2025年12月31日", "", "", "", "", "竣工（计划）")
        assert panels["stretches"].rows[-1] == ("需达月均支付", "611.11")
        assert panels["milestones"].rows[1] == ("开工", "全项目", "2023年4月15日", "2023年6月30日", "76")
        for panel in panels.values():
            assert len(panel.how) > 1
            assert all(row[4] for row in panel.how[1:])  # 来源

    def test_the_change_by_street(self) -> None:
        changes = trend.over_time(HERE, PROJECT).changes
        assert changes is not None
        assert changes.rows[1] == (
            "璜土镇", "2,164.00", "2,500.00", "336.00", "14.43%", "16.67%", "2.24", "—", "60.00%", "—",
        )  # fmt: skip
        assert changes.headings[3] == "累计支付（万元）变化"
        assert len(changes.headings) == len(changes.rows[0])

    def test_what_is_reported_has_its_panels(self) -> None:
        view = trend.work(HERE, PROJECT)
        assert view.earned is not None
        assert [row[1] for row in view.earned.rows[:2]] == ["41.42%", "6,213.45万元"]

    def test_the_words_about_finished_homes_follow(self) -> None:
        assert "已完工9个小区" in str(money_and_households.beneficiaries(HERE, PROJECT).headline)
        assert "已完工9个小区" in str(by_id(overview.overview(HERE, PROJECT).cards)["households"].caveat)

    def test_rules_that_waited_find_their_measures(self) -> None:
        suggestions = scorecards.scorecard(HERE, PROJECT, scorecards.WORKING).suggestions
        # 5 x 25/28; |63.33 - 41.42| over 20 points: nothing; 2.5 months at 20 %; 80.32 % is in the band of 80 %
        suggested = {code: suggestions[code].points for code in ("C11", "B14", "C31", "D41")}
        assert {code: str(points) for code, points in suggested.items()} == {
            "C11": "4.46", "B14": "0.00", "C31": "1.00", "D41": "5.60",
        }  # fmt: skip

    def test_an_earlier_version_still_shows_what_it_showed(self) -> None:
        first = read.series(open_store.store(), PROJECT)[0].batch
        earlier = Context(HERE.actor, version=Version(batch=first))
        assert str(trend.over_time(earlier, PROJECT).missing) == ONLY_ONE
        assert trend.work(earlier, PROJECT).earned is None

    def test_withdrawing_the_second_brings_back_the_first(self) -> None:
        snapshots.note(open_store.store(), PROJECT, ["2025q1"], "withdrawn", "误导入", SYSTEM)
        assert str(trend.over_time(HERE, PROJECT).missing) == ONLY_ONE
        assert "完工数未填报" in str(money_and_households.beneficiaries(HERE, PROJECT).headline)

    def test_english_narrow_and_a_chosen_street_are_made_too(self) -> None:
        assert len(trend.over_time(ENGLISH, PROJECT, "2301-2612", "璜土镇", narrow=True).panels) == 3

    def test_an_unknown_planned_time_is_said(self) -> None:
        with pytest.raises(UnknownName):
            trend.over_time(HERE, PROJECT, "moon")
