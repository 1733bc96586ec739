"""How far the works are, in 四、绩效评价指标分析：delivery, payment from period to period, milestones and alarms."""

from __future__ import annotations

from core.briefing.content import BriefingContent
from core.briefing.headlines import SNAPSHOT_HEADINGS, snapshot_rows
from core.briefing.report.page import ReportPage
from core.errors import Message
from core.figures.delivery import delivered, delivered_table
from core.figures.figure import Words
from core.figures.over_time import milestones
from core.figures.palette import SCENARIO_BAND
from core.progress.alarms import Alarm, alarms
from core.progress.trend import marks
from core.text import word
from core.text.amounts import unit_of_amounts


def any_works(found: BriefingContent) -> bool:
    """Whether there is anything to show."""
    done = delivered(found.facts, found.figures) is not None
    return done or found.trend is not None or bool(marks(found.facts)) or bool(alarms(found.figures, found.limits))


def works(page: ReportPage, found: BriefingContent) -> None:
    """The tables; what nobody reports has none."""
    if delivered(found.facts, found.figures) is not None:
        headings, rows = delivered_table(found.facts, found.figures)
        page.table(word("建设进展"), headings, rows)
    if found.trend is not None:
        page.table(word("各期累计支付"), SNAPSHOT_HEADINGS, snapshot_rows(found), unit=unit_of_amounts())
    reached = marks(found.facts)
    if reached:
        figure = milestones(found.facts, reached)
        page.table(figure.finding, figure.headings, figure.rows)
    crossed = alarms(found.figures, found.limits)
    if crossed:
        rows = [(each.place or word("全项目"), _said(each)) for each in crossed]
        page.table(word("预警"), (word("范围"), word("说明")), rows, shares=(1, 4))


def _said(alarm: Alarm) -> Words:
    if not any(each.is_estimate for each in alarm.measures):
        return alarm.message
    return Message("{sentence}（{band}）", {"sentence": alarm.message, "band": SCENARIO_BAND})
