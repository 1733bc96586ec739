"""What a report's sentences say of money: totals, sources, shares, rates of use. 万元; shares 0..1.

An amount counts only with its subject: the words between it and the figure before it, or those right behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from core.ingest.outline import Line, Outline
from core.ingest.wording import MONEY, PERCENT, money, share
from core.model.project import Claim, FundingSource

Kind = Literal["planned", "paid", "arrived", "invested", "approval_stage", "plan_stage", "estimate_stage", "share"]

SOURCES: tuple[tuple[FundingSource, re.Pattern[str]], ...] = (
    ("bond", re.compile(r"专项债券?|政府债券?|债券")),
    (
        "budget",
        re.compile(
            r"(?:财政|自筹|配套|一般公共预算)(?:性|内)?(?:预算|配套|自有|安排)*(?:资金|安排|投入)?"
            r"|(?<!项目)(?<!总)(?<!年度)预算内?(?:资金|安排)"
        ),
    ),
)
_ACTIONS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("arrived", re.compile(r"到位|到账")),
    ("paid", re.compile(r"支出|支付|付款|付出|拨付|(?:已|累计|实际)使用|已用|使用了|花费")),
    ("invested", re.compile(r"已投资|完成投资|投资完成|累计投资|已投入|累计投入")),
    ("approval_stage", re.compile(r"(?:(?:项目|工程)?总投资(?:额)?)?(?:匡算|估算)(?:总投资)?(?:额|金额)?")),
    ("estimate_stage", re.compile(r"(?:(?:项目|工程)?(?:总投资|投资))?概算(?:总投资|总额|金额|投资)*(?:额)?")),
    (
        "plan_stage",
        re.compile(r"(?:批复的?)?(?:计划|规划|核定)?的?(?:总投资|投资总额|投资规模|总资金规模)(?:额|金额)?"),
    ),
)
_NEVER = re.compile(
    r"剩余|结余|尚未|未支付|未支出|未到位|缺口|尚需|还需|节约|超支|每户|每平|人均|户均|奖补|分别|单价|罚"
)
_PLANNED = re.compile(r"计划|申请|安排|批复|拟|总投资|来源")
_ALL = re.compile(r"项目|工程|总|共|合计|全")
_OF_A_PLACE = re.compile(
    r"[\u4e00-\u9fff](?:街道|镇|乡)(?:已|累计|完成|投资|投入|支付|支出|使用|资金|为|共|计|约|的|了)*$"
)
_NOT_YET = re.compile(
    r"目标值?(?:为|是|:|达到?)?$|不低于|应达|应当|力争|确保|须|要求|以上|上年|去年|同类|争取|未达|不足|低于|计划达|预计|提高到|提升至"
)
_RATES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("arrival_rate", re.compile(r"到位(?:比?率|比例)")),
    ("completion_rate", re.compile(r"(?:目标|任务|工程|指标|改造|项目)(?:的)?(?:实际)?完成(?:比?率|比例)")),
    ("utilisation", re.compile(r"(?:使用|执行|支出|支付|用款)(?:进度|比)?(?:率|比例|进度)")),
)
_BEHIND = re.compile(r"^(?:的资金|资金|的)?(?:来自|来源于|源于|由|为|系|靠|是)?([^,。;():\d%]{0,14})")
_SHARE = re.compile(r"占|比重|比例|份额|来源|构成|组成|\((?:约|占)?[\d.]+%\)")
_ARRIVED = re.compile(r"资金(?:均|都)?(?:已经?)(?:全部|足额|全额|及时)*(?:全部|足额|全额)(?:及时)?到位")
_WHOLLY = re.compile(r"(?:(债)[^,。;]{0,8}|资金)(?:已经?)?(?:全部|悉数|全额)(?:使用|支出|支付|拨付)(?:完毕|完成|到位)?")
_NO_SHARE = re.compile(r"支出|支付|使用|拨付|满意|利率|分别|未")
"""Words before a share that make it one of something else."""
_STAGES: tuple[Kind, ...] = ("approval_stage", "plan_stage", "estimate_stage")
_PATTERN = dict(SOURCES)
_APPROVAL = re.compile(r"批复|批准|核准")
_AS_APPROVED = re.compile(r"(?:批复|批准|核准)(?:的)?(?:计划|总投资|概算|投资)")
_ITEM = re.compile(r"[(（]\d+[)）]$")
_MOST_LINES = 8
"""Paragraphs that tell what an approval says."""


@dataclass(frozen=True)
class Amount:
    """One amount or share with what it is of."""

    kind: Kind
    source: FundingSource | None
    """None: of all money."""
    value: Decimal
    subject: str
    """The words that say so."""
    text: str
    """The amount as it stands."""
    line: Line


def _source(words: str) -> FundingSource | None:
    """The source that the words name last."""
    ends = [(max((found.end() for found in pattern.finditer(words)), default=-1), name) for name, pattern in SOURCES]
    end, name = max(ends)
    return name if end >= 0 else None


def _action(words: str) -> tuple[Kind, str] | None:
    """What the words say was done, and those that say it: the last one wins, a stage before a plain total."""
    found = [
        (match.end(), -rank, kind, match[0])
        for rank, (kind, pattern) in enumerate(_ACTIONS)
        for match in pattern.finditer(words)
    ]
    if not found:
        return None
    *_, kind, text = max(found)
    return kind, text


def _subject(before: str, behind: str) -> tuple[tuple[Kind, str] | None, FundingSource | None]:
    """What an amount is of, by the words before it, else by those right behind it: what was done, and the source."""
    action, source = _action(before), _source(before)
    if action is None and source is None:
        found = _BEHIND.match(behind)
        words = "" if found is None or _NEVER.search(found[1]) else found[1]
        action, source = _action(words), _source(words)
    elif action is not None and action[0] in _STAGES and source is not None:
        # A stage is of the whole; a source named behind it takes the amount.
        if before.rfind(action[1]) < max(found.start() for found in _PATTERN[source].finditer(before)):
            action = None
        else:
            source = None
    return action, source


def _in_turn(
    last: Amount | None, kind: Kind | None, source: FundingSource | None, before: str, so_far: str
) -> tuple[Kind, FundingSource | None]:
    """What an amount takes over from the one before it in its sentence."""
    if last is None or (kind is not None and kind != "paid"):
        return kind or "planned", source
    if kind is None:
        # 累计支付8000万元,其中债券8000万元: of what was just said.
        again = last.kind in ("paid", "arrived") and not _PLANNED.search(before)
        return last.kind if again else "planned", source
    if source is None and last.kind == "planned" and not _ALL.search(before):
        # 债券12000万元,已支付8000万元: of that source, where it is the only one named.
        named = {each for each, pattern in SOURCES if pattern.search(so_far)}
        return kind, last.source if named == {last.source} else None
    return kind, source


def _money(line: Line, sentence: str) -> Iterator[Amount]:
    end = 0
    last: Amount | None = None
    for found in MONEY.finditer(sentence):
        before, end = sentence[end : found.start()][-60:], found.end()
        value = money(found)
        if value is None or _NEVER.search(before) or _OF_A_PLACE.search(before):
            continue
        action, source = _subject(before, sentence[end : end + 40])
        if action is None and source is None:
            continue
        kind, source = _in_turn(last, action[0] if action else None, source, before, sentence[: found.start()])
        last = Amount(kind, source, value, action[1].removeprefix("的") if action else "", found[0], line)
        yield last


def _giver(behind: str) -> FundingSource | None:
    """The source in 来自专项债, 由财政安排, right behind a share."""
    found = _BEHIND.match(behind)
    return _source(found[1]) if found and re.match(r"(?:的资金|资金|的)?(?:来|由|为|系|靠|是)", behind) else None


def _shares(line: Line, sentence: str) -> Iterator[Amount]:
    end = 0
    for found in PERCENT.finditer(sentence):
        before, end = sentence[end : found.start()][-80:], found.end()
        value = share(found["number"])
        if value is None or value > 1 or _NO_SHARE.search(before) or any(rate.search(before) for _, rate in _RATES):
            continue
        source = (_source(before) if _SHARE.search(sentence) else None) or _giver(sentence[end : end + 40])
        if source is not None:
            yield Amount("share", source, value, "", found[0], line)


def _part(line: Line) -> tuple[str, str]:
    """What has one subject: 一(一)2 and 一(一)2(3) are one part."""
    return _ITEM.sub("", line.section), line.heading


def _near_approval(outline: Outline) -> Iterator[tuple[Line, str, bool]]:
    """Each sentence, and whether it tells what the approval says: there, or in what follows it in its part."""
    told: tuple[str, str] | None = None
    left = 0
    for line in outline.lines:
        left -= 1
        for sentence in line.sentences:
            if _APPROVAL.search(sentence) and not _AS_APPROVED.search(sentence):
                told, left = _part(line), _MOST_LINES
            yield line, sentence, left > 0 and told == _part(line)


def amounts(outline: Outline) -> tuple[Amount, ...]:
    """All that the sentences say of money, in their order."""
    found: list[Amount] = []
    for line, sentence in outline.sentences():
        found += _money(line, sentence)
        found += _shares(line, sentence)
    return tuple(found)


_TOTALS: dict[Kind, str] = {
    "paid": "total_paid",
    "invested": "total_invested",
    "plan_stage": "total_estimate",
    "estimate_stage": "total_estimate",
}


def _of_amounts(found: tuple[Amount, ...]) -> Iterator[Claim]:
    # The table's 概算 is the estimate; what was planned before it counts where no 概算 is given.
    staged = any(each.kind == "estimate_stage" for each in found)
    estimate = "estimate_stage" if staged else "plan_stage"
    for each in found:
        source = each.line.source
        if each.kind == "share":
            yield Claim(f"share_{each.source}", each.value, each.text, source)
        elif each.source is None and each.kind in ("paid", "invested", estimate):
            yield Claim(_TOTALS[each.kind], each.value, each.text, source)
        if each.kind in _STAGES:
            yield Claim(each.kind, each.value, each.subject, source)


def _rates(outline: Outline) -> Iterator[tuple[bool, Claim]]:
    """Whether it is said of the bond, and the claim."""
    for line, sentence in outline.sentences():
        end = 0
        for found in PERCENT.finditer(sentence):
            before, end = sentence[end : found.start()][-60:], found.end()
            value = share(found["number"])
            named = [(match.end(), name) for name, pattern in _RATES for match in pattern.finditer(before)]
            if (
                value is None
                or not named
                or _NOT_YET.search(before[-30:])
                or sentence[found.end() :].startswith("以上")
            ):
                continue
            yield _source(before) == "bond", Claim(max(named)[1], value, found[0], line.source)
        arrived = _ARRIVED.search(sentence)
        if arrived and not _NOT_YET.search(sentence):
            yield False, Claim("arrival_rate", Decimal(1), arrived[0], line.source)
        wholly = _WHOLLY.search(sentence)
        if wholly and not _NOT_YET.search(sentence) and "未" not in sentence[: wholly.end()]:
            yield bool(wholly[1]), Claim("utilisation", Decimal(1), wholly[0], line.source)


_BEARS = re.compile(
    r"(?:资金|经费|费用)[^,。;]{0,8}?(?:由|从|在)[^,。;]{0,24}?(?:财政|预算)[^,。;]{0,16}?"
    r"(?:承担|负担|安排|解决|保障|列支|统筹|支出|拨付)"
    r"|资金来源[^,。;]{0,6}?(?:为|是|:)[^,。;]{0,12}?财政[^,。;%\d]{0,8}(?=[,。;]|$)"
)


def _borne(outline: Outline) -> Iterator[Claim]:
    """Who bears the costs by the approval: all of them, or the share that it gives."""
    for line, sentence, approval in _near_approval(outline):
        found = _BEARS.search(sentence) if approval else None
        if found is None or _PATTERN["bond"].search(sentence):
            continue
        part = PERCENT.search(re.split(r"[,。;]", sentence[found.start() :])[0])
        value = share(part["number"]) if part else Decimal(1)
        if value is not None and value <= 1:
            yield Claim("approval_funding", value, found[0], line.source)


def find(outline: Outline, found: tuple[Amount, ...]) -> Iterator[Claim]:
    """Claims of money; the rate of use of the bond comes before those of other money."""
    yield from _of_amounts(found)
    rates = list(_rates(outline))
    # Sorting is stable: among equals the first said stays first.
    yield from (claim for _, claim in sorted(rates, key=lambda rate: not rate[0]))
    yield from _borne(outline)
