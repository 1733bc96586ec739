"""Claims of scope in a report's sentences: communities, buildings, households, floor area of the whole project.

Counts of one place, of what is done already, of a survey and the like are of something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.ingest.report_text.outline import Outline, OutlineLine
from core.ingest.report_text.wording import NUM, number, stored
from core.model.project import Claim

_KINDS = r"(?:城镇|城市|老旧|老|旧|住宅|居民|居住|改造|片区)*"
_LINKS = r"(?:共计?|合计|总计|为|有|达到?|约|:|是|近|计)*"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("total_communities", re.compile(rf"(?P<number>{NUM})个{_KINDS}(?:小区|住区)")),
    ("total_communities", re.compile(rf"(?:小区|住区)(?:数量|总数|个数|数)?{_LINKS}(?P<number>{NUM})个")),
    ("total_buildings", re.compile(rf"(?P<number>{NUM})(?:栋|幢)")),
    ("total_buildings", re.compile(rf"(?:栋数|幢数|楼栋(?:总?数)?){_LINKS}(?P<number>{NUM})(?![\d%个元户万分年月])")),
    ("total_households", re.compile(rf"(?P<number>{NUM})(?P<factor>万)?户(?!均|型|籍|外|口|用)")),
    ("total_households", re.compile(rf"(?:户数|总户数){_LINKS}(?P<number>{NUM})(?![\d%个元户万分年月栋])")),
    ("total_area", re.compile(rf"(?P<number>{NUM})(?P<factor>万)?(?:平方米|平米|平方|m2)")),
)
_OF_A_PART = re.compile(
    r"已(?!纳入|列入|批)|完成|开工|竣工|验收|尚|剩余|余下|其余|还有|其中|另有|未|走访|问卷|调查|受访|样本|抽|第$|前$|"
    r"年前|全(?:省|国|市|区|县)(?!域)"
)
"""Words for what is done, looked at, or wider than the project: the figures behind them are of that, too."""
_OF_ELSE = re.compile(
    r"每|新增|新建|加建|拆除|平均|人均|户均|绿化|绿地|道路|停车|外墙|屋面|公共|占地|用地|广场|管网|元/|补助"
)
_PLANNED = re.compile(r"计划|拟|将对|预计|批复|同意")
_AREA = re.compile(r"面积|建筑|体量|规模")
_WHOLE = re.compile(r"共(?!同)|合计|总计|总数|总共|全部")
_PLACE = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,8}?(?:街道|(?<![城乡各街个])镇|(?<![城个])乡(?!镇)))")
_OF_PROJECT = re.compile(
    r"[共总合全]|涉及|改造|整治|纳入|惠及|受益|覆盖|涵盖|包括|包含|范围|项目|工程|实施|建设|计划|对|及|为|居民|住户|户数|[栋幢]数|楼|"
    r"建筑|面积|[小住]区(?:数量|总数|个数|数)?(?:有|为|达到?|:|约)*$|住宅|有|约|将"
)
"""Words that say that a figure is of what the project does."""
_LISTED = re.compile(r"(?:街道|镇|乡)(?:和|与|及|以及|、)$")
_GROUP = re.compile(r"(?:等|共)\d*个?(?:街道|乡镇|街镇|镇街|镇|乡|地)")
_CELL = re.compile(rf"{NUM}.{{0,6}}")
"""A figure that is all of its paragraph: a cell that came in with the text, without its row."""


@dataclass(frozen=True)
class _Figure:
    """A count or an area in a sentence."""

    id: str
    value: Decimal
    text: str
    start: int
    words: str
    """Its own clause, up to the figure."""
    clear: bool
    """True when its clause says that it is of the project, or says nothing else."""
    place: str | None
    """The one place that it is of; None: of no place alone."""


def _clause(sentence: str, start: int, marks: str) -> str:
    at = max(sentence.rfind(mark, 0, start) for mark in marks)
    return sentence[at + 1 : start]


def _place(before: str) -> str | None:
    """The place that the clause before a figure ends with; None for none and for a list: 甲镇、乙镇的28个."""
    found = list(_PLACE.finditer(before))
    if not found or _GROUP.search(before):
        return None
    last = found[-1]
    return None if _LISTED.search(before[: last.start("name")]) else last["name"]


def _figures(sentence: str) -> Iterator[_Figure]:
    """In their order, each number once."""
    made: dict[int, _Figure] = {}
    for name, pattern in _PATTERNS:
        for found in pattern.finditer(sentence):
            start = found.start("number")
            factor = found.groupdict().get("factor")
            value = number(found["number"])
            if name == "total_area":
                value = value if factor else value / 10_000
            elif factor:
                value *= 10_000
            kept = stored(value)
            if kept is None or (name != "total_area" and kept != kept.to_integral_value()):
                continue
            place = _place(_clause(sentence, start, ",;:("))
            words = _clause(sentence, start, ",:、(")[-30:]
            clear = place is not None or not re.search(r"[\u4e00-\u9fff]{2}", words)
            clear = clear or _OF_PROJECT.search(words) is not None
            made.setdefault(start, _Figure(name, kept, found[0], start, words, clear, place))
    return iter(sorted(made.values(), key=lambda figure: figure.start))


def _of_all(sentence: str) -> Iterator[_Figure]:
    """Those of the whole project, or of one place."""
    part = False
    for figure in _figures(sentence):
        found = _OF_A_PART.search(figure.words)
        of_part = found is not None and not (found[0] == "完成" and _PLANNED.search(figure.words))
        # 已完成12个小区,涉及320栋: the second figure is of the same part.
        part = of_part or (part and not _WHOLE.search(figure.words))
        named = figure.id != "total_area" or _AREA.search(sentence[max(0, figure.start - 30) : figure.start])
        if not part and named and not _OF_ELSE.search(figure.words):
            yield figure


def _told(outline: Outline) -> Iterator[tuple[OutlineLine, _Figure]]:
    """The figures of the text, each with the line that it stands in."""
    for line, sentence in outline.sentences():
        if not _CELL.fullmatch(sentence):
            yield from ((line, figure) for figure in _of_all(sentence))


def unclear(outline: Outline) -> Iterator[tuple[str, str]]:
    """The counts and areas of which it was not understood whose they are, with their words, and where they stand."""
    return ((figure.words + figure.text, line.source) for line, figure in _told(outline) if not figure.clear)


def find(outline: Outline) -> Iterator[Claim]:
    """The totals of the scope; where all is said of one place only, that place is the project's."""
    of_places: list[tuple[str, Claim]] = []
    seen: set[str] = set()
    for line, figure in _told(outline):
        claim = Claim(figure.id, figure.value, figure.text, line.source)
        if figure.clear and figure.place is None:
            seen.add(claim.id)
            yield claim
        elif figure.clear and figure.place is not None:
            of_places.append((figure.place, claim))
    if len({place for place, _ in of_places}) == 1:
        yield from (claim for _, claim in of_places if claim.id not in seen)
