"""Figures of time and delivery on a screen: their words, labels of assumptions, lengths that are the measures'."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.figures import over_time
from core.figures.day_marks import day_marks, with_marks
from core.figures.figure import Figure, FigureLook, LineChart
from core.figures.needed_pace import needed_pace
from core.model.dated_note import DatedNote
from core.model.measure import Measures
from core.model.project import Facts, Milestone
from core.progress import measures
from core.progress.forecast import forecast, paid_points
from core.progress.trend import Trend, marks
from core.progress.trend import trend as trend_of
from core.render.plotly import draw
from core.render.plotly.lines import even_step
from tests.core.lingang import FACTS
from tests.core.quarters import MARCH, march

D = Decimal
QUARTER = march(FACTS)
BAND = "测算值·非批复数"


@pytest.fixture(params=[False, True], ids=["wide", "narrow"])
def look(request: pytest.FixtureRequest) -> FigureLook:
    return FigureLook("zh_CN", narrow=request.param)


def seen(*series: Facts) -> Trend:
    found = trend_of(series)
    assert found is not None
    return found


def said(figure: go.Figure) -> str:
    texts = [note.text for note in figure.layout.annotations]
    for axis in (figure.layout.xaxis, figure.layout.yaxis):
        texts += list(axis.ticktext or ())
    return " ".join(texts).replace("<br>", "").replace("<b>", "").replace("</b>", "")


def without_delivery(facts: Facts) -> Facts:
    return replace(facts, deliveries=())


class TestCurve:
    def test_the_finding_and_both_snapshots(self, look: FigureLook) -> None:
        figure = draw(marked(seen(FACTS, QUARTER)), look)
        words = said(figure)
        assert "比按工期应支付少1,135万元，上期少1,206万元" in words
        # Beside the newest figure, where both fit; each also speaks when pointed at.
        assert ("2024年12月：8,000.00" in words) != look.narrow
        hover = [text for trace in figure.data for text in trace.hovertext or ()]
        assert "截至2024年12月31日累计支付8,000.00万元，占概算53.33%，未支付7,000.00万元" in hover
        assert "按工期应支付10,634.92" in words
        paid = next(trace for trace in figure.data if trace.line.width == 3)
        assert list(paid.y) == [8000, 9500]  # nothing is known of the days before the first snapshot

    def test_earned_value_by_households_carries_the_band(self, look: FigureLook) -> None:
        figure = draw(over_time.curve(QUARTER, seen(FACTS, QUARTER)), look)
        assert BAND in said(figure)
        assert "已完成工作量6,213.45" in said(figure)
        assert BAND not in said(draw(over_time.curve(QUARTER, seen(FACTS, without_delivery(QUARTER))), look))

    def test_milestones_stand_at_the_axis_and_the_late_one_says_so(self, look: FigureLook) -> None:
        figure = draw(marked(seen(FACTS, QUARTER)), look)
        words = said(figure)
        # 2023-06-30 is 76 days after 2023-04-15.
        assert "开工（晚76天）" in words
        assert "竣工（计划）" in words
        assert "首批完工" not in words  # a street's
        assert ("①2022年10月18日：批复" in words) == look.narrow
        lines = {shape.x0 for shape in figure.layout.shapes if shape.x0 == shape.x1 and shape.yref is None}
        assert lines >= {date(2022, 10, 18), date(2023, 6, 30), date(2025, 12, 31)}

    def test_a_street_has_its_own_milestones_too(self) -> None:
        names = [str(mark.text) for mark in day_marks(marks(QUARTER), (), "夏港街道")]
        # On 2025-03-31, thirty days after the planned 2025-03-01.
        assert names == ["批复", "开工（晚76天）", "夏港街道首批完工（计划，已晚30天）", "竣工（计划）"]

    def test_what_lies_far_away_is_in_the_table_alone(self) -> None:
        notes = (note(date(2010, 1, 1), "立项"), note(date(2025, 7, 1), "汛期停工"))
        found = with_marks(over_time.curve(QUARTER, seen(FACTS, QUARTER)), day_marks((), notes), dated=True)
        assert isinstance(found.marks, LineChart)
        assert [mark.text for mark in found.marks.marks] == ["汛期停工"]
        assert found.headings[-1] == "大事和里程碑"
        assert [(str(row[0]), row[-1]) for row in found.rows][-2:] == [
            ("2010年1月1日", "立项"), ("2025年7月1日", "汛期停工"),
        ]  # fmt: skip
        assert {len(row) for row in found.rows} == {len(found.headings)}

    def test_without_a_planned_time(self, look: FigureLook) -> None:
        bare = [replace(facts, baselines=()) for facts in (FACTS, without_delivery(QUARTER))]
        assert "累计支付9,500万元，上期8,000万元" in said(draw(over_time.curve(QUARTER, seen(*bare)), look))


def marked(over: Trend) -> Figure:
    return with_marks(over_time.curve(QUARTER, over), day_marks(marks(QUARTER), ()), dated=True)


def note(day: date, name: str) -> DatedNote:
    return DatedNote(name, 1, day, name, "w", "王工", datetime(2025, 7, 2))


def needed(facts: Facts, over: Trend | None, baseline: str | None = None) -> Figure:
    m = Measures(measures(facts, baseline))
    plan = next(each for each in facts.baselines if (each.default if baseline is None else each.id == baseline))
    found = needed_pace(facts, m, plan, paid_points(m.one("paid"), over), forecast(m.one("finish_forecast"), over))
    assert found is not None
    return found


class TestNeededPace:
    def test_past_pace_against_what_is_needed(self, look: FigureLook) -> None:
        """FACTS 2: 421.05 so far, 583.33 needed, 1.385 times; May 2026 at the pace so far."""
        figure = draw(needed(FACTS, None), look)
        words = said(figure)
        assert "要在计划工期内付清，今后每月须支付583万元，为此前月均的1.39倍" in words
        assert "此前月均421.05" in words
        assert "今后每月须付583.33" in words
        assert "约2026年5月付完" in words
        ends = [(trace.x[-1], trace.y[-1]) for trace in figure.data if len(trace.x) == 2]
        assert ends == [
            (date(2024, 12, 31), 8000), (date(2026, 1, 1), 15000), (date(2026, 5, 19), 15000),
        ]  # fmt: skip

    def test_the_band_from_the_fastest_to_the_slowest(self, look: FigureLook) -> None:
        figure = draw(needed(QUARTER, seen(FACTS, QUARTER)), look)
        assert BAND in said(figure)
        fan = next(trace for trace in figure.data if trace.fill == "toself")
        assert list(fan.x) == [MARCH, date(2026, 2, 28), date(2026, 5, 2)]
        assert list(fan.y) == [9500, 15000, 15000]

    def test_no_slow_end_leaves_it_open(self, look: FigureLook) -> None:
        less = tuple(replace(line, paid=line.paid * D("0.9")) for line in QUARTER.spend)
        later = replace(QUARTER, as_of=date(2025, 6, 30), spend=less)
        figure = draw(needed(later, seen(QUARTER, later)), look)
        fan = next(trace for trace in figure.data if trace.fill == "toself")
        assert len(fan.x) == 4

    def test_after_the_planned_time_no_month_is_left(self, look: FigureLook) -> None:
        late = replace(FACTS, as_of=date(2026, 3, 31))
        assert "计划工期内已没有整月；按此前速度" in said(draw(needed(late, None), look))

    def test_paid_in_full_and_before_the_planned_time_there_is_no_pace(self) -> None:
        (group,) = FACTS.budget_groups
        paid = replace(FACTS, budget_groups=(replace(group, amount=D(8000)),))
        for facts in (paid, replace(FACTS, as_of=date(2023, 5, 31))):
            m = Measures(measures(facts))
            ahead = forecast(m.one("finish_forecast"), None)
            assert needed_pace(facts, m, facts.default_baseline, paid_points(m.one("paid"), None), ahead) is None


class TestStretches:
    def test_bars_in_the_order_of_time_against_what_is_needed(self, look: FigureLook) -> None:
        needed = Measures(measures(QUARTER)).one("needed_per_month")
        figure = draw(over_time.stretches(QUARTER, seen(FACTS, QUARTER).stretches, needed), look)
        # 5,500 / 9
        assert "最近一段月均支付500万元，按期付完今后需611万元" in said(figure)
        assert [round(x, 2) for x in figure.data[0].x] == [421.05, 500.0]

    def test_a_fall_is_a_number_and_no_bar(self, look: FigureLook) -> None:
        less = tuple(replace(line, paid=line.paid / 2) for line in QUARTER.spend)
        found = seen(QUARTER, replace(QUARTER, as_of=date(2025, 6, 30), spend=less))
        needed = replace(Measures(measures(QUARTER)).one("needed_per_month"), value=None)
        figure = draw(over_time.stretches(QUARTER, found.stretches, needed), look)
        assert figure.data[0].x[-1] == 0
        assert "-1,583.33" in said(figure)  # 4,750 in three months


class TestMilestones:
    def test_late_ones_are_counted_and_marked(self, look: FigureLook) -> None:
        words = said(draw(over_time.milestones(QUARTER, marks(QUARTER)), look))
        assert "4个里程碑中2个晚于计划" in words
        assert "晚76天" in words
        assert "已晚30天" in words

    def test_bars_reach_to_the_planned_day_the_actual_one_and_in_amber_what_is_late(self, look: FigureLook) -> None:
        figure = draw(over_time.milestones(QUARTER, marks(QUARTER)), look)
        planned, reached, late = (
            {
                y: date.fromisoformat(base) + timedelta(milliseconds=x)
                for y, base, x in zip(t.y, t.base, t.x, strict=True)
            }
            for t in figure.data
        )
        assert planned == {0: date(2022, 10, 18), 1: date(2023, 4, 15), 2: date(2025, 3, 1), 3: date(2025, 12, 31)}
        assert reached == {0: date(2022, 10, 18), 1: date(2023, 4, 15)}
        assert late == {1: date(2023, 6, 30), 2: date(2025, 3, 31)}
        assert list(figure.data[2].base) == ["2023-04-15", "2025-03-01"]
        assert [trace.marker.color for trace in figure.data] == ["#D3D9DF", "#12436D", "#B35C00"]

    def test_days_stand_in_columns_and_say_how_they_were_kept(self, look: FigureLook) -> None:
        early = replace(QUARTER.milestones[0], actual=date(2022, 10, 15))
        facts = replace(QUARTER, milestones=(early, *QUARTER.milestones[1:]))
        notes = draw(over_time.milestones(facts, marks(facts)), look).layout.annotations
        beside = [note.text for note in notes if note.xref == "paper" and note.yref == "y"]
        assert beside[-4:] == ["早3天", "<b>晚76天</b>", "<b>已晚30天</b>", "未到期"]
        assert ("2023年6月30日" in beside) != look.narrow

    def test_the_line_of_the_day_goes_through_no_words(self, look: FigureLook) -> None:
        figure = draw(over_time.milestones(QUARTER, marks(QUARTER)), look)
        (line,) = [shape for shape in figure.layout.shapes if shape.line.dash == "dash"]
        on_axis = [note for note in figure.layout.annotations if note.xref == "x"]
        assert [(note.x, note.text, note.xanchor, note.xshift) for note in on_axis] == [
            (line.x0, "截至2025年3月31日", "right", -5)
        ]

    def test_none_late(self, look: FigureLook) -> None:
        on_time = Milestone("批复", date(2022, 10, 18), date(2022, 10, 18), "表")
        figure = draw(over_time.milestones(QUARTER, marks(replace(QUARTER, milestones=(on_time,)))), look)
        assert "1个里程碑都没有晚于计划" in said(figure)

    def test_a_name_is_text(self, look: FigureLook) -> None:
        odd = Milestone("<b>开工</b>", date(2025, 1, 1), None, "表")
        dated = marks(replace(QUARTER, milestones=(odd,)))
        axis = draw(over_time.milestones(QUARTER, dated), look).layout.yaxis.ticktext
        assert "&lt;b&gt;" in "".join(axis)
        shown = with_marks(over_time.curve(QUARTER, seen(FACTS, QUARTER)), day_marks(dated, ()), dated=True)
        notes = draw(shown, look).layout.annotations
        assert any("&lt;b&gt;开工" in note.text for note in notes)


class TestAmounts:
    @pytest.mark.parametrize(
        ("most", "step"),
        [
            pytest.param(15000.0, "5000", id="of the shipped estimate"),
            pytest.param(16000.0, "5000", id="with a last step that is not whole"),
            pytest.param(9600.0, "2500", id="quarters"),
            pytest.param(0.3, "0.1", id="below one"),
            pytest.param(40.0, "10", id="exactly reached"),
        ],
    )
    def test_the_axis_has_even_steps(self, most: float, step: str) -> None:
        assert even_step(most, 4) == Decimal(step)

    @given(st.floats(0.01, 1e9))
    def test_so_many_steps_reach_the_largest_amount_and_two_fewer_would_not_fill_it(self, most: float) -> None:
        step = float(even_step(most, 4))
        assert step * 4 >= most * (1 - 1e-9)
        assert step * 4 <= most * 2.5 * (1 + 1e-9)
