"""Clerks and street reporters, and what they do in a reporting period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import uuid4

from core.model.context import Actor, Context
from core.model.reporting import State
from core.model.rights import Grant, Role
from core.service.base import open_store
from core.service.manage import accounts
from core.service.manage.reporting import form, periods, review
from core.service.manage.reporting.form import Answer
from core.store import read, snapshots
from tests.core.detail import DETAIL
from tests.core.lingang import PLACES

PROJECT = "lingang-2023"
MARCH = date(2025, 3, 31)
DUE = date(2025, 4, 10)
PERIOD = "2025-03-31"


def person(login: str, name: str, *roles: Role) -> Context:
    return Context(Actor(f"user:{login}", name, frozenset(Grant(role, PROJECT) for role in roles)))


ZHOU, WU = person("zhou", "周会计", Role.CLERK), person("wu", "吴科长", Role.CLERK)
HUANG, XIA = person("huang", "黄工", Role.REPORTER), person("xia", "夏工", Role.REPORTER)
SHEN, LI = person("shen", "沈工", Role.REPORTER), person("li", "李工", Role.REPORTER)
OF = dict(zip(PLACES, (HUANG, XIA, SHEN, LI), strict=True))
ADMIN = Context(Actor("operator", "管理员", frozenset({Grant(Role.ADMIN)})))
PAID = dict(zip(PLACES, ("2500", "3000", "2400", "1600"), strict=True))
"""9,500 of 15,000."""
PHYSICAL = dict(zip(PLACES, ("60%", "50%", "40%", "20%"), strict=True))


def give_places() -> None:
    """Enter the four reporters, a street each."""
    for place, ctx in OF.items():
        login = ctx.actor.id.removeprefix("user:")
        accounts.add(ADMIN, login, ctx.actor.name or "")
        accounts.grant(ADMIN, login, Role.REPORTER, PROJECT)
        periods.assign(ZHOU, PROJECT, place, login, given=True)


def open_march(*fields: str, places: tuple[str, ...] = PLACES, communities: bool = False) -> None:
    periods.open_period(ZHOU, PROJECT, MARCH, DUE, fields or ("paid", "physical"), places, communities=communities)


def list_communities() -> None:
    """January's snapshot: December's figures with the invented communities of two streets."""
    store = open_store.store()
    facts = replace(read.facts(store, PROJECT), batch=f"{PROJECT}@2025-01-31", as_of=date(2025, 1, 31))
    snapshots.add(store, facts, ZHOU.actor, communities=DETAIL)


def row(place: str, community: str = "") -> str:
    """A row as the code of an edit says it."""
    return f"{place}{form.BETWEEN}{community}" if community else place


def edit(
    field: str, place: str, raw: str, base: int | str = 0, reason: str = "", edit_id: str = ""
) -> dict[str, object]:
    return {
        "edit_id": edit_id or str(uuid4()), "code": f"{field}:{place}", "base": base, "raw": raw, "reason": reason,
    }  # fmt: skip


def save(ctx: Context, *edits: dict[str, object]) -> list[Answer]:
    answers = form.save(ctx, PROJECT, PERIOD, edits)
    return [answers[str(each["edit_id"])] for each in edits]


def fill(place: str, values: Mapping[str, str], ctx: Context | None = None) -> None:
    """Type a row; what stands in it is typed over."""
    who = ctx or OF[place]
    there = form.form(who, PROJECT, PERIOD)
    revisions = {
        cell.field: cell.figure.revision if cell.figure is not None else 0
        for row in there.rows
        if row.place == place
        for cell in row.cells
    }
    for answer in save(who, *(edit(name, place, raw, revisions[name]) for name, raw in values.items())):
        assert isinstance(answer, form.Saved), answer


def report(place: str, ctx: Context | None = None) -> None:
    """Fill and submit a row of March."""
    fill(place, {"paid": PAID[place], "physical": PHYSICAL[place]}, ctx)
    review.submit(ctx or OF[place], PROJECT, PERIOD, place)


def approve(ctx: Context, places: tuple[str, ...]) -> None:
    """Look at what these places have submitted, and review it."""
    stand = {each.place: each.revision for each in periods.progress(ctx, PROJECT, PERIOD)}
    review.approve(ctx, PROJECT, PERIOD, {place: stand[place] for place in places})


def states() -> dict[str, State]:
    there = periods.report(ZHOU, PROJECT, PERIOD)
    return {place: there.state(place) for place in there.period.places}
