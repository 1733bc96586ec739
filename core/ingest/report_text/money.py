"""Claims of money in a report's sentences: totals, sources, shares, rates of use. 万元; shares 0..1.

An amount counts only with its subject: the words between it and the figure before it, or those right behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from core.ingest.report_text.money_kinds import kind_of
from core.ingest.report_text.outline import Outline, OutlineLine
from core.ingest.report_text.wording import MONEY, PERCENT, money, share
from core.model.project import Claim

Kind = Literal[
    "planned", "paid", "arrived", "invested", "approval_stage", "plan_stage", "estimate_stage", "share", "unclear",
]  # fmt: skip
"""unclear: what was done with the money, or which money it is, was not understood."""

_LEVELS = r"中央|国家|自治区|上级|地方|本级|镇级|(?:省|市|县|(?<![小片社园景校库])区)(?:本级|级)?"
_GIVERS = r"居民|业主|住户|群众|个人|社会|集体|企业|银行|(?:产权|管线|经营|建设|实施)?单位|政府"
_NATURES = r"财政|新增|再融资|一般|专项|特别|超长期|长期|政策性|政府性|保障性安居工程"
SOURCE = re.compile(
    rf"(?:{_LEVELS}|{_GIVERS}|{_NATURES})*?"
    r"(?:债券?(?!务)|国债|补助|补贴|奖补|以奖代补|自筹|筹集|(?<!支)出资(?!金)|社会资本|捐赠|捐助|捐款|财政|一般公共预算|预算内投资|转移支付|贷款|基金"
    rf"|(?:{_LEVELS}|{_GIVERS})(?:资金|配套(?!设施|工程|用房))|配套资金"
    r"|(?<!项目)(?<!总)(?<!年度)预算内?(?=资金|安排))"
    r"(?:(?:性|内|专项|预算|配套|补助|奖补|自有|自筹|安排|拨款|转移支付)*(?:资金|安排|投入|收入)?)"
)
"""A source of money with all that belongs to its name: who gives it, of what nature it is."""
_VERB = re.compile(r"(?<=.{2})(?:安排|投入)$")
"""Behind a name it says what was done."""
_SOME_BOND = re.compile(r"(?:地方)?(?:政府)?债券?(?:资金|收入)?")
SOME_BOND = "债券"
"""A bond whose kind is not said there: the one that the text names, if it names one."""
_ACTIONS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("arrived", re.compile(r"到位|到账|下拨|拨入|收到|下达(?![^,。;\d]{0,4}(?:计划|预算|指标))")),
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
    r"剩余|结余|尚未|未支付|未支出|未到位|缺口|尚需|还需|节约|超支|每户|每平|人均|户均|(?<![央家级财政市区县省])奖补|分别|单价|罚"
)
_PLANNED = re.compile(r"计划|申请|安排|批复|拟|总投资|来源")
_DONE = re.compile(r"已|实际|累计|收|到")
"""Money that something was done with: it is not what was planned, whatever was done."""
_AFTER = re.compile(
    r"^(?:[、和与及][^,;:。]*?(?:均|都))?(?:均|都|已|业已|已经|全部|全额|足额|按时|及时|陆续|分批)+"
    r"(?P<done>到位|到账|下达|下拨|支付|支出|拨付|使用)(?![^,。;]{0,6}\d)"
)
"""Words right behind an amount: 12000万元已全部到位."""
_THIS_YEAR = re.compile(r"[本当上今去]年(?![底末])")
_ONE_YEAR = re.compile(r"20\d{2}年度?(?:\d{1,2}月份?)?(?!\d)")
_UP_TO = re.compile(r"截[至止]|累计|[底末日]")
"""Paid in one year is not all that was paid; paid up to a day is."""
_ARRIVALS = re.compile(r"到位|到账")
_OF_THE_WHOLE = re.compile(
    r"截[至止]|[年月日号]"
    r"|目前|当前|期末|期间|日前|年底|年末|月底|月末|评价|基准日|报告期|底|末|止|该|本次?|上述|各(?:街道|街镇|镇|区|地)?"
    r"|全区|全市|全县|项目|工程|改造|老旧|城镇|小区|建设|实施|单位|部门|全部?|总|共|合|累计|已经?|业已|实际|资金|金额|款项"
    r"|投资|投入|完成|支[付出]|付款|付出|拨付|使用|用|花费|到位|情况|其中|为|达|到|约|计|的|了|是|有|均|额|数|量|至|于|在|从|由|共?同"
    r"|财政|预算|专项债券?|债券|政府|地方|自筹|配套|年度?|进度|比|率|按|向|来看?|上|方面|总计|截|及|和|与|、|[^\u4e00-\u9fff]"
)
"""Words that leave an amount the whole project's."""
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
_APPROVAL = re.compile(r"批复|批准|核准")
_AS_APPROVED = re.compile(r"(?:批复|批准|核准)(?:的)?(?:计划|总投资|概算|投资)")
_ITEM = re.compile(r"[(（]\d+[)）]$")
_MOST_LINES = 8
"""Paragraphs that tell what an approval says."""


@dataclass(frozen=True)
class StatedAmount:
    """One amount or share with what it is of."""

    kind: Kind
    source: str | None
    """None: of all money."""
    value: Decimal
    subject: str
    """The words that say so."""
    text: str
    """The amount as it stands."""
    line: OutlineLine


def _kind_of(name: str) -> str:
    """Tell the source that a whole name means; one that is neither bond nor budget stays under its own name."""
    return SOME_BOND if _SOME_BOND.fullmatch(name) else kind_of(name)


def _named(words: str) -> list[tuple[int, str]]:
    """The sources that the words name, each with where its name begins."""
    return [(found.start(), _kind_of(_VERB.sub("", found[0]))) for found in SOURCE.finditer(words)]


def _source(words: str) -> str | None:
    """The source that the words name last."""
    found = _named(words)
    return found[-1][1] if found else None


def _is_bond(source: str | None) -> bool:
    return source in ("bond", SOME_BOND)


def _action(words: str) -> tuple[Kind, str] | None:
    """Find the deed that the words tell, and those that tell it: the last one wins, a stage before a plain total."""
    found = [
        (match.end(), -rank, kind, match[0])
        for rank, (kind, pattern) in enumerate(_ACTIONS)
        for match in pattern.finditer(words)
    ]
    if not found:
        return None
    *_, kind, text = max(found)
    return kind, text


def _subject(before: str, behind: str) -> tuple[tuple[Kind, str] | None, str | None]:
    """Find deed and source of an amount by the words before it, else by those right behind it."""
    action, source = _action(before), _source(before)
    if action is None and source is None:
        found = _BEHIND.match(behind)
        words = "" if found is None or _NEVER.search(found[1]) else found[1]
        action, source = _action(words), _source(words)
    elif action is not None and action[0] in _STAGES and source is not None:
        # A stage is of the whole; a source named behind it takes the amount.
        if before.rfind(action[1]) < max(start for start, _ in _named(before)):
            action = None
        else:
            source = None
    return action, source


def _in_turn(
    last: StatedAmount | None, kind: Kind | None, source: str | None, before: str, so_far: str
) -> tuple[Kind, str | None]:
    """Take over from the amount before it in its sentence what an amount does not say itself."""
    if last is None or (kind is not None and kind != "paid"):
        return kind or "planned", source
    if kind is None:
        # 累计支付8000万元,其中债券8000万元: of what was just said.
        again = last.kind in ("paid", "arrived") and not _PLANNED.search(before)
        return last.kind if again else "planned", source
    if source is None and last.kind == "planned" and not _ALL.search(before):
        # 债券12000万元,已支付8000万元: of that source, where it is the only one named.
        named = {each for _, each in _named(so_far)}
        return kind, last.source if named == {last.source} else None
    return kind, source


def _money(line: OutlineLine, sentence: str) -> Iterator[StatedAmount]:
    end = 0
    last: StatedAmount | None = None
    for found in MONEY.finditer(sentence):
        before, end = sentence[end : found.start()][-60:], found.end()
        value = money(found)
        if value is None or _NEVER.search(before) or _OF_A_PLACE.search(before):
            continue
        behind = sentence[end : end + 40]
        action, source = _subject(before, behind)
        if action is None and source is None:
            continue
        if action is None and not _PLANNED.search(before) and (after := _AFTER.match(behind)):
            action = _action(after["done"])
        if _not_understood(action, source, before, last, line):
            yield StatedAmount("unclear", source, value, before, found[0], line)
            continue
        kind, source = _in_turn(last, action[0] if action else None, source, before, sentence[: found.start()])
        if kind == "planned" and action is None and _ARRIVALS.search(line.heading) and not _PLANNED.search(before):
            kind = "arrived"
        last = StatedAmount(kind, source, value, action[1].removeprefix("的") if action else "", found[0], line)
        yield last


def _not_understood(
    action: tuple[Kind, str] | None, source: str | None, before: str, last: StatedAmount | None, line: OutlineLine
) -> bool:
    """True when it stays open what was done with the money, or that it is the whole project's."""
    clause = re.split(r"[,;:(]", before)[-1]
    if action is None:
        # 已落实3000万元 is not what was planned.
        return _DONE.search(clause) is not None and not _PLANNED.search(before)
    if action[0] not in ("paid", "invested") or source is not None or (last is not None and last.kind == "planned"):
        return False
    # 工程款, 2023年, 甲小区: paid of something else than all of it.
    one_year = _ONE_YEAR.search(clause) is not None and _UP_TO.search(clause) is None
    part = one_year or _THIS_YEAR.search(clause) is not None
    return part or re.search(r"[\u4e00-\u9fff]", _OF_THE_WHOLE.sub("", clause)) is not None


def _giver(behind: str) -> str | None:
    """The source in 来自专项债, 由财政安排, right behind a share."""
    found = _BEHIND.match(behind)
    return _source(found[1]) if found and re.match(r"(?:的资金|资金|的)?(?:来|由|为|系|靠|是)", behind) else None


def _shares(line: OutlineLine, sentence: str) -> Iterator[StatedAmount]:
    end = 0
    for found in PERCENT.finditer(sentence):
        before, end = sentence[end : found.start()][-80:], found.end()
        value = share(found["number"])
        if value is None or value > 1 or _NO_SHARE.search(before) or any(rate.search(before) for _, rate in _RATES):
            continue
        source = (_source(before) if _SHARE.search(sentence) else None) or _giver(sentence[end : end + 40])
        if source is not None:
            yield StatedAmount("share", source, value, "", found[0], line)


def _part(line: OutlineLine) -> tuple[str, str]:
    """The part of one subject: 一(一)2 and 一(一)2(3) are one."""
    return _ITEM.sub("", line.section), line.heading


def _near_approval(outline: Outline) -> Iterator[tuple[OutlineLine, str, bool]]:
    """Each sentence, and whether it tells what the approval says: there, or in what follows it in its part."""
    told: tuple[str, str] | None = None
    left = 0
    for line in outline.lines:
        left -= 1
        for sentence in line.sentences:
            if _APPROVAL.search(sentence) and not _AS_APPROVED.search(sentence):
                told, left = _part(line), _MOST_LINES
            yield line, sentence, left > 0 and told == _part(line)


def amounts(outline: Outline) -> tuple[StatedAmount, ...]:
    """All that the sentences say of money, in their order."""
    found: list[StatedAmount] = []
    for line, sentence in outline.sentences():
        found += _money(line, sentence)
        found += _shares(line, sentence)
    return _one_name_each(found, {source for _, sentence in outline.sentences() for _, source in _named(sentence)})


def _one_name_each(found: list[StatedAmount], named: set[str]) -> tuple[StatedAmount, ...]:
    """The amounts with one name for each source: with 资金 behind it or without, 债券 for the only bond named."""
    bonds = sorted(source for source in named if source == "bond" or ("债" in source and source != SOME_BOND))
    short = {SOME_BOND: bonds[0]} if len(bonds) == 1 else {}
    for name in dict.fromkeys(each.source for each in found if each.source):
        same = name.removesuffix("资金")
        short.setdefault(name, next((each for each in short.values() if each.removesuffix("资金") == same), name))
    return tuple(replace(each, source=short.get(each.source or "", each.source)) for each in found)


def unclear(outline: Outline) -> Iterator[tuple[str, str]]:
    """The amounts that were not understood, with the words before them, and where they stand."""
    for each in amounts(outline):
        if each.kind == "unclear":
            yield re.split(r"[,;:。(]", each.subject)[-1] + each.text, each.line.source


_TOTALS: dict[Kind, str] = {
    "paid": "total_paid",
    "invested": "total_invested",
    "plan_stage": "total_estimate",
    "estimate_stage": "total_estimate",
}


def _of_amounts(found: tuple[StatedAmount, ...]) -> Iterator[Claim]:
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
    """Find claims of rates; True in front: it is said of the bond."""
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
            yield _is_bond(_source(before)), Claim(max(named)[1], value, found[0], line.source)
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
    """Find the share of the costs that the budget bears by the approval; 1 where none is given."""
    for line, sentence, approval in _near_approval(outline):
        found = _BEARS.search(sentence) if approval else None
        if found is None or any(_is_bond(each) for _, each in _named(sentence)):
            continue
        part = PERCENT.search(re.split(r"[,。;]", sentence[found.start() :])[0])
        value = share(part["number"]) if part else Decimal(1)
        if value is not None and value <= 1:
            yield Claim("approval_funding", value, found[0], line.source)


def find(outline: Outline, found: tuple[StatedAmount, ...]) -> Iterator[Claim]:
    """Claims of money; the rate of use of the bond comes before those of other money."""
    yield from _of_amounts(found)
    rates = list(_rates(outline))
    # Sorting is stable: among equals the first said stays first.
    yield from (claim for _, claim in sorted(rates, key=lambda rate: not rate[0]))
    yield from _borne(outline)
