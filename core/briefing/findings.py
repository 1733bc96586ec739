"""What slides, frames and the A4 brief say alike: their findings, what lies behind them, and the bands due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from core.briefing.matter import Matter, Score
from core.charts.frame import RECONSTRUCTION_BAND, SCENARIO_BAND, Panel
from core.checks.finding import Finding, Status
from core.errors import Message
from core.scoring import Item
from core.text import word
from core.text.numbers import MISSING, percent, points

DRAFT_BAND = word("草稿")
CHECK_ORDER: tuple[Status, ...] = ("E", "Q", "W", "P")
"""What has to be talked about first."""
REMEDY_KINDS = {"problem": word("问题"), "recommendation": word("建议")}


def bands_of(panels: Iterable[Panel]) -> tuple[str, ...]:
    """测算值·非批复数 where a figure rests on an assumption."""
    return (SCENARIO_BAND,) if any(m.is_estimate for panel in panels for m in panel.measures) else ()


def score_bands(score: Score | None) -> tuple[str, ...]:
    """还原稿·非原表 and 草稿, as the sheet is."""
    if score is None:
        return ()
    return (
        *((RECONSTRUCTION_BAND,) if score.sheet.reconstruction else ()),
        *(() if score.locked else (DRAFT_BAND,)),
    )


def weakest(score: Score | None) -> Message:
    """The level 1 group with the lowest 得分率."""
    known = [] if score is None else [
        (part.rate, name) for name, part in score.tally.subtotals.items() if part.rate is not None
    ]  # fmt: skip
    if not known:
        return Message("还没有评分")
    rate, name = min(known, key=lambda each: each[0])
    return Message("{name}得分率最低,为{rate}", {"name": name, "rate": percent(rate)})


def standing(score: Score) -> list[Message]:
    """The grade, how much of it somebody stands by, and what is to be said of the sheet."""
    sums = score.tally
    params = {"grade": sums.grade or MISSING, "confirmed": sums.confirmed, "items": sums.items}
    said = [Message("等级:{grade};已确认{confirmed}/{items}项", params)]
    if sums.normalised is not None:
        said.append(Message("折算得分:{points}分(不适用项不计)", {"points": points(sums.normalised)}))
    return [*said, *(each for each in (score.claimed, score.banner) if each is not None)]


def deducted(score: Score | None) -> list[Item]:
    """The items that lost points, the most first."""
    lost = [] if score is None else [item for item in score.items if item.deduction]
    return sorted(lost, key=lambda item: (-(item.deduction or 0), item.indicator.code))


def lost_points(score: Score | None) -> Message:
    """How many items lost how many points."""
    lost = deducted(score)
    if score is None or not score.tally.scored:
        return Message("还没有评分")
    if not lost:
        return Message("没有扣分")
    whole = sum((item.deduction or Decimal(0) for item in lost), Decimal(0))
    return Message("{count}项扣分,共扣{points}分", {"count": len(lost), "points": points(whole)})


def differing(score: Score) -> Message:
    """On how many items evaluators, or two sheets, differ."""
    if score.agenda:
        return Message("评价人之间有{count}项得分不同。", {"count": len(score.agenda)})
    if score.pairs:
        params = {"sheet": score.sheet.name, "other": score.other, "count": len(score.pairs)}
        return Message("“{sheet}”与“{other}”有{count}项得分不同。", params)
    return Message("没有可比较的其他评分表,或各表得分一致。")


def checked(found: Sequence[Finding]) -> Message:
    """How many checks came out how."""
    if not found:
        return Message("没有可核对的数据")
    counts = {status: sum(each.status == status for each in found) for status in CHECK_ORDER}
    return Message(
        "{all}项核对:不一致{wrong},待核实{open},提示{worth},一致{right}",
        {
            "all": len(found), "wrong": counts["E"], "open": counts["Q"], "worth": counts["W"],
            "right": counts["P"],
        },
    )  # fmt: skip


def in_order(found: Iterable[Finding]) -> list[Finding]:
    """Contradictions and questions first."""
    return sorted(found, key=lambda each: CHECK_ORDER.index(each.status))


def remedied(matter: Matter) -> Message:
    """How many problems and recommendations there are, and how far they are put right."""
    remedies = matter.remedies
    problems = sum(each.kind == "problem" for each in remedies)
    params = {"problems": problems, "advice": len(remedies) - problems}
    title = Message("{problems}个问题、{advice}条建议", params) if remedies else Message("问题与建议尚未登记")
    if remedies and matter.rectified is not None:
        return Message("共{found};{progress}", {"found": title, "progress": matter.rectified})
    return title
