"""The meaning of a column's heading: its words apart (noun, stage, time), and those of the groups over it.

A heading is understood where all of its words are known, or where it is a spelling of its field. What its own words
leave open (计划, 开工数, 小计) the group over it says; what they say goes before the group.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from core.ingest.files.labels import compact, plain
from core.model.fields import FIELDS

_FIELD_OF = {spelling: field.id for field in FIELDS.values() for spelling in field.spellings}
_UNIT_BEHIND = re.compile(r"单位|[/::(\[]|(?<=.)(?:亿元|万元|元|万m2|万平方米|m2|平方米|平米)$")
_MOST_HEADING = 60
_MONTH = re.compile(
    r"(?:截[至止])?(?:(?P<year>20\d\d)[年./-])?(?P<from>(?<![\d.])1月?[-~—–至到])?(?<![\d.])(?P<month>0?[1-9]|1[0-2])月(?:份|末|底|(?P<day>\d{1,2})日)?"
    r"|(?:截[至止])?(?P<year2>20\d\d)[./-](?P<month2>0?[1-9]|1[0-2])(?:[./-](?P<day2>\d{1,2}))?(?!\d)"
)
"""12月, 2024年12月末, 1-12月, 2024-12-01 (how a spreadsheet's day reads)."""
_YEAR = re.compile(r"(?P<to>截[至止])?20\d\d年?(?:(?P<end>底|末)|度)?")
"""2023年, 2023年度; 截至2024年底 is no year's, but up to its end."""

_FOUR = re.compile(r"20\d\d(?=年(?!度))")
"""The year that a group over columns of months names; 2023年度 is a programme's, whose money is paid for years."""

_WORDS: Mapping[str, str] = {
    "place1": "省 省份 自治区",
    "place2": "城市 市 地市 州市 市州 设区市 地级市 盟市",
    "place3": "县 区 旗 县区 区县 市县 县市 市区 县市区 市县区 区市县 区县市 城区 地区 区域 辖区 属地 行政区"
    " 行政区划 所在地 区划",
    "place4": "街镇 镇街 街道 乡镇 镇 乡 镇街道 街道镇 乡镇街道 街道乡镇 街道办 街道办事处 办事处 镇办 乡镇办 乡街"
    " 片区 园区 功能区",
    "name": "名称 名字 名 全称",
    "communities": "小区 老旧小区 住宅小区 居住小区",
    "buildings": "楼栋 栋 幢 楼幢 楼 楼房 住宅楼 居民楼 楼宇 单体楼",
    "households": "户 住户 居民户 家庭 户籍",
    "area": "面积 建筑面积",
    "projects": "项目 工程 标段",
    "estimate": "概算 总投资 投资概算 概算投资 概算总投资 投资总额 总投资额",
    "investment": "投资 投资额 投入 工作量",
    "money": "资金 金额 款 款项 经费 金",
    "count": "数 数量 个数 总数 总量 量 额 数额 值 情况 进展 规模 总额",
    "rate": "率 比例 比重 百分比 占比 进度 均 日期 时间 年月 序号 排名 名次 增长 同比 环比",
    "plan": "计划 任务 目标 目标任务 年度任务 计划任务 下达任务 指标 下达计划 拟 应完成 拟改造 计划改造 安排改造",
    "started": "开工 新开工 动工 开工建设 启动",
    "finished": "完工 竣工 建成",
    "accepted": "验收 竣工验收 通过验收 验收合格 完工验收",
    "done": "完成",
    "actual": "实际 实有 实施",
    "paid": "支付 付款 支出 使用 付 兑付 开支 列支 实付",
    "granted": "拨付 拨款 拨出",
    "arrived": "到位 到账 下达 拨入 收到 落实",
    "approved": "批复 核定 审定 批准",
    "cumulative": "累计 期末 本期末 本月末 月末 月底 年底 年末 至今 本期末累计 期末累计 截至目前 截止目前 目前"
    " 截至本期 截至本月 开工以来"
    " 自开工以来 自开工 历年 截至 截止 本月累计 本期累计 本月止累计 本季末累计",
    "period": "本期 本月 当月 本季 本季度 当期 当季 新增 本周 本旬 本次 上半年 下半年 半年",
    "year": "本年 当年 本年度 当年度 今年 年度 全年 年内",
    "before": "上期 上期末 上月 上月末 上年 上年末 上年度 去年 期初 年初 上季度 上季 上季末 以前年度 往年"
    " 上期末累计 上期累计 上月累计"
    " 上月末累计 上年末累计 截至上期末 截至上月 截至上月末 截至上年末",
    "revised": "调整后 变更后 修订后 调整 变更 修编后",
    "original": "调整前 变更前 原 原计划 初始",
    "total": "小计 合计 总计 计 共计",
    "not": "未 非 不 无 取消 退出 剩余 待 尚 其中 另 余 缺口 差额 结余 欠",
    "": "改造 老旧 城镇 受益 涉及 涉 惠及 已 项 居民 建筑 建设 总 合 纳入 民生 的 基本 有关 相关 所属 所在 所辖 各"
    " 个 本 年 月 (改造)"
    " 完善 覆盖 共 数据 统计 投资情况 资金情况 汇总 、 / , 和 及 与 · - _ —",
}  # fmt: skip
"""The kind of a word -> the words; "": they change nothing."""
_KIND_OF = {word: kind for kind, words in _WORDS.items() for word in words.split() or [""]}
_LONGEST = max(map(len, _KIND_OF))
_COUNTS = ("communities", "buildings", "households", "area")
_MONEY = ("estimate", "investment", "money")
_STAGES = ("started", "finished", "accepted", "done", "paid", "granted", "arrived")
_PAYING = ("paid", "granted", "arrived")
_PLACES = ("place1", "place2", "place3", "place4")
_STAGE_OF_COUNT: Mapping[tuple[str, str], str] = {
    ("communities", "started"): "started", ("communities", "finished"): "finished",
    ("communities", "done"): "finished", ("communities", "accepted"): "accepted",
    ("households", "finished"): "homes_finished", ("households", "done"): "homes_finished",
}  # fmt: skip
_SAYS: Mapping[str, tuple[str, ...]] = {
    "communities": ("communities", "count"), "buildings": ("buildings", "count"), "households": ("households", "count"),
    "area": ("area",), "started": ("started",), "finished": ("finished",), "accepted": ("accepted",),
    "homes_finished": ("households", "finished"), "estimate": ("estimate",), "invested": ("investment", "done"),
    "paid": ("money", "paid"), "arrived": ("money", "arrived"),
}  # fmt: skip
"""The fields that groups and times change -> the kinds of words that any spelling of theirs stands for."""
_LEAST_ALIKE = 0.6


class Month(NamedTuple):
    """A month that a heading names; `year` 0: it does not say which; `day` 0: none, so its last."""

    year: int
    month: int
    day: int = 0


@dataclass(frozen=True)
class Meaning:
    """A field that a column may be, and how well it fits."""

    field: str
    fit: tuple[int, int, int]
    """The larger fits better; of columns for one field the best counts."""
    asked: bool = False
    """Read so only with a question: the words may mean something else."""
    month: Month | None = None

    @property
    def fits(self) -> bool:
        """True when the words alone would do, were there no other column."""
        return self.fit[0] > 1 and not FIELDS[self.field].is_label

    @property
    def label(self) -> Meaning | None:
        """Itself where it names what a row is of."""
        return self if FIELDS[self.field].is_label else None


class _Words(NamedTuple):
    """The words of a text."""

    kinds: tuple[str, ...]
    """In their order, without those that change nothing."""
    known: bool
    """True when nothing is left over."""
    month: Month | None
    label: str
    """Without brackets, unit, month and year."""
    qualified: bool = False
    """True when brackets or a year change what the label says."""

    def has(self, *kinds: str) -> bool:
        """True when one of them is there."""
        return any(kind in self.kinds for kind in kinds)

    def last(self, kinds: Iterable[str]) -> str:
        """The last of them; in Chinese the head of a name stands at its end."""
        wanted = tuple(kinds)
        return next((kind for kind in reversed(self.kinds) if kind in wanted), "")

    @property
    def open(self) -> bool:
        """True when only the group can say what is counted: 小计, 数量, 12月."""
        return self.known and all(kind in ("total", "count") for kind in self.kinds)


def exact(heading: str) -> str:
    """The field of which a heading is a spelling, "" for none."""
    label = plain(heading)
    return _FIELD_OF.get(label) or _FIELD_OF.get(_UNIT_BEHIND.split(label, maxsplit=1)[0], "")


def meaning(path: Sequence[str]) -> Meaning | None:
    """The field that a column is by the headings over it, from the outermost group to its own; None for none."""
    if not path or len(path[-1]) > _MOST_HEADING:
        return None
    *over, own_text = path
    own = _words(own_text)
    month = own.month
    while over and own.open:
        own_text = over.pop()
        own = _words(own_text)
        month = month or own.month
    groups = [_words(text) for text in over]
    month = month or next((group.month for group in reversed(groups) if group.month), None)
    if month is not None and not month.year:
        years = (year[0] for text in reversed(path) if (year := _FOUR.search(compact(text))))
        month = month._replace(year=int(next(years, 0)))
    found = _labelled(own_text, own, groups) or _figure(own, groups)
    if found is None or (found.field in _FIGURES and any(each.has("not") for each in (own, *groups))):
        return None
    return replace(found, month=month)


_FIGURES = frozenset(field.id for field in FIELDS.values() if not field.is_label)


def _labelled(text: str, own: _Words, groups: Sequence[_Words]) -> Meaning | None:
    """A label: a place of some level, or what an exact spelling says."""
    field = exact(text)
    level = max((int(kind[-1]) for kind in own.kinds if kind in _PLACES), default=0)
    if field == "place" or (own.known and level and all(kind in (*_PLACES, "name") for kind in own.kinds)):
        return Meaning("place", (level or 3, 0, 0))
    if field and FIELDS[field].is_label:
        return Meaning(field, (2, 0, 0))
    if own.known and own.kinds == ("communities", "name"):
        return Meaning("community", (2, 0, 0))
    if own.known and own.kinds == ("name",) and groups:
        near = groups[-1]
        level = max((int(kind[-1]) for kind in near.kinds if kind in _PLACES), default=0)
        if near.known and set(near.kinds) <= {"communities", "count"} and near.kinds:
            return Meaning("community", (2, 0, 0))
        return Meaning("place", (level, 0, 0)) if near.known and level else None
    return None


def _figure(own: _Words, groups: Sequence[_Words]) -> Meaning | None:
    """A figure: what the heading's spelling or words say, as far as the groups over it let it be that."""
    field = _FIELD_OF.get(own.label, "")
    if field and not groups and not own.qualified:
        return Meaning(field, (3 if own.has("cumulative") else 2, 1, 0))
    if field and field not in _SAYS:
        other = any(each.has("before", "period") for each in (own, *groups))
        return None if other else Meaning(field, (2, 1, 0))
    if not (field or own.known) or (own.has("rate") and not field):
        return None
    if field:
        own = own._replace(kinds=(*(kind for kind in _SAYS[field] if kind not in own.kinds), *own.kinds))
    noun = _noun(own)
    if not noun:
        if own.has("projects"):
            return None
        near = next((group for group in reversed(groups) if _noun(group)), None)
        if near is not None and not near.known:
            return None
        pays = any(each.has(*_PAYING) and each.known for each in (own, *groups))
        noun = _noun(near) if near is not None else "communities" if field else "money" if pays else ""
    strange = 0 if all(group.known for group in groups) else -1
    found = _counted(noun, own, groups) if noun in _COUNTS else _paid(noun, own, groups) if noun else None
    return found and replace(found, fit=(found.fit[0], found.fit[1], strange))


def _noun(words: _Words) -> str:
    """What is counted or paid: the last count that is named, else the most telling word for money."""
    return words.last(_COUNTS) or next((kind for kind in _MONEY if words.has(kind)), "")


def _counted(noun: str, own: _Words, groups: Sequence[_Words]) -> Meaning | None:
    """A count or an area: of the scope, where it is planned or nothing else is said, or of what is done."""
    over = _together(groups)
    stage = own.last(_STAGES) or ("" if own.has("plan") else over.last(_STAGES))
    version = _version(own, over)
    if own.has("plan") or (over.has("plan") and not stage):
        asked = bool(own.has("plan") and own.last(_STAGES))
        return Meaning(noun, (1 if asked else 3, version, 0), asked)
    if over.has("plan", "before") or own.has("before", "period") or (over.has("period") and not own.has("cumulative")):
        return None
    if stage:
        field = _STAGE_OF_COUNT.get((noun, stage), "")
        year = own.has("year") or over.has("year")
        return Meaning(field, (1 if year else 3 if own.has("cumulative") else 2, 0, 0), asked=year) if field else None
    if not own.has("count", "area", "actual") and not own.open and noun == own.last(_COUNTS) and not exact(own.label):
        return None  # 改造小区: a name as well as a number
    later = own.has("cumulative", "actual") or over.has("cumulative", "actual")
    return Meaning(noun, (1 if later else 2, version, 0), asked=later)


def _paid(noun: str, own: _Words, groups: Sequence[_Words]) -> Meaning | None:
    """An amount: approved, invested, paid or arrived, up to the day."""
    over = _together(groups)
    stage = own.last(_STAGES) or over.last(_STAGES)
    planned = own.has("plan") or over.has("plan")
    if not stage and (noun == "estimate" or own.has("approved") or (noun == "investment" and planned)):
        return _estimate(noun, own, over)
    if planned or over.has("before") or own.has("before", "period"):
        return None
    if over.has("period") and not own.has("cumulative"):
        return None
    year = own.has("year") or over.has("year")
    summed = own.has("cumulative") or over.has("cumulative")
    if year and not summed:
        return None
    fit = (1 if year else 3 if summed else 2, 0, 0)
    if stage == "arrived":
        return Meaning("arrived", fit, asked=year)
    if stage in ("paid", "granted"):
        return Meaning("paid", fit, asked=year or stage == "granted")
    if noun in ("investment", "estimate") and (stage == "done" or summed):
        return Meaning("invested", fit, asked=year)
    return None


def _estimate(noun: str, own: _Words, over: _Words) -> Meaning | None:
    """An approved amount; a year's 计划投资 is none."""
    if any(each.has("year", "period", "cumulative") for each in (own, over)):
        return None
    planned = noun == "investment" and not own.has("approved")
    return Meaning("estimate", (1 if planned else 3, _version(own, over), 0), asked=planned)


def _version(own: _Words, over: _Words) -> int:
    """2 for what was revised, 0 for what it was at first."""
    if own.has("revised") or over.has("revised"):
        return 2
    return 0 if own.has("original", "before") or over.has("original", "before") else 1


def _together(groups: Sequence[_Words]) -> _Words:
    kinds = tuple(kind for group in groups for kind in group.kinds)
    return _Words(kinds, all(group.known for group in groups), None, "")


@lru_cache(maxsize=4096)
def _words(text: str) -> _Words:
    """The words of a text: without its unit; in brackets only those that change the meaning."""
    whole = compact(text)
    inside = [_split(each)[0] for each in re.findall(r"\(([^()]*)\)|\[([^\[\]]*)\]", whole) for each in each if each]
    label = plain(text)
    month, ranged, label = _month(label)
    year = _YEAR.search(label)
    label = _YEAR.sub("", label) if year else label
    short = label if label in _FIELD_OF else _UNIT_BEHIND.split(label, maxsplit=1)[0] or label
    if _split(short)[1] and not _split(label)[1]:
        short = label
    kinds, left = _split(short)
    telling = [kind for part in inside for kind in part if kind in _TELLING]
    if ranged or (year is not None and month is None):
        telling.append("cumulative" if year is not None and (year["to"] or year["end"]) else "year")
    known = not left and any(letter.isalnum() for letter in label + (month is not None) * "月")
    return _Words((*telling, *kinds), known, month, short, qualified=bool(telling))


_TELLING = frozenset((
    "plan", "started", "finished", "accepted", "cumulative", "period", "year", "before", "revised", "original", "not",
))  # fmt: skip
"""Kinds of words that count in brackets, too: 户数(计划)."""


def undated(text: str) -> str:
    """A text in half width without spaces, years and months: what stays of a form's heading from month to month."""
    return _YEAR.sub("", _MONTH.sub("", compact(text)))


def month_in(name: str) -> Month | None:
    """The month that the name of a sheet speaks of; None for none."""
    return _month(plain(name))[0]


def _month(label: str) -> tuple[Month | None, bool, str]:
    """The month in a label, whether it is the last of a range, and the label without it."""
    found = _MONTH.search(label)
    if found is None:
        return None, False, label
    year, month = int(found["year"] or found["year2"] or 0), int(found["month"] or found["month2"])
    first = found["day2"] is not None and int(found["day2"]) == 1  # how a spreadsheet keeps a month
    day = 0 if first else int(found["day"] or found["day2"] or 0)
    return Month(year, month, day), found["from"] is not None, label[: found.start()] + label[found.end() :]


def _split(label: str) -> tuple[list[str], int]:
    """The kinds of the words that a label is made of, and how many letters are left over: as few as can be."""
    best: list[tuple[int, int, tuple[str, ...]]] = [(0, 0, ())]
    for end in range(1, min(len(label), _MOST_HEADING) + 1):
        over, words, kinds = best[end - 1]
        choice = (over + 1, words + 1, kinds)
        for start in range(max(end - _LONGEST, 0), end):
            kind = _KIND_OF.get(label[start:end])
            if kind is not None:
                over, words, kinds = best[start]
                choice = min(choice, (over, words + 1, (*kinds, kind)), key=lambda each: each[:2])
        best.append(choice)
    over, _, kinds = best[-1]
    return [kind for kind in kinds if kind], over


def closest(heading: str) -> tuple[str, ...]:
    """The fields that a heading is most like, the nearest first; at most two."""
    words = _words(heading)
    if words.open:
        return ()
    label, own = words.label, set(words.kinds) & {*_COUNTS, *_MONEY, *_STAGES}
    alike: dict[str, float] = {}
    for spelling, field in _FIELD_OF.items():
        score = SequenceMatcher(None, label, spelling).ratio()
        shared = len(own & set(_words(spelling).kinds)) / 4
        alike[field] = max(alike.get(field, 0), score + shared)
    ranked = sorted((field for field in alike if alike[field] >= _LEAST_ALIKE), key=lambda field: -alike[field])
    return tuple(ranked[:2])
