"""Two rounds with sheets of the same names, and two projects: every link and reload returns to the right sheet.

No wrong number, A1 and A2: what was typed is found where it was typed. Points of A11 (full marks 2) are by hand: 0.50,
0.75, 1.00, 1.25 for the sheets below, so that each tells which sheet it stands on.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from core.model.context import Actor, Context
from core.service.base import open_store as home
from core.service.manage import demo
from core.service.scoring import opening
from core.store import read, snapshots, write
from core.store.opening import open_store
from tests.browser.conftest import NAME
from tests.browser.pages import stands_at, visit
from tests.browser.running_app import RunningApp

SECOND = 1000.0
FIRST, LATER = "lingang-2023", "a"
"""The later project stands before the first one in every order of names, and has its name."""
TYPED = {
    (FIRST, "r1/working"): "0.5",
    (FIRST, "r2/working"): "0.75",
    (FIRST, "r3/working"): "1",
    (LATER, "r1/working"): "1.25",
}


def make_two_of_everything() -> None:
    """Three rounds, two of them of one name, and a later project; each with a working sheet of the same name."""
    actor = Actor(f"browser-of-{NAME.encode().hex()}", NAME)
    ctx, store = Context(actor), home.store()
    opening.open_round(ctx, FIRST, "初评", "initial", "mean")
    opening.open_round(ctx, FIRST, "终评", "final", "mean")
    facts = demo.facts(3)
    named = replace(facts.project, id=LATER, name=read.facts(store, FIRST).project.name)
    snapshots.add(store, replace(facts, project=named, batch="a@x"), actor)
    like = read.sheet(store, FIRST, "r1/working")
    write.add_sheet(store, LATER, "r1/working", like.name, like.scheme, like.grade_scheme, actor)


@pytest.fixture
def house(server: RunningApp, monkeypatch: pytest.MonkeyPatch) -> RunningApp:
    """A server on a store with two of everything."""
    server.stop()
    monkeypatch.setenv("RENEWAL_STORE", str(server.store_path))
    home.close()
    make_two_of_everything()
    home.close()
    server.start()
    return server


def stands_on(page: Page, project: str, sheet: str) -> None:
    """The address names project, round and sheet, and keeps them; the title says the round."""
    expect(page.locator("tr.item")).to_have_count(32, timeout=30 * SECOND)
    stands_at(page, project=project, round=sheet.partition("/")[0], sheet=sheet)


def points(page: Page) -> str:
    return page.locator('[data-code="A11"][data-field="points"]').input_value()


def type_points(page: Page, text: str) -> None:
    cell = page.locator('[data-code="A11"][data-field="points"]')
    cell.click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(page.locator(".saving")).to_have_text(re.compile(r"^已保存\d\d:\d\d"), timeout=20 * SECOND)


@pytest.mark.full
def test_what_was_typed_is_found_where_it_was_typed(house: RunningApp, tab_of_wang: Page) -> None:
    page = tab_of_wang
    links: dict[tuple[str, str], str] = {}
    for (project, sheet), text in TYPED.items():
        visit(page, house.url, "scorecard", project=project, sheet=sheet)
        stands_on(page, project, sheet)
        type_points(page, text)
        stands_on(page, project, sheet)
        links[project, sheet] = page.url
    for (project, sheet), text in TYPED.items():
        page.goto(links[project, sheet])
        stands_on(page, project, sheet)
        assert points(page) == f"{float(text):.2f}"
        page.reload()
        stands_on(page, project, sheet)
        assert points(page) == f"{float(text):.2f}"
    store = open_store(house.stored())
    try:
        for (project, sheet), text in TYPED.items():
            events = read.history(store, project, sheet, "A11")
            assert f"{events[-1].points:.2f}" == f"{float(text):.2f}"
            assert sum(event.actor_name == NAME for event in events) == 1
        assert read.history(store, FIRST, "r1/recon-b", "A11")[-1].actor_name != NAME
    finally:
        store.close()


@pytest.mark.full
def test_choosing_and_walking_about_stays_with_the_sheet(house: RunningApp, tab_of_wang: Page) -> None:
    page = tab_of_wang
    visit(page, house.url, "scorecard", project=FIRST, sheet="r1/working")
    stands_on(page, FIRST, "r1/working")
    box = page.get_by_role("combobox", name="评分表").first
    box.click()
    page.get_by_role("option", name="初评（r2） · 工作表").click()
    expect(box).to_have_value("初评（r2） · 工作表", timeout=20 * SECOND)
    stands_on(page, FIRST, "r2/working")
    type_points(page, "0.75")

    # to the meeting and back: the round goes along, and so does the sheet
    page.get_by_role("link", name="专家评议").last.click()
    expect(page.get_by_role("combobox", name="轮次")).to_have_value("初评（r2）", timeout=20 * SECOND)
    stands_at(page, round="r2")
    page.get_by_role("link", name="打开评分表").first.click()
    stands_on(page, FIRST, "r2/working")
    assert points(page) == "0.75"

    # an item that is picked in 过程记录 changes no sheet
    visit(page, house.url, "history", project=FIRST, sheet="r2/working")
    item = page.get_by_role("combobox", name="指标")
    item.click()
    page.get_by_role("option").nth(1).click()
    stands_at(page, sheet="r2/working")
    item.click()
    page.get_by_role("option").nth(0).click()
    stands_at(page, sheet="r2/working")
    expect(page.get_by_text("0.75分").first).to_be_visible(timeout=20 * SECOND)


@pytest.mark.full
def test_an_old_link_opens_the_project_that_was_there_first(house: RunningApp, tab: Page) -> None:
    for path in ("", "budget", "scorecard"):
        visit(tab, house.url, path)
        stands_at(tab, project=FIRST)
        tab.reload()
        stands_at(tab, project=FIRST)
    visit(tab, house.url, "budget", project="gone")
    expect(tab.get_by_text("没有编号为“gone”的项目")).to_be_visible(timeout=20 * SECOND)
    tab.get_by_role("button", name=re.compile(r"（a）$")).click()
    stands_at(tab, project=LATER)
