"""The form of a period of communities in a browser: rows below their street, days, a block by street and community, and
a telephone, where a community is a card and a picture is filed.

Last period's figures are those of tests.core.detail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Locator, Page, expect

from core.model.context import Actor, Context
from core.model.reporting import Report
from core.service.base import open_store
from core.service.manage.reporting import periods
from core.store import read, snapshots
from core.store import reporting as stored
from core.store import site_pictures as stored_pictures
from core.store.opening import open_store as opened
from tests.browser.conftest import NAME, who
from tests.browser.pages import WITHIN, settle
from tests.browser.report_page.served import filled, served
from tests.browser.running_app import RunningApp
from tests.browser.test_any_screen import SMALL
from tests.core.detail import DETAIL

PROJECT, PERIOD = "lingang-2023", "2025-03-31"
HUANGTU, LIGANG = "璜土镇", "利港街道"
FIRST, SECOND = "璜土镇第1村", "璜土镇第2村"
CLERK = Context(Actor("browser-clerk", "数据员"))
CONTEXTS = Callable[..., BrowserContext]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="module")
def asked(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which a period asks the communities of two streets for two figures and two days."""
    with filled(built_store, tmp_path_factory.mktemp("communities")) as path:
        store = open_store.store()
        january = replace(read.facts(store, PROJECT), batch=f"{PROJECT}@2025-01-31", as_of=date(2025, 1, 31))
        snapshots.add(store, january, CLERK.actor, communities=DETAIL)
        fields = ("paid", "physical", "begun_on", "done_on")
        made = periods.open_period(
            CLERK, PROJECT, date(2025, 3, 31), date(2025, 4, 10), fields, (HUANGTU, LIGANG), communities=True
        )
    assert made.id == PERIOD
    return path


@pytest.fixture(scope="module")
def one_server(asked: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    with served(asked, tmp_path_factory.mktemp("community-server")) as app:
        yield app


@pytest.fixture
def server(one_server: RunningApp, asked: Path) -> RunningApp:
    one_server.renew(asked)
    return one_server


def entered(contexts: CONTEXTS, url: str, **options: object) -> Page:
    context = contexts(permissions=["clipboard-read", "clipboard-write"], **options)
    context.add_init_script(who(NAME))
    page: Page = context.new_page()
    page.goto(f"{url}/?period={PERIOD}")
    expect(cell(page, FIRST, "paid")).to_be_visible(timeout=2 * WITHIN)
    settle(page)
    return page


def cell(page: Page, community: str, field: str) -> Locator:
    return page.locator(f'input[data-community="{community}"][data-field="{field}"]')


def enter(page: Page, community: str, field: str, text: str) -> None:
    cell(page, community, field).click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def saved(page: Page) -> None:
    expect(page.locator(".report-grid .saving")).to_contain_text("已保存", timeout=WITHIN)


def head(page: Page, place: str) -> Locator:
    return page.locator(f'tbody.head[data-place="{place}"]')


def report(server: RunningApp) -> Report:
    store = opened(server.stored())
    try:
        return stored.report(store, next(iter(stored.periods(store, PROJECT))))
    finally:
        store.close()


def test_communities_stand_below_their_street_which_is_submitted_as_a_whole(
    server: RunningApp, new_context: CONTEXTS
) -> None:
    page = entered(new_context, server.url)
    expect(page.locator(".report-grid tbody[data-community]")).to_have_count(7)
    expect(head(page, HUANGTU)).to_contain_text("填报中，空20格")
    expect(page.locator(f'tbody[data-community="{FIRST}"]')).to_contain_text("500.00")
    enter(page, FIRST, "paid", "510")
    enter(page, FIRST, "begun_on", "2024年3月1日")
    enter(page, FIRST, "done_on", "2024/2/1")
    saved(page)
    expect(cell(page, FIRST, "begun_on")).to_have_value("2024-03-01")
    note = page.locator(f'tbody[data-community="{FIRST}"] .note')
    expect(note).to_contain_text("完工日期2024年2月1日早于开工日期2024年3月1日", timeout=WITHIN)
    enter(page, FIRST, "done_on", "—")
    head(page, HUANGTU).get_by_role("button", name="填上期数").click()
    saved(page)
    expect(head(page, HUANGTU)).not_to_contain_text("空")
    expect(head(page, LIGANG)).to_contain_text("空8格")
    head(page, HUANGTU).get_by_role("button", name="提交").click()
    expect(head(page, HUANGTU)).to_contain_text("已提交", timeout=WITHIN)
    expect(cell(page, SECOND, "paid")).to_have_attribute("readonly", "")
    there = report(server)
    assert there.state(HUANGTU) == "submitted"
    assert [there.said((HUANGTU, FIRST), name) for name in there.period.fields] == ["510", "90%", "2024-03-01", "—"]
    assert there.said((HUANGTU, SECOND), "paid") == "500.00"


def test_a_day_that_is_none_is_told_at_its_cell(server: RunningApp, new_context: CONTEXTS) -> None:
    page = entered(new_context, server.url)
    enter(page, FIRST, "begun_on", "2024-02-30")
    note = page.locator(f'tbody[data-community="{FIRST}"] .note')
    expect(note).to_contain_text("请填日期（如2024-12-31），“2024-02-30”未计入，本格仍为空。")
    assert report(server).figures == {}


def test_a_block_goes_by_street_and_community(server: RunningApp, new_context: CONTEXTS) -> None:
    page = entered(new_context, server.url)
    lines = (
        ("街镇", "小区", "累计支付", "开工日期"), (HUANGTU, SECOND, "520", "2024/3/5"),
        (LIGANG, "利港街道第1村", "610", "—"),
    )  # fmt: skip
    block = "\n".join("\t".join(line) for line in lines)
    page.evaluate("text => navigator.clipboard.writeText(text)", block)
    cell(page, FIRST, "paid").click()
    page.keyboard.press("ControlOrMeta+v")
    panel = page.locator(".report-grid .paste")
    expect(panel).to_contain_text("将填入2行2列。")
    panel.get_by_role("button", name="填入").click()
    saved(page)
    there = report(server)
    assert {(row, name): figure.raw for (row, name), figure in there.figures.items()} == {
        ((HUANGTU, SECOND), "paid"): "520", ((HUANGTU, SECOND), "begun_on"): "2024-03-05",
        ((LIGANG, "利港街道第1村"), "paid"): "610", ((LIGANG, "利港街道第1村"), "begun_on"): "—",
    }  # fmt: skip


def test_on_a_telephone_a_community_is_a_card_and_a_picture_is_filed_of_it(
    server: RunningApp, new_context: CONTEXTS
) -> None:
    page = entered(new_context, server.url, **PHONE)
    cards = page.locator(".report-grid tbody[data-community]:visible")
    expect(cards).to_have_count(1)
    assert page.evaluate(SMALL) == []
    page.get_by_label("填哪个小区").select_option(label=f"{SECOND}（空4格）")
    expect(cell(page, SECOND, "paid")).to_be_visible()
    expect(cards).to_have_count(1)
    enter(page, SECOND, "paid", "520")
    expect(cell(page, SECOND, "physical")).to_be_focused()  # down the card
    saved(page)
    photo = page.locator(".st-key-report_photo")
    expect(photo.get_by_role("combobox")).to_have_value(SECOND, timeout=WITHIN)
    made = BytesIO()
    Image.new("RGB", (32, 24), "#456").save(made, "JPEG")
    photo.locator("input[type=file]").set_input_files(
        {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}
    )
    expect(photo).to_contain_text("现场.jpg", timeout=WITHIN)
    photo.get_by_role("button", name="保存照片").click()
    expect(photo.get_by_role("img")).to_be_visible(timeout=WITHIN)
    store = opened(server.stored())
    (picture,) = stored_pictures.pictures(store, PROJECT)
    store.close()
    assert (picture.place, picture.community, picture.moment) == (HUANGTU, SECOND, "after")
    assert report(server).said((HUANGTU, SECOND), "paid") == "520"
