"""Statements of a report about the project: name, approval, sources of money, planned times, as-of date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.ingest.files.document import Paragraph
from core.ingest.report_text.about_report import name, places_named
from core.ingest.report_text.money import Kind, StatedAmount, amounts
from core.ingest.report_text.outline import Outline, of_report, outline
from core.ingest.report_text.times import Times, times
from core.ingest.report_text.wording import DAY, stored, when
from core.model.project import FUNDING_NAMES, Baseline, Funding


@dataclass(frozen=True)
class Stated:
    """Statements of the text; None or empty: it gives none."""

    name: str | None
    approval: str | None
    approved_on: date | None
    title_places: tuple[str, ...]
    """Of the project's places, those that its title names, in the title's order."""
    funding: tuple[Funding, ...]
    """Of bond and budget alone only when the text says how much of each is paid: what is not known is not made up."""
    baselines: tuple[Baseline, ...]
    as_of: date | None


_NUMBER = re.compile(r"(?P<office>[\u4e00-\u9fff]{2,16})[〔\[【(](?P<year>20\d{2})[)\]】〕]第?(?P<number>\d{1,5})号")
_LEADING = re.compile(
    r"^.*(?:文号|编号|文件|以|由|按照?|依据|根据|经|据|为|取得|获得|出具|下发|的|了|批复|印发)(?=.{2})"
)
_ABOUT = re.compile(r"批复|批准|核准|可行性|可研|立项")
_GENERAL = re.compile(r"国务院|意见|通知|办法|规定|指引")


def _approval(found: Outline) -> tuple[str | None, date | None]:
    """The number of the approval and its date; laws and guidelines are none."""
    for _, sentence in found.sentences():
        number = _NUMBER.search(sentence)
        if number is None or not _ABOUT.search(sentence) or _GENERAL.search(sentence):
            continue
        office = _LEADING.sub("", number["office"])
        days = [moment for match in re.finditer(DAY, sentence) if (moment := when(match)) and moment.day]
        day = next((date(each.year, each.month or 1, each.day or 1) for each in days), None)
        return f"{office}〔{number['year']}〕{number['number']}号", day
    return None, None


def _stem(place: str) -> str:
    for kind in ("街道办事处", "街道", "镇", "乡"):
        if place.endswith(kind) and len(place) - len(kind) > 1:
            return place.removesuffix(kind)
    return place


def _titled(title: str, places: Sequence[str]) -> tuple[str, ...]:
    known = [(title.find(_stem(place)), place) for place in places]
    named = tuple(place for at, place in sorted(known) if at >= 0)
    if len(named) == len(places_named(title)) or not places_named(title):
        return named
    # The title names a place that the tables do not have: it stays as it stands.
    rest = [each for each in places_named(title) if not any(_stem(place) == _stem(each) for place in named)]
    return (*named, *rest)


def _first(found: Sequence[StatedAmount], kind: Kind, source: str | None) -> StatedAmount | None:
    return next((each for each in found if each.kind == kind and each.source == source), None)


def _paid(found: Sequence[StatedAmount], planned: Mapping[str, StatedAmount]) -> dict[str, Decimal]:
    """Paid of each planned source, as far as known: as said, or what the total leaves for the only other one."""
    said = {source: amount.value for source in planned if (amount := _first(found, "paid", source))}
    total = _first(found, "paid", None)
    open_ = [source for source in planned if source not in said]
    if len(open_) == 1 and total is not None:
        left = total.value - sum(said.values(), Decimal(0))
        if left >= 0:
            said[open_[0]] = left
    return said


def _funding(found: Sequence[StatedAmount]) -> tuple[Funding, ...]:
    sources = dict.fromkeys([*FUNDING_NAMES, *(each.source for each in found if each.source)])
    planned = {source: amount for source in sources if (amount := _first(found, "planned", source))}
    paid = _paid(found, planned)
    whole = sum((each.value for each in planned.values()), Decimal(0))
    if not whole or (planned.keys() <= FUNDING_NAMES.keys() and len(paid) < len(planned)):
        return ()
    made: list[Funding] = []
    for source, plan in planned.items():
        printed, arrived, used = (_first(found, kind, source) for kind in ("share", "arrived", "paid"))
        part = printed.value if printed else stored(plan.value / whole) or Decimal(0)
        made.append(
            Funding(
                source=source,
                name=FUNDING_NAMES.get(source, source),
                planned=plan.value,
                paid=paid.get(source),
                arrived=None if arrived is None else arrived.value,
                planned_share=part,
                section=of_report(each.line.section for each in (plan, printed, used) if each is not None),
            )
        )
    return tuple(made)


def _spans(found: Times) -> Iterator[tuple[date, date, str, tuple[str, ...]]]:
    """First day, last day, what they are, and the keys of their sources: the usual one first."""
    start = None if found.start is None else date(found.start.year, found.start.month or 1, found.start.day or 1)
    scope = None if found.scope is None else (date(found.scope[0], 1, 1), date(found.scope[1], 12, 31))
    titled = None if found.title is None else (date(found.title[0], 1, 1), date(found.title[1], 12, 31))
    if start and found.finish:
        yield start, found.finish, "开工时间、计划完成时间", ("start", "finish")
    if scope:
        yield *scope, "实施年度", ("scope",)
    if titled and found.finish:
        yield titled[0], found.finish, "名称中的年度、计划完成时间", ("title", "finish")
    if start and scope:
        yield start, scope[1], "开工时间、实施年度", ("start", "scope")
    if titled and not found.finish and not scope:
        yield *titled, "名称中的年度", ("title",)


def _baselines(found: Times) -> tuple[Baseline, ...]:
    made: dict[str, Baseline] = {}
    for start, end, meaning, keys in _spans(found):
        if start >= end:
            continue
        whole = bool(found.start and found.start.day) or "start" not in keys
        how = meaning if whole else f"{meaning}；开工日只到月，取月初"
        source = f"{of_report(found.sources[key] for key in keys)}（{how}）"
        name_ = f"{start:%y%m}-{end:%y%m}"
        made.setdefault(name_, Baseline(name_, start, end, not made, source))
    return tuple(made.values())


def find_stated(paragraphs: Sequence[Paragraph], places: Sequence[str]) -> Stated:
    """Find what the paragraphs state of a project that has these places."""
    found = outline(paragraphs)
    called = name(found)
    approval, approved_on = _approval(found)
    moments = times(found)
    return Stated(
        name=called,
        approval=approval,
        approved_on=approved_on,
        title_places=_titled(called or "", places),
        funding=_funding(amounts(found)),
        baselines=_baselines(moments),
        as_of=moments.as_of,
    )
