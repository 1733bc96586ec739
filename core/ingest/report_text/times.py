"""Claims of time in a report's sentences: start, planned finish, years of the project, the policy's end, as-of date."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.ingest.report_text.about_report import name
from core.ingest.report_text.outline import Outline
from core.ingest.report_text.wording import DAY, When, when
from core.model.project import Claim

_POLICY = re.compile(
    r"国务院|住建部|住房和?城乡建设|指导意见|实施意见|印发|中央|全省|全国|全市|五年规划|十[三四五六]五|省政府"
)
_STARTED = r"(?:正式|全面|陆续|已)*(?:开工|动工|开始(?:施工|实施|建设|改造)|启动(?:施工|建设|改造|实施)?|进场(?:施工)?)"
_START = (
    re.compile(rf"{DAY}(?:底|初|起|旬|上旬|中旬|下旬)?[^。;\d]{{0,6}}?{_STARTED}"),
    re.compile(rf"(?:开工|动工|开始施工|启动)(?:建设|施工|改造)?(?:日期|时间|年月)?(?:为|是|于|在|:|定于)*{DAY}"),
)
_END = r"(?:底|末|内|年底|年末|上半年|下半年|[一二三四]季度末?)?"
_DONE = r"(?:全面|全部|按期|如期)?(?:完成|完工|竣工|建成|交付|收官|结束)"
_FINISH = (
    re.compile(
        rf"(?:计划|预计|拟|预定|原定|定于|力争|争取|将|应|要求)(?:于|在|到|至)?[^,。;\d]{{0,6}}{DAY}(?P<end>年?{_END})(?:前)?[^。;\d]{{0,12}}?{_DONE}"
    ),
    re.compile(
        rf"(?:计划|预计|预定|拟定?)(?:完工|竣工|完成|建成|交付)(?:改造|建设|施工)?(?:日期|时间|期限)?(?:为|是|于|在|:|定于)*{DAY}(?P<end>年?{_END})"
    ),
    re.compile(
        rf"(?:完工|竣工|完成|建成|交付)(?:日期|时间|期限)(?:计划|预计|定)?(?:为|是|于|在|:)*{DAY}(?P<end>年?{_END})"
    ),
)
_SPAN = re.compile(r"(?:工期|周期|期限|(?:建设|实施|施工|改造)(?:期间?|时间))(?:安排)?(?:为|是|:|自|从)*")
_TO = re.compile(r"起?(?:-|至|到|,至)")
_DAY = re.compile(DAY)
_YEARS = re.compile(r"(?<!\d)(?P<first>20\d{2})年?度?(?:-|至|到)(?P<last>20\d{2})年?度?(?!\d)")
_YEAR = re.compile(r"(?<!\d)20\d{2}年?度")
_PLAN = re.compile(
    r"[“\"'「]?(?P<plan>十[一二三四五六七八九])五[”\"'」]?(?:规划)?(?:时期)?的?(?:期末|期间|末期?|底|收官|结束|期满|终了|时期)"
)
_PLANS = {"十一": 2010, "十二": 2015, "十三": 2020, "十四": 2025, "十五": 2030, "十六": 2035}
_AS_OF = re.compile(rf"(?:截至|截止(?:到|至|日期为?)?|基准日(?:期)?(?:为|是|:)?){DAY}(?P<end>底|末)?")


@dataclass(frozen=True)
class Times:
    """The first of each that the report states; None: it does not."""

    start: When | None
    finish: date | None
    scope: tuple[int, int] | None
    title: tuple[int, int] | None
    as_of: date | None
    sources: dict[str, str]
    """start, finish, scope, title: where it stands."""


_Dated = tuple[re.Match[str], When] | None
"""A date as it stands, and read."""


def _end(moment: When, words: str) -> date:
    """The last day meant."""
    if moment.day and moment.month:
        return date(moment.year, moment.month, moment.day)
    month = moment.month or next((m for mark, m in _QUARTERS if mark in words), 12)
    return date(moment.year, month, monthrange(moment.year, month)[1])


_QUARTERS = (("上半年", 6), ("一季度", 3), ("二季度", 6), ("三季度", 9))


def _span(sentence: str) -> tuple[re.Match[str], re.Match[str]] | None:
    """First and last month or day of a 工期, as they stand."""
    for head in _SPAN.finditer(sentence):
        first = _DAY.match(sentence, head.end())
        link = _TO.match(sentence, first.end()) if first else None
        last = _DAY.match(sentence, link.end()) if link else None
        if first and last and first["month"] and last["month"] and when(first) and when(last):
            return first, last
    return None


def _start(sentence: str) -> _Dated:
    """Find the words that say when the work began or begins."""
    span = _span(sentence)
    return _found(_START, sentence) or (_dated(span[0]) if span else None)


def _finish(sentence: str) -> _Dated:
    """Find the words that say when the work is to be done."""
    span = _span(sentence)
    return _found(_FINISH, sentence) or (_dated(span[1]) if span else None)


def _dated(found: re.Match[str]) -> _Dated:
    moment = when(found)
    return None if moment is None else (found, moment)


def _found(patterns: tuple[re.Pattern[str], ...], sentence: str) -> _Dated:
    for pattern in patterns:
        for found in pattern.finditer(sentence):
            moment = when(found)
            if moment is not None:
                return found, moment
    return None


def _day_text(found: re.Match[str]) -> str:
    return _as_written(found) + _end_mark(found)


def _end_mark(found: re.Match[str]) -> str:
    """底, 上半年 and the like behind the date."""
    return found.groupdict().get("end") or ""


def _as_written(found: re.Match[str]) -> str:
    """The date as it stands in the sentence."""
    last = next(name for name in ("day", "month", "year") if found[name])
    text = found.string[found.start("year") : found.end(last)]
    mark = found.string[found.end(last) : found.end(last) + 1]
    return text + mark if mark in ("年", "月", "日", "号") else text


def _of_project(outline: Outline) -> Iterator[tuple[str, _Dated, _Dated, list[re.Match[str]]]]:
    """Where something is said of the project's time: its source, start, finish, and spans of years."""
    for line, sentence in outline.sentences():
        if not _POLICY.search(sentence):
            started = _start(sentence)
            spans = [years for years in _YEARS.finditer(sentence) if int(years["first"]) < int(years["last"])]
            yield line.source, started if started and started[1].month else None, _finish(sentence), spans


def title_years(title: str) -> tuple[str, int, int] | None:
    """The years in the title, as they stand, the first and the last."""
    years, year = _YEARS.search(title), _YEAR.search(title)
    if years:
        return years[0], int(years["first"]), int(years["last"])
    return (year[0], int(year[0][:4]), int(year[0][:4])) if year else None


def find(outline: Outline) -> Iterator[Claim]:
    """Claims of time."""
    titled = title_years(name(outline) or "".join(outline.title))
    if titled:
        yield Claim("title_period", Decimal(titled[2]), titled[0], "报告 标题")
    for source, started, finished, spans in _of_project(outline):
        if started:
            yield Claim("start_precision", Decimal(1 if started[1].day else 0), _as_written(started[0]), source)
        if finished:
            yield Claim("planned_finish", Decimal(finished[1].year), _day_text(finished[0]), source)
        yield from (Claim("scope_period", Decimal(years["last"]), years[0], source) for years in spans)
    for line, sentence in outline.sentences():
        for plan in _PLAN.finditer(sentence):
            if plan["plan"] in _PLANS:
                yield Claim("policy_deadline", Decimal(_PLANS[plan["plan"]]), plan[0], line.source)


def times(outline: Outline) -> Times:
    """The dates themselves, for planned times and the as-of date."""
    start: When | None = None
    finish: date | None = None
    scope: tuple[int, int] | None = None
    sources: dict[str, str] = {}
    for source, started, finished, spans in _of_project(outline):
        if start is None and started:
            start, sources["start"] = started[1], source
        if finish is None and finished:
            finish, sources["finish"] = _end(finished[1], _end_mark(finished[0])), source
        if scope is None and spans:
            scope, sources["scope"] = (int(spans[0]["first"]), int(spans[0]["last"])), source
    as_of = [
        ("支" in sentence, _end(moment, found["end"] or ""))
        for _, sentence in outline.sentences()
        for found in _AS_OF.finditer(sentence)
        if (moment := when(found)) is not None
    ]
    titled = title_years(name(outline) or "".join(outline.title))
    if titled:
        sources["title"] = "报告 标题"
    paid = next((day for of_payment, day in as_of if of_payment), as_of[0][1] if as_of else None)
    return Times(start, finish, scope, titled[1:] if titled else None, paid, sources)
