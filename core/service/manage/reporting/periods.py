"""填报期：opened for a day and the places that are asked; who reports for which place."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.errors import Message, NotAllowed, UnknownName
from core.ingest.project_tables.correction import CorrectableFigure
from core.ingest.project_tables.reported import offered
from core.ingest.project_tables.reported_communities import FIGURES_OF_COMMUNITIES
from core.model.context import Actor, Context
from core.model.person import Person
from core.model.project import Facts
from core.model.reporting import OPEN, Report, ReportingPeriod, State
from core.model.rights import Deed, Grant, Role, may_do
from core.service.base import identity, open_store
from core.service.base.asking import asks, named
from core.service.base.moments import local
from core.store import clock, people, read
from core.store import reporting as stored
from core.store import snapshots as stored_snapshots
from core.store.database import Session, Source

DAYS_TO_REPORT = 10
"""Days after the as-of day that a period is suggested to be due."""
MOST_COMMUNITIES = 2_000
"""Communities that a period may ask for: more make no form."""
FIRST_OF_COMMUNITIES = ("invested", "paid", "physical", "begun_on", "done_on")
"""What is asked of communities where no period was like it: what changes from one to the next."""
_MONTHS = 3
"""Months from the last day to the next that is suggested, where there is no period before."""


@dataclass(frozen=True)
class Suggested:
    """What a new period begins with: like the last one, or all figures of a quarter."""

    as_of: date
    due: date
    fields: tuple[str, ...]
    places: tuple[str, ...]
    offered: tuple[CorrectableFigure, ...]
    """All figures that can be asked."""
    every: tuple[str, ...]
    """All places that can be asked."""
    communities: OfCommunities | None
    """What can be asked of communities; None: the newest snapshot has no list of them."""
    by_community: bool
    """Whether it asks for communities, as the last one did."""


@dataclass(frozen=True)
class OfCommunities:
    """What a period of communities begins with."""

    fields: tuple[str, ...]
    offered: tuple[CorrectableFigure, ...]
    every: tuple[str, ...]
    """The places that have communities."""


@asks(Deed.SEE)
def reports(ctx: Context, project: str) -> tuple[Report, ...]:
    """List the reporting periods of a project as they stand, the newest day first. Raises UnknownName."""
    store = open_store.of(ctx)
    read.facts(store, project)
    return tuple(stored.report(store, period) for period in stored.periods(store, project))


@asks(Deed.SEE)
def report(ctx: Context, project: str, period: str) -> Report:
    """Read one reporting period. Raises UnknownName."""
    store = open_store.of(ctx)
    return stored.report(store, known(store, project, period))


def known(source: Source, project: str, period: str) -> ReportingPeriod:
    """The period of that id. Raises UnknownName."""
    found = next((each for each in stored.periods(source, project) if each.id == period), None)
    if found is None:
        raise UnknownName(Message("没有填报期“{period}”。请刷新后再看。", {"period": period[:40]}))
    return found


@asks(Deed.CERTIFY)
def suggestion(ctx: Context, project: str) -> Suggested:
    """Suggest the next period. Raises UnknownName."""
    store = open_store.of(ctx)
    facts = read.facts(store, project)
    before = next(iter(stored.periods(store, project)), None)
    newest = max([facts.as_of, *([before.as_of] if before is not None else [])])
    as_of = month_end(newest, _MONTHS)
    may = offered(facts)
    fields = before.fields if before is not None else tuple(each.id for each in may if each.part != "renovation")
    places = before.places if before is not None else facts.places
    late = before.due - before.as_of if before is not None else timedelta(days=DAYS_TO_REPORT)
    like = before is not None and bool(before.communities)
    own = tuple(each.id for each in may if each.id in fields and not like) or tuple(
        each.id for each in may if each.part != "renovation"
    )
    return Suggested(
        as_of,
        as_of + late,
        own,
        tuple(place for place in facts.places if place in places),
        may,
        facts.places,
        _of_communities(_counted(store, facts), fields if like else FIRST_OF_COMMUNITIES),
        like,
    )


def _of_communities(listed: Mapping[str, int], fields: Sequence[str]) -> OfCommunities | None:
    if not listed:
        return None
    own = tuple(each.id for each in FIGURES_OF_COMMUNITIES if each.id in fields)
    return OfCommunities(own, FIGURES_OF_COMMUNITIES, tuple(listed))


def _counted(source: Source, facts: Facts) -> Mapping[str, int]:
    """The number of communities of each place that has any."""
    found = {each.place: each.communities for each in read.community_sums(source, facts)}
    return {place: found[place] for place in facts.places if place in found}


def _listed(source: Source, facts: Facts, places: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """The communities of each of these places, in the order of their list."""
    found: dict[str, list[str]] = {}
    for each in read.communities_of(source, facts, places):
        found.setdefault(each.place, []).append(each.name)
    return {place: tuple(names) for place, names in found.items()}


def month_end(day: date, months: int) -> date:
    """The last day of the month so many months on."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])


@asks(Deed.CERTIFY)
def open_period(
    ctx: Context, project: str, day: date | None, due: date | None, fields: Sequence[str], places: Sequence[str],
    *, communities: bool = False,
) -> ReportingPeriod:  # fmt: skip
    """Open a reporting period and return it.

    `day`: the day that the figures are of; `communities`: those of these places are asked, and not the places. Raises
    NameNeeded, UnknownName, StoreError, NotAllowed with all that is wrong.
    """
    actor, store = named(ctx), open_store.of(ctx)
    facts = read.facts(store, project)

    def decide(session: Session, there: tuple[ReportingPeriod, ...]) -> ReportingPeriod:
        snapshots = stored_snapshots.snapshots(session, project)
        counting = [each.as_of for each in snapshots if each.state == "released"]
        wrong = [*_wrong_days(day, due, [stored.report(session, each) for each in there], counting)]
        counted = _counted(session, facts) if communities else {}
        wrong += _wrong_communities(counted, fields, places) if communities else _wrong_choice(facts, fields, places)
        if wrong or day is None or due is None:
            raise NotAllowed(wrong)
        number = sum(each.as_of == day for each in there)
        name = f"{day}-{number + 1}" if number else f"{day}"
        may = FIGURES_OF_COMMUNITIES if communities else offered(facts)
        asked = tuple(each.id for each in may if each.id in fields)
        chosen = tuple(place for place in facts.places if place in places)
        return ReportingPeriod(
            project, name, day, due, chosen, asked, actor.id, actor.name or "", clock.now(),
            _listed(session, facts, chosen) if communities else {},
        )  # fmt: skip

    return stored.add_period(store, project, decide)


def _wrong_days(
    day: date | None, due: date | None, there: Sequence[Report], counting: Sequence[date | None]
) -> Iterator[Message]:
    if day is None:
        yield Message("请填写数据截止日。")
        return
    if due is None:
        yield Message("请填写填报期限。")
    elif due < day:
        yield Message("填报期限{due}早于数据截止日{day}。请核对日期。", {"due": due, "day": day})
    if any(each.period.as_of == day and not each.finished for each in there):
        yield Message("截至{day}的填报期已经开着。", {"day": day})
    elif day in counting:
        yield Message("本项目已有截至{day}的数据；要改其中的数，请用“更正一个数”。", {"day": day})
    newest = max((each for each in counting if each is not None), default=None)
    if newest is not None and day < newest:
        yield Message("数据截止日{day}早于最近一期（{newest}）。请填报之后的一期。", {"day": day, "newest": newest})


def _wrong_choice(facts: Facts, fields: Sequence[str], places: Sequence[str]) -> Iterator[Message]:
    may = {each.id for each in offered(facts)}
    if not fields:
        yield Message("请至少选一个数据项。")
    for name in fields:
        if name not in may:
            yield Message("“{field}”不能由街镇填报。", {"field": name[:40]})
    if not places:
        yield Message("请至少选一个街镇。")
    for place in places:
        if place not in facts.places:
            yield Message("本项目没有“{place}”。请核对街镇。", {"place": place[:40]})


def _wrong_communities(listed: Mapping[str, int], fields: Sequence[str], places: Sequence[str]) -> Iterator[Message]:
    may = {each.id for each in FIGURES_OF_COMMUNITIES}
    if not listed:
        yield Message("最近一期没有小区明细，不能按小区填报。请先导入小区明细。")
        return
    if not fields:
        yield Message("请至少选一个数据项。")
    for name in fields:
        if name not in may:
            yield Message("“{field}”不能由小区填报。", {"field": name[:40]})
    if not places:
        yield Message("请至少选一个街镇。")
    for place in places:
        if place not in listed:
            yield Message("“{place}”没有小区明细，不能按小区填报。", {"place": place[:40]})
    count = sum(listed.get(place, 0) for place in places)
    if count > MOST_COMMUNITIES:
        params = {"count": count, "most": MOST_COMMUNITIES}
        yield Message("所选街镇有{count}个小区，一期最多填报{most}个。请分期填报。", params)


@asks(Deed.CERTIFY)
def candidates(ctx: Context, project: str) -> tuple[Person, ...]:
    """List the people who may be given places of the project: those with the role, by name."""
    everybody = people.known(open_store.of(ctx)).values()
    roles = (Grant(Role.REPORTER), Grant(Role.REPORTER, project))
    return tuple(each for each in everybody if each.active and any(role in each.grants for role in roles))


@asks(Deed.SEE)
def reporters(ctx: Context, project: str) -> Mapping[str, tuple[str, ...]]:
    """Name who reports for each place that somebody reports for."""
    everybody = people.known(open_store.of(ctx))
    return {
        place: tuple(everybody[each].name if each in everybody else each for each in logins)
        for place, logins in _given(ctx, project).items()
    }


@asks(Deed.CERTIFY)
def given(ctx: Context, project: str) -> Mapping[str, tuple[str, ...]]:
    """List the logins of those who report for each place that somebody reports for."""
    return _given(ctx, project)


def _given(ctx: Context, project: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for each in stored.reporters(open_store.of(ctx), project):
        found[each.place] = (*found.get(each.place, ()), each.person)
    return found


@asks(Deed.CERTIFY)
def assign(ctx: Context, project: str, place: str, person: str, *, given: bool) -> None:
    """Say that somebody reports for a place, or no longer does. Raises NameNeeded, UnknownName, StoreError."""
    actor, store = named(ctx), open_store.of(ctx)
    if place not in read.facts(store, project).places:
        raise UnknownName(Message("本项目没有“{place}”。请核对街镇。", {"place": place[:40]}))
    if given and person not in {each.id for each in candidates(ctx, project)}:
        raise UnknownName(Message("“{login}”没有本项目的填报人角色。请先由管理员设定。", {"login": person[:40]}))
    stored.assign(store, project, place, person, actor, given=given)


def own_places(source: Source, actor: Actor, facts: Facts) -> tuple[str, ...]:
    """The places whose rows somebody may write: a clerk those of all places, a reporter those given to them."""
    project = facts.project.id
    if may_do(actor.grants, Deed.CERTIFY, project):
        return facts.places
    mine = {each.place for each in stored.reporters(source, project) if actor.id == identity.actor_id(each.person)}
    return tuple(place for place in facts.places if place in mine)


def today() -> date:
    """The day in the product's time zone."""
    return local(clock.now()).date()


@dataclass(frozen=True)
class PlaceProgress:
    """How far a place is, for everybody who looks: none of its figures."""

    place: str
    reporters: tuple[str, ...]
    state: State
    missing: int
    """Cells that are still empty."""
    submitted_by: str
    """"" where it is not submitted."""
    submitted_at: datetime | None
    """Naive UTC."""
    late: bool
    """Submitted after the last day, or that day is over and it is not."""
    returned: str
    """Why it was returned; "": it is not."""
    revision: int
    """Of its newest step; 0: none."""


@asks(Deed.SEE)
def progress(ctx: Context, project: str, period: str) -> tuple[PlaceProgress, ...]:
    """Say of each place of a period how far it is. Raises UnknownName."""
    there, names = report(ctx, project, period), reporters(ctx, project)
    return tuple(_progress(there, place, names.get(place, ())) for place in there.period.places)


def _progress(there: Report, place: str, names: tuple[str, ...]) -> PlaceProgress:
    state, step = there.state(place), there.step(place)
    sent = next((s for s in reversed(there.steps) if s.place == place and s.kind == "submitted"), None)
    counts = sent if state not in OPEN else None
    last = local(counts.made_at).date() if counts is not None else today()
    returned = step.reason if step is not None and state == "returned" else ""
    return PlaceProgress(
        place, names, state, there.missing(place), counts.actor_name if counts is not None else "",
        counts.made_at if counts is not None else None, last > there.period.due, returned,
        step.revision if step is not None else 0,
    )  # fmt: skip
