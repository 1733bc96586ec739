"""What slides, frames and the A4 brief say alike: their findings, what lies behind them, and the bands due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.briefing.content import BriefingContent, RoundScore
from core.checks.finding import OF_THE_FILE, STATUS_NAMES, Finding, Status
from core.errors import Message
from core.figures import scores
from core.figures.comparison import counted
from core.figures.figure import FigurePanel
from core.figures.palette import RECONSTRUCTION_BAND, SCENARIO_BAND
from core.scoring import ScoredItem
from core.text import render, word
from core.text.amounts import cell
from core.text.numbers import MISSING, points

DRAFT_BAND = word("草稿")
CHANGED_BAND = word("锁定后有变")
COMPARED_BASIS = Message("改造前、改造后均为填报数；变化为改造后减改造前")
CHECK_ORDER: tuple[Status, ...] = ("E", "Q", "W", "P")
"""What has to be talked about first."""


def bands_of(panels: Iterable[FigurePanel]) -> tuple[str, ...]:
    """测算值·非批复数 where a figure rests on an assumption."""
    return (SCENARIO_BAND,) if any(m.is_estimate for panel in panels for m in panel.measures) else ()


def changed_bands(score: RoundScore | None) -> tuple[str, ...]:
    """锁定后有变: what is shown is as it was locked, and the data are other ones now."""
    return (CHANGED_BAND,) if score is not None and score.changes else ()


def state_bands(score: RoundScore | None) -> tuple[str, ...]:
    """还原稿·非原表 and 草稿, as the sheet is; without one a document is a draft."""
    reconstructed, signed = (score.sheet.reconstruction, score.locked) if score is not None else (False, False)
    return (*((RECONSTRUCTION_BAND,) if reconstructed else ()), *(() if signed else (DRAFT_BAND,)))


def score_bands(score: RoundScore | None) -> tuple[str, ...]:
    """The bands of what shows scores: those of the sheet's state, and 锁定后有变."""
    return () if score is None else (*state_bands(score), *changed_bands(score))


def running(content: BriefingContent) -> tuple[str, ...]:
    """What stands on every page of report and workbook, in their language: the bands and the 查验码."""
    code = content.view_code
    of_code = (Message("查验码：{code}", {"code": code.code}),) if code else ()
    return tuple(render(each, content.language) for each in (*state_bands(content.score), *of_code))


def weakest(score: RoundScore | None) -> Message:
    """The level 1 group with the lowest 得分率."""
    return scores.weakest(None if score is None else score.tally)


def stands(score: RoundScore) -> Message:
    """Which sheet of which round it is, its figure and grade, and how much of it somebody stands by."""
    sums = score.tally
    params = {
        "round": score.round, "sheet": score.sheet.name, "total": points(sums.decisive), "grade": sums.grade or MISSING,
        "confirmed": sums.confirmed, "items": sums.items,
    }  # fmt: skip
    return Message("{round}·{sheet}：{total}分，等级：{grade}；已确认{confirmed}/{items}项", params)


def standing(score: RoundScore) -> list[Message]:
    """The grade, how much of it somebody stands by, and what is to be said of the sheet."""
    sums = score.tally
    said = [stands(score)]
    if sums.normalised is not None:
        said.append(Message("折算得分：{points}分（不适用项不计）", {"points": points(sums.normalised)}))
    return [*said, *(each for each in (score.changed, score.claimed, score.banner) if each is not None)]


def deducted(score: RoundScore | None) -> list[ScoredItem]:
    """The items that lost points, the most first."""
    return scores.deducted(() if score is None else score.items)


def lost_points(score: RoundScore | None) -> Message:
    """How many items lost how many points."""
    if score is None or not score.tally.scored:
        return Message("还没有评分")
    return scores.lost_points(deducted(score))


def differing(score: RoundScore) -> Message:
    """On how many items evaluators, or two sheets, differ."""
    if score.agenda:
        return Message("评价人之间有{count}项得分不同。", {"count": len(score.agenda)})
    if score.pairs:
        params = {"sheet": score.sheet.name, "other": score.other, "count": len(score.pairs)}
        return Message("“{sheet}”与“{other}”有{count}项得分不同。", params)
    return Message("没有可比较的其他评分表，或各表得分一致。")


def checked(found: Sequence[Finding]) -> Message:
    """How many checks came out how."""
    if not found:
        return Message("没有可核对的数据")
    counts = {status: sum(each.status == status for each in found) for status in CHECK_ORDER}
    return Message(
        "{all}项核对：不一致{wrong}，待核实{open}，提示{worth}，一致{right}",
        {
            "all": len(found), "wrong": counts["E"], "open": counts["Q"], "worth": counts["W"],
            "right": counts["P"],
        },
    )  # fmt: skip


def doubts(found: Iterable[Finding] | None) -> list[Finding]:
    """The contradictions and the questions; what agrees or is only worth knowing stays on the page."""
    return [each for each in found or () if each.asks]


def in_order(found: Iterable[Finding]) -> list[Finding]:
    """Contradictions and questions first."""
    return sorted(found, key=lambda each: CHECK_ORDER.index(each.status))


MOST_FOR_LEADERS = 7


def for_leaders(found: Sequence[Finding]) -> list[Finding]:
    """Contradictions and questions, then what is worth knowing: seven at most, where all agrees the first seven.

    What concerns the file alone and asks nobody stays in notes and workbook.
    """
    ordered = in_order(found)
    telling = [each for each in ordered if each.asks or (each.status == "W" and each.id not in OF_THE_FILE)]
    return (telling or ordered)[:MOST_FOR_LEADERS]


CHECK_HEADINGS = (word("数据疑点"), word("结果"), word("说明"))
FINDING_HEADINGS = (word("类别"), word("问题或建议"), word("整改状态"), word("责任单位（人）"), word("整改期限"))
STATE, OWNER, DUE = 2, 3, 4
"""Columns of FINDING_HEADINGS."""
Rows = list[tuple[Message | str, ...]]


def check_rows(found: Iterable[Finding]) -> Rows:
    """Under CHECK_HEADINGS, in the order given."""
    return [(each.title, STATUS_NAMES[each.status], each.message) for each in found]


def finding_rows(content: BriefingContent) -> Rows:
    """Under FINDING_HEADINGS."""
    return [
        (each.kind_name, each.text, each.state, each.owner or MISSING, each.due or MISSING)
        for each in content.remedies
    ]  # fmt: skip


@dataclass(frozen=True)
class Action:
    """A problem or a recommendation as a row under FINDING_HEADINGS, with 待明确 where nobody said who or when."""

    cells: tuple[Message | str, ...]
    late: bool
    """Overdue: the state says by how many days."""
    open_columns: tuple[int, ...]
    """Where 待明确 stands."""


def actions(content: BriefingContent) -> list[Action]:
    """In the order of the findings."""
    found = []
    for each in content.remedies:
        state = Message("逾期{days}天", {"days": each.late}) if each.late else each.state
        cells = (each.kind_name, each.text, state, each.owner or word("待明确"), each.due or word("待明确"))
        unknown = ((OWNER,) if not each.owner else ()) + ((DUE,) if each.due is None else ())
        found.append(Action(cells, bool(each.late), unknown))
    return found


def remedied(content: BriefingContent) -> Message:
    """How many problems and recommendations there are, and how far they are put right."""
    remedies = content.remedies
    problems = sum(each.problem for each in remedies)
    params = {"problems": problems, "advice": len(remedies) - problems}
    title = Message("{problems}个问题、{advice}条建议", params) if remedies else Message("问题与建议尚未登记")
    if remedies and content.rectified is not None:
        return Message("共{found}；{progress}", {"found": title, "progress": content.rectified})
    return title


SNAPSHOT_HEADINGS = (word("截至"), word("累计支付"), word("较上期"))


def snapshot_rows(content: BriefingContent) -> Rows:
    """Under SNAPSHOT_HEADINGS: a row a snapshot, with what was paid since the one before."""
    out: Rows = []
    before = None
    for day, value in content.paid_points:
        more = MISSING if before is None else cell(value - before, "signed")
        out.append((Message("{day}", {"day": day}), cell(value), more))
        before = value
    return out


def compared_title(content: BriefingContent) -> Message:
    """What has changed by the renovation: how many figures rose and fell, else how many places have pictures."""
    if content.facts.comparisons:
        return counted(content.facts.comparisons)
    return Message("{count}处改造前后照片", {"count": len(content.pictures)})
