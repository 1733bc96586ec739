"""改造标准: checklists of a standard by street and community, their sums, and points not met, which become findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import reduce
from itertools import groupby
from operator import add

from core.errors import Message, NotAllowed, UnknownName
from core.ingest.files import kept_kinds
from core.model.context import Context
from core.model.rectification import Proof
from core.model.rights import Deed
from core.model.standard import (
    POINT_RESULTS,
    CheckedArea,
    Found,
    PointCounts,
    PointResult,
    Standard,
    StandardCheck,
    StandardPoint,
    areas,
    counts,
    result_at,
)
from core.model.storable import MOST_TEXT, not_longer
from core.service.base import open_store, redaction
from core.service.base.asking import asks, named
from core.service.base.contents import contents
from core.service.base.moments import day_and_time
from core.service.evidence import findings
from core.service.evidence.findings import MOST_NAME, FindingDraft
from core.store import clock, read, standards
from core.text import render, word
from core.text.one_line import one_line

RESULT_WORDS: Mapping[PointResult, str] = {
    "met": word("符合"),
    "not_met": word("不符合"),
    "not_applicable": word("不适用"),
    "unchecked": word("未查"),
}
MOST_LISTED = 500
"""Communities of a street that a list to choose from shows."""


@dataclass(frozen=True)
class StandardChoice:
    """A standard to choose, by its id and version."""

    id: str
    version: int
    name: str


@dataclass(frozen=True)
class GroupCounts:
    """A group of points with what was found at each of them, and at all."""

    name: str
    points: tuple[tuple[StandardPoint, PointCounts], ...]
    sum: PointCounts


@dataclass(frozen=True)
class StandardView:
    """A standard, and what the checklists of the project have found."""

    standard: Standard
    lists: tuple[CheckedArea, ...]
    """Checklists: those begun, and each street without any."""
    groups: tuple[GroupCounts, ...]
    by_list: tuple[tuple[CheckedArea, PointCounts], ...]
    sum: PointCounts
    carried_out: Message | None
    """What the list of contents gives to 改造内容符合率; None: this one gives nothing to it."""


@dataclass(frozen=True)
class PointState:
    """A point of one checklist."""

    point: StandardPoint
    result: PointResult
    newest: StandardCheck | None
    """None: nobody has said anything."""


@asks(Deed.SEE, until="steps")
def choices(ctx: Context, project: str) -> tuple[StandardChoice, ...]:
    """List the newest version of each standard, and the earlier ones that the project was checked by.

    Lists of contents come last.
    """
    store = open_store.of(ctx)
    begun = standards.checked(store, project, ctx.version)
    every = standards.standards(store)
    newest = {each.id: each.version for each in every}
    found = [each for each in every if newest[each.id] == each.version or (each.id, each.version) in begun]
    in_order = sorted(found, key=lambda each: bool(each.contents))
    return tuple(StandardChoice(each.id, each.version, each.name) for each in in_order)


@asks(Deed.SEE, until="steps")
def view(ctx: Context, project: str, standard: str, edition: int) -> StandardView:
    """Sum up the checklists of a standard at the context's version. Raises UnknownName."""
    of, found, places = _read(ctx, project, standard, edition)
    lists = areas(places, found)
    groups = []
    for name, points in groupby(of.points, key=lambda point: point.group):
        each = tuple((point, counts(found, lists, point.code)) for point in points)
        groups.append(GroupCounts(name, each, _added(count for _, count in each)))
    by_list = tuple((area, _of_list(of, found, area)) for area in lists)
    return StandardView(
        of, lists, tuple(groups), by_list, _added(group.sum for group in groups), _fed(ctx, project, of)
    )


def _added(found: Iterable[PointCounts]) -> PointCounts:
    return reduce(add, found, PointCounts())


def _of_list(of: Standard, found: Found, area: CheckedArea) -> PointCounts:
    return _added(counts(found, [area], point.code) for point in of.points)


def _fed(ctx: Context, project: str, of: Standard) -> Message | None:
    if not of.contents:
        return None
    counted = contents(
        open_store.of(ctx), project, read.facts(open_store.of(ctx), project, ctx.version).places, ctx.version
    )
    if counted is None or (counted.standard.id, counted.standard.version) != (of.id, of.version):
        return Message("改造内容符合率：还没有检查，评分表不取用。") if counted is None else None
    params = {"done": counted.done, "all": counted.approved}
    if counted.done is None:
        return Message("改造内容符合率：还有未查的内容，查完后评分表才取用。")
    return Message(
        "改造内容符合率：已实施{done}项，批复{all}项；有符合而没有不符合的计为已实施，评分表据此给出建议分。", params
    )


@asks(Deed.SEE, until="data")
def communities(ctx: Context, project: str, place: str) -> tuple[str, ...]:
    """List the communities of a street that can be checked by themselves, as reported. Raises UnknownName."""
    store = open_store.of(ctx)
    facts = read.facts(store, project, ctx.version)
    return tuple(each.name for each in read.communities(store, facts, place, 0, MOST_LISTED, sort="name"))


@asks(Deed.SEE, until="steps")
def checklist(
    ctx: Context, project: str, standard: str, edition: int, place: str, community: str = ""
) -> tuple[PointState, ...]:
    """Read the points of one checklist in their order. Raises UnknownName."""
    of, found, _ = _read(ctx, project, standard, edition)
    area = CheckedArea(place, community)
    return tuple(
        PointState(point, result_at(found, area, point.code), found.get((area, point.code))) for point in of.points
    )


def _read(ctx: Context, project: str, standard: str, edition: int) -> tuple[Standard, Found, Sequence[str]]:
    store = open_store.of(ctx)
    places = read.facts(store, project, ctx.version).places
    of = next((each for each in standards.standards(store) if (each.id, each.version) == (standard, edition)), None)
    if of is None:
        params = {"name": standard[:MOST_NAME], "version": edition}
        raise UnknownName(Message("没有编号为“{name}”的改造标准第{version}版，请刷新后再试。", params))
    found = standards.checked(store, project, ctx.version)
    return of, found.get((of.id, of.version), {}), places


@asks(Deed.ANSWER)
def check(
    ctx: Context,
    project: str,
    standard: str,
    edition: int,
    place: str,
    community: str,
    results: Mapping[str, tuple[PointResult, int]],
    checked_on: date | None,
    checked_by: str = "",
) -> int:
    """Put down changed results of a checklist by code, each with the `seq` that it changes (0: nobody had said any).

    Returns how many were new. `checked_by` ("": the one who asks) says who was there. Raises NameNeeded, UnknownName,
    NotAllowed where somebody else has changed a point meanwhile: then nothing is written.
    """
    of, area = _asked(ctx, project, standard, edition, place, community)
    for code, (result, _) in results.items():
        _known_point(of, code, result)

    def decide(known: Found) -> list[StandardCheck]:
        changed = {code: each for code, (each, _) in results.items() if result_at(known, area, code) != each}
        if not changed:
            return []
        _refuse_late(known, area, {code: results[code][1] for code in changed})
        day = _day(checked_on)
        return [_made(ctx, known, area, code, result, day, checked_by) for code, result in changed.items()]

    return len(standards.add_checks(open_store.of(ctx), project, (of.id, of.version), decide))


@asks(Deed.ANSWER)
def check_point(
    ctx: Context,
    project: str,
    standard: str,
    edition: int,
    place: str,
    community: str,
    code: str,
    result: PointResult,
    seq: int,
    checked_on: date | None,
    checked_by: str = "",
    note: str = "",
    picture: tuple[str, bytes] | None = None,
) -> None:
    """Put down one point with a note and a picture (name, content): also where it was found so before.

    Raises NameNeeded, UnknownName, NotAllowed for a file that is no picture, and as `check` does.
    """
    of, area = _asked(ctx, project, standard, edition, place, community)
    _known_point(of, code, result)
    shown, stored = (Proof(""), None) if picture is None else findings.proof_of(*picture, kept_kinds.PICTURES)
    said = not_longer(one_line(note), MOST_TEXT)

    def decide(known: Found) -> list[StandardCheck]:
        _refuse_late(known, area, {code: seq})
        new = _made(ctx, known, area, code, result, _day(checked_on), checked_by)
        before = known.get((area, code))
        kept = before.picture if before is not None and picture is None else shown
        return [replace(new, note=said, picture=kept)]

    standards.add_checks(open_store.of(ctx), project, (of.id, of.version), decide, stored)


def _asked(
    ctx: Context, project: str, standard: str, edition: int, place: str, community: str
) -> tuple[Standard, CheckedArea]:
    """Find the standard and the checklist that somebody with a name fills in."""
    named(ctx)
    of, _, places = _read(ctx, project, standard, edition)
    store = open_store.of(ctx)
    there = place in places and (not community or read.community(store, read.facts(store, project), place, community))
    if not there:
        raise UnknownName(Message("没有这个街镇或小区，请刷新后再试。"))
    return of, CheckedArea(place, community)


def _known_point(of: Standard, code: str, result: PointResult) -> None:
    if of.point(code) is None or result not in POINT_RESULTS:
        raise UnknownName(Message("没有这一条或这样的结果，请刷新后再试。"))


def _refuse_late(known: Found, area: CheckedArea, seen: Mapping[str, int]) -> None:
    """Raise NotAllowed where a point has been changed since it was seen."""
    late = [known[area, code] for code, seq in seen.items() if (area, code) in known and known[area, code].seq != seq]
    if late:
        first = late[0]
        params = {"code": first.code, "who": first.actor_name, "result": RESULT_WORDS[first.result]}
        raise NotAllowed([Message("{code}刚由{who}填为“{result}”，本次未保存。请核对后重填。", params)])


def _day(day: date | None) -> date:
    if day is None:
        raise NotAllowed([Message("请填写检查日期。")])
    # A day ahead: people east of Greenwich are in it already.
    if day > clock.now().date() + timedelta(days=1):
        raise NotAllowed([Message("检查日期{day}还没有到，请核对。", {"day": day})])
    return day


def _made(
    ctx: Context, known: Found, area: CheckedArea, code: str, result: PointResult, day: date, checked_by: str
) -> StandardCheck:
    """Make the next check of a point; its note is new, its picture stays."""
    before = known.get((area, code))
    name = ctx.actor.name or ""
    return StandardCheck(
        area=area,
        code=code,
        seq=before.seq + 1 if before is not None else 1,
        result=result,
        checked_on=day,
        checked_by=not_longer(one_line(checked_by), MOST_NAME) or name,
        note="",
        picture=Proof("") if before is None else before.picture,
        actor=ctx.actor.id,
        actor_name=name,
        made_at=clock.now(),
    )


@asks(Deed.ANSWER)
def to_finding(ctx: Context, project: str, standard: str, edition: int, place: str, community: str, code: str) -> bool:
    """Put a point that is not met down as a finding. False: it is one already.

    Raises NameNeeded, UnknownName, NotAllowed where it is met or was not looked at.
    """
    of, area = _asked(ctx, project, standard, edition, place, community)
    _, found, _ = _read(ctx, project, standard, edition)
    point, newest = of.point(code), found.get((area, code))
    if point is None or newest is None or newest.result != "not_met":
        raise NotAllowed([Message("只有“不符合”的条目才能登记为整改。")])
    params = {"where": where(area), "code": point.code, "text": point.text}
    text = render(Message("{where}：不符合改造标准{code}（{text}）", params), "zh_CN")
    source = render(Message("{standard} {code}", {"standard": of.name, "code": code}), "zh_CN")
    return bool(findings.add(ctx, project, [FindingDraft("problem", text[:MOST_TEXT], source[:MOST_NAME])]))


def where(area: CheckedArea) -> str:
    """Name a checklist: its street, or the community with it."""
    return f"{area.place} {area.community}".strip()


@asks(Deed.SEE)
def picture(ctx: Context, project: str, digest: str) -> bytes:
    """Return a stored picture. Raises UnknownName where no check of the project has it, NotAllowed once redacted."""
    store = open_store.of(ctx)
    every = (check for found in standards.checked(store, project, ctx.version).values() for check in found.values())
    if not digest or all(check.picture.digest != digest for check in every):
        raise UnknownName(Message("没有这张照片，请刷新后再试。"))
    return redaction.content(store, digest)


@asks(Deed.SEE)
def history(
    ctx: Context, project: str, standard: str, edition: int, place: str, community: str, code: str
) -> tuple[Message, ...]:
    """Tell what was found at a point of a checklist, oldest first. Raises UnknownName."""
    of, _, _ = _read(ctx, project, standard, edition)
    area = CheckedArea(place, community)
    checks = standards.history(open_store.of(ctx), project, (of.id, of.version), area, code, ctx.version)
    return tuple(_sentence(check) for check in checks)


def _sentence(check: StandardCheck) -> Message:
    params = {
        "when": day_and_time(check.made_at),
        "who": check.actor_name,
        "result": RESULT_WORDS[check.result],
        "day": check.checked_on or "—",
        "checker": check.checked_by,
    }
    told = Message("{when} {who}登记为“{result}”；{day}由{checker}检查", params)
    return Message("{what}。{note}", {"what": told, "note": check.note}) if check.note else told
