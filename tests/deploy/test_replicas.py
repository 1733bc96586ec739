"""Two processes of the dashboard behind nginx on one PostgreSQL: one truth, and nothing lost when a part of it dies.

The shipped points come from FACTS 5 (scorecard.csv): A11 2.00 of 2, C12 4.50 of 6, together 93.00.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from core.model.scorecard import ScoreEvent
from core.store import read
from core.store.opening import open_store
from tests.browser.pages import settle
from tests.browser.running_app import RunningApp
from tests.browser.test_score_grid import ITEMS, PROJECT, SECOND, SHEET, Sheet
from tests.core.store.conftest import altered
from tests.core.store.postgres_server import Server
from tests.deploy.conftest import address
from tests.deploy.nginx_server import Nginx

pytestmark = pytest.mark.full
CONTEXTS = Callable[..., BrowserContext]
SOON = 30 * SECOND
"""Within which what somebody has saved is seen on another replica, however busy the machine is."""


@dataclass
class House:
    """Two replicas, r1 and r2, behind one nginx."""

    postgres: Server
    replicas: dict[str, RunningApp]
    nginx: Nginx

    def enter(self, contexts: CONTEXTS, name: str) -> Sheet:
        return Sheet(contexts, self.nginx.url, name, ignore_https_errors=True)

    def events(self) -> tuple[ScoreEvent, ...]:
        """The sheet's whole record, proven first: the chain unbroken, no revision left out, no edit twice."""
        store = open_store(address(self.postgres))
        try:
            assert altered(store, PROJECT, SHEET) is None
            events = read.history(store, PROJECT, SHEET)
        finally:
            store.close()
        ids = [event.edit_id for event in events]
        assert len(ids) == len(set(ids))
        for code in {event.code for event in events}:
            own = [event for event in events if event.code == code]
            assert [event.revision for event in own] == list(range(1, len(own) + 1))
            # Each changes something: what had arrived already was not written again.
            said = [(event.points, event.status, event.reason) for event in own]
            assert all(before != after for before, after in pairwise(said))
        return events


@pytest.fixture
def house(
    request: pytest.FixtureRequest,
    postgres: Server,
    start_nginx: Callable[[Sequence[int]], Nginx],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[House]:
    monkeypatch.setenv("STREAMLIT_SERVER_COOKIE_SECRET", "the same on every replica")
    said = {"RENEWAL_MODE": getattr(request, "param", "local")}
    replicas = {
        name: RunningApp(address(postgres), tmp_path / f"{name}.log", environment=said)  # type: ignore[arg-type]
        for name in ("r1", "r2")
    }
    try:
        for each in replicas.values():
            each.start()
        yield House(postgres, replicas, start_nginx([each.port for each in replicas.values()]))
    finally:
        for each in replicas.values():
            each.stop()


def replica_of(person: Sheet) -> str:
    """On which replica the person is, as nginx has noted it in their browser."""
    (found,) = [cookie["value"] for cookie in person.context.cookies() if cookie["name"] == "renewal_replica"]
    return str(found)


def test_people_on_different_replicas_see_each_other_collide_and_decide(house: House, new_context: CONTEXTS) -> None:
    wang, li = house.enter(new_context, "王工"), house.enter(new_context, "李工")
    assert {replica_of(wang), replica_of(li)} == {"r1", "r2"}

    for giver, watcher, text in ((wang, li, "1.50"), (li, wang, "1.25")):
        giver.enter("A11", text)
        giver.saved()
        expect(watcher.cell("A11")).to_have_value(text, timeout=SOON)
        expect(watcher.row("A11")).to_contain_text("王工" if giver is wang else "李工", timeout=SOON)
    # 93.00 - 0.75
    for person in (wang, li):
        expect(person.total).to_have_text("92.25")

    # Both have typed before either saves.
    for person, text in ((wang, "5"), (li, "4")):
        person.cell("C12").click()
        person.page.keyboard.press("ControlOrMeta+a")
        person.page.keyboard.type(text)
    for person in (wang, li):
        person.page.keyboard.press("Enter")
    second = _who_is_asked((wang, li), "C12")
    first, kept = ("李工", "4.00"), "5.00"
    if second is li:
        first, kept = ("王工", "5.00"), "4.00"
    expect(second.note("C12")).to_contain_text(
        re.compile(rf"{first[0]}\d\d:\d\d把本项改为{first[1]}（您看到的是4.50），您填的是{kept}。请选择：")
    )
    second.note("C12").get_by_role("button", name="用我的").click()
    second.saved()
    for person in (wang, li):
        person.page.keyboard.press("Escape")
        expect(person.cell("C12")).to_have_value(kept, timeout=SOON)
        expect(person.note("C12")).to_be_hidden()

    given = [(event.actor_name, f"{event.points:.2f}") for event in house.events() if event.code == "C12"]
    assert given[1:] == [first, ("李工" if second is li else "王工", kept)]
    for name, replica in house.replicas.items():
        own = [each for each in house.nginx.answered() if each[0] == name]
        assert {each[1] for each in own if not each[3].startswith("/static/")} == {f"127.0.0.1:{replica.port}"}


def _who_is_asked(people: Sequence[Sheet], code: str) -> Sheet:
    """Who of them has to decide about an item."""
    for _ in range(200):
        for person in people:
            if person.note(code).get_by_role("button", name="用我的").is_visible():
                return person
        people[0].page.wait_for_timeout(50)
    raise AssertionError("nobody was asked")


@pytest.mark.parametrize("after", [4, 17, 29])
def test_a_replica_and_then_the_database_killed_in_mid_save_lose_nothing(
    house: House, new_context: CONTEXTS, after: int
) -> None:
    """王工 and 李工 type eight items each while his replica dies, and eight more each while the database does."""
    wang, li = house.enter(new_context, "王工"), house.enter(new_context, "李工")
    his, hers = replica_of(wang), replica_of(li)
    assert his != hers
    typed = {code: f"{weight - Decimal('0.25'):.2f}" for code, weight in ITEMS}
    codes = list(typed)

    _type_at_once({wang: codes[:8], li: codes[16:24]}, typed, {after: house.replicas[his].kill})
    for person in (wang, li):
        person.saved(seconds=30)
    # 王工 has come out on the other replica and belongs to it now.
    assert (replica_of(wang), replica_of(li)) == (hers, hers)

    _type_at_once(
        {wang: codes[8:16], li: codes[24:]}, typed, {after: house.postgres.kill, after + 9: house.postgres.start}
    )
    for person in (wang, li):
        person.saved(seconds=30)
        for code, text in typed.items():
            expect(person.cell(code)).to_have_value(text, timeout=20 * SECOND)

    # He stays there, also when the one that he came from is back.
    assert (replica_of(wang), replica_of(li)) == (hers, hers)
    house.replicas[his].start()
    wang.enter("A11", "0.5")
    wang.saved()
    expect(li.cell("A11")).to_have_value("0.50", timeout=SOON)
    wang.page.reload()
    expect(wang.cell("A11")).to_have_value("0.50", timeout=30 * SECOND)
    assert replica_of(wang) == hers

    newest = {event.code: event for event in house.events()}
    assert {code: f"{newest[code].points:.2f}" for code in typed} == typed | {"A11": "0.50"}
    by = {code: event.actor_name for code, event in newest.items()}
    assert by == dict.fromkeys(codes[:16], "王工") | dict.fromkeys(codes[16:], "李工")


@pytest.mark.parametrize("house", ["accounts"], indirect=True)
def test_who_has_logged_in_stays_so_on_the_other_replica(house: House, new_context: CONTEXTS) -> None:
    house.replicas["r1"].command("users", "add", "sun", "--name", "孙工", "--role", "evaluator")
    house.replicas["r1"].command("users", "password", "sun", typed="a password of the test")
    context = new_context(ignore_https_errors=True)
    page = context.new_page()
    page.goto(house.nginx.url)
    page.locator('input[name="login"]').fill("sun")
    page.locator('input[name="password"]').fill("a password of the test")
    page.get_by_role("button", name="登录").click()
    settle(page)
    cookies = {cookie["name"]: cookie for cookie in context.cookies()}
    assert cookies["renewal_session"]["secure"]
    before = str(cookies["renewal_replica"]["value"])
    house.replicas[before].kill()
    page.goto(f"{house.nginx.url}/budget")
    settle(page)
    assert not page.url.endswith("/login")
    expect(page.get_by_text("孙工").first).to_be_visible()
    (after,) = [str(cookie["value"]) for cookie in context.cookies() if cookie["name"] == "renewal_replica"]
    assert {before, after} == {"r1", "r2"}


def _type_at_once(parts: dict[Sheet, list[str]], typed: dict[str, str], faults: dict[int, Callable[[], None]]) -> None:
    """All type down their parts of the column, a key each in turn; after the n-th key a fault happens."""
    for person, codes in parts.items():
        person.cell(codes[0]).click()
        person.page.keyboard.press("ControlOrMeta+a")
    keys = {person: [key for code in codes for key in (*typed[code], "Enter")] for person, codes in parts.items()}
    for step in range(max(map(len, keys.values()))):
        for person, own in keys.items():
            if step < len(own):
                person.page.keyboard.press(own[step])
        faults.get(step, _nothing)()


def _nothing() -> None:
    """No fault at this key."""
