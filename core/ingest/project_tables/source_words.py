"""Columns that hold money of a source: which source, and whether it is planned, has arrived or was paid.

The headings over a column say both: 中央财政补助 under 资金安排, 到位 under 中央补助, 省补助到位资金 in one. A source
is known by its whole name; under a group of money any other name is a source of its own. A column under a group is of
that group only, and one under 已投资 or of one period is none of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from core.ingest.files.labels import compact, plain
from core.ingest.report_text.money import SOURCE
from core.ingest.report_text.money_kinds import kind_of
from core.model.fields import source_field

_UNIT = re.compile(r"(?:人民币)?(?:亿元|万元|元)$")
_OTHER = re.compile(
    r"未|结余|结转|剩余|缺口|差额|尚|欠|率|比例|比重|占比|进度|排名|已投资|完成|累计投资|累计投入|本月|本期|本季|当月|当期|当季|上月|上期|上季|上年|去年|以前|年初"
    r"|新增(?!专项|一般|债)|户均|每|时间|日期|文号|笔数"
)
"""Words of another figure than the cumulative money of a source."""
_FLOWS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("paid", re.compile(r"支付|支出|付款|使用|列支|已付|已用|报账")),
    ("granted", re.compile(r"拨付|拨款|拨出")),
    ("arrived", re.compile(r"到位|到账|下达(?!.{0,4}(?:计划|预算|指标))|下拨|拨入|收到|落实")),
    ("planned", re.compile(r"计划|安排|筹集|筹措|预算|申请|批复|核定|来源|构成|组成|拟|下达|总?投资|概算")),
)
_MONEY = re.compile(r"资金|经费|款")
_ALL = re.compile(r"小计|合计|总计|总额")
_NAMES_SOURCES = re.compile(r"来源|构成|组成|渠道")
_FILLER = re.compile(
    r"其中|累计|已经?|实际|资金|金额|款项?|经费|情况|小计|合计|总计|计|数|额|的|总|各项?|截[至止]目前|截[至止]|期末|年末|月末|:|、|—|-|_|/"
)
_PART = re.compile(r"^(?:其中|[①-⑨]|[(]?[一二三四五六七八九\d]{1,2}[).、．])")
"""In front of a name: layout, and no part of it."""
_LEVEL = re.compile(
    r"(?:中央|国家|自治区|省|市|县|区|旗|镇|乡|街道|地方|本级|上级|居民|业主|住户|群众|个人|社会|集体|企业|银行|其他|其它"
    r"|(?:产权|管线|经营|建设|原产权|专营)?单位|级|政府)+"
)
"""Who gives, without saying what: a source where it stands among others."""
_NO_SOURCE = re.compile(r"[\d%]|备注|序号|名称|小区|面积|[户栋幢]|项目|街镇|地区|区域|方式|性质|类型|责任")
_MOST_NAME = 20


@dataclass(frozen=True)
class SourceColumn:
    """A column of a source's money."""

    flow: str
    """planned, arrived or paid."""
    source: str
    """bond, budget, or the name of another kind; "": of all sources together."""
    doubt: str = ""
    """granted: paid, or arrived? plain: no word says that it is planned. "": none."""

    @property
    def field(self) -> str:
        """The id of its field."""
        return source_field(self.flow, self.source)


@dataclass(frozen=True)
class _Heading:
    """One heading taken apart."""

    source: str
    """"": it names none."""
    flow: str
    """"": it says none; other: what it says is no money of a source."""
    rest: str
    """What is neither source nor flow nor filler."""
    part: bool
    """True for 其中…: a part of the column before."""
    label: str


def find(paths: Mapping[int, Sequence[str]], title: str = "") -> Mapping[int, SourceColumn]:
    """The columns of money by source among the headings of a table (column -> its path, the outermost first).

    `title`: what stands over the table; of plain names of sources it says what was done (资金到位情况表).
    """
    read = {column: [_heading(text) for text in paths[column]] for column in sorted(paths)}
    groups = _groups(paths, read)
    found: dict[int, SourceColumn] = {}
    whole = ""  # the flow of the last column that holds all of it: 到位资金, 其中:中央
    before: tuple[int, tuple[str, ...]] | None = None
    for column, headings in read.items():
        over = tuple(paths[column][:-1])
        beside = before == (column - 1, over)
        each = _column(headings, among=over in groups or (beside and not over), whole=whole)
        own = headings[-1]
        if each is not None:
            found[column] = each
            before = (column, over)
        if own.flow and not own.source and not own.rest:
            whole = own.flow
        elif not own.part and not beside:
            whole = ""
    usual = _of_title(title)
    plain_ones = {column: replace(each, flow=usual) for column, each in found.items() if each.doubt == "plain"}
    return _one_name_each({**found, **plain_ones})


def find_flows(paths: Mapping[int, Sequence[str]], title: str = "") -> Mapping[int, SourceColumn]:
    """The columns of money of a table that names the source in each row: 计划, 到位, 支付. No heading names one."""
    found: dict[int, SourceColumn] = {}
    for column in sorted(paths):
        headings = [_heading(text) for text in paths[column]]
        own = headings[-1]
        money = own.flow or _MONEY.search(own.label) or own.label in ("金额", "数额")
        if any(each.source or each.flow == "other" for each in headings) or own.rest or not money:
            continue
        if _NAMES_SOURCES.search(own.label) or _NO_SOURCE.search(own.label):
            continue
        found[column] = _made(own.flow or _flow(headings[:-1]), "")
    usual = _of_title(title)
    return {column: replace(each, flow=usual) if each.doubt == "plain" else each for column, each in found.items()}


def _of_title(title: str) -> str:
    """What a title says of the money in its table: planned, where it says nothing or several things."""
    said = [name for name, pattern in _FLOWS if pattern.search(compact(title))]
    return {"granted": "paid"}.get(said[0], said[0]) if len(said) == 1 else "planned"


def _groups(paths: Mapping[int, Sequence[str]], read: Mapping[int, Sequence[_Heading]]) -> set[tuple[str, ...]]:
    """The groups of money in which at least one column is of a source: the others beside it are of sources, too."""
    found: dict[tuple[str, ...], bool] = {}
    for column, headings in read.items():
        *over, own = headings
        if over and _flow(over) not in ("", "other"):
            named = bool(own.source) or (_LEVEL.fullmatch(own.label) is not None and own.label != "其他")
            key = tuple(paths[column][:-1])
            found[key] = found.get(key, False) or named
    return {key for key, named in found.items() if named}


def _column(headings: Sequence[_Heading], *, among: bool, whole: str) -> SourceColumn | None:
    """`among`: columns of sources stand beside it. `whole`: the flow of the column that it is a part of."""
    *over, own = headings
    if any(each.flow == "other" for each in headings):
        return None
    source, flow = own.source, own.flow or _flow(over)
    if source and own.rest:
        if not among or not _names_source(own):
            return None  # 中央补助户数
        source = own.label  # 爱心基金会
    if not source:
        source = next((each.source for each in reversed(over) if each.source and not each.rest), "")
        if source and (own.rest or not own.flow):
            return None
    if not source and own.rest and among and _names_source(own):
        source = own.label
    if source:
        if not flow and (own.part or among) and whole:
            flow = whole
        return _made(flow, source)
    if own.rest or not flow or flow == "paid" or flow == "granted":
        return None  # what was paid of all is the place's 累计支付
    words = [each.label for each in headings]
    if not any(_MONEY.search(text) for text in words):
        return None  # 计划, 批复数: of anything
    if _NAMES_SOURCES.search(own.label) and not _ALL.search(own.label):
        return None  # 资金来源: the names of sources, and no amount
    return SourceColumn(flow, "")


def _made(flow: str, source: str) -> SourceColumn:
    if flow == "granted":
        return SourceColumn("paid", source, "granted")
    return SourceColumn(flow or "planned", source, "" if flow else "plain")


def _flow(over: Iterable[_Heading]) -> str:
    """What the groups over a column say; the nearest wins, another figure over all."""
    flows = [each.flow for each in over if each.flow]
    return "other" if "other" in flows else flows[-1] if flows else ""


def _names_source(own: _Heading) -> bool:
    return 0 < len(own.label) <= _MOST_NAME and not own.flow and _NO_SOURCE.search(own.label) is None


def _heading(text: str) -> _Heading:
    """Take a heading apart: the source that it names, what was done, and what is left over."""
    whole = _UNIT.sub("", plain(text)) or compact(text)
    label = _PART.sub("", _PART.sub("", whole).lstrip(":"))
    part = whole.startswith("其中")
    found = max(SOURCE.finditer(label), key=lambda match: len(match[0]), default=None)
    named = _without_verb(found[0]) if found else ""
    at = found.start() if found else 0
    left = label[:at] + "|" + label[at + len(named) :] if named else label
    if _OTHER.search(left):
        return _Heading(named, "other", "", part, label)
    flow = next((name for name, pattern in _FLOWS if pattern.search(left)), "")
    for _, pattern in _FLOWS:
        left = pattern.sub("", left)
    rest = _FILLER.sub("", left).strip("|")
    return _Heading(kind_of(named) if named else "", flow, rest, part, label)


_VERB = re.compile(r"(?<=.{2})(?:安排|投入|拨款)(?:资金)?$")
"""Behind a name it says what was done."""


def _without_verb(name: str) -> str:
    return _VERB.sub("", name)


def _one_name_each(found: Mapping[int, SourceColumn]) -> Mapping[int, SourceColumn]:
    """One name for each source: with 资金 behind it or without."""
    names: dict[str, str] = {}
    for each in found.values():
        names.setdefault(each.source.removesuffix("资金"), each.source)
    return {column: replace(each, source=names[each.source.removesuffix("资金")]) for column, each in found.items()}
