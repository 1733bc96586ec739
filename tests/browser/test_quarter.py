"""A quarter in mode `accounts`: four streets report it, one late and returned, one by paste, one on a telephone.

A second person releases it; only then 总览 changes, and what is new is mailed once and posted once, also where the
command was killed in between. The sums are those of FACTS 2 (8,000 of 15,000) and 9,500 by hand.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.accounts import PASSWORD, log_in
from tests.browser.pages import WITHIN, settle, visit
from tests.browser.running_app import ROOT, RunningApp
from tests.core.lingang import PLACES
from tests.core.notices.servers import hook, mailbox

CONTEXTS = Callable[..., BrowserContext]
PROJECT = "lingang-2023"
HUANGTU, XIAGANG, SHENGANG, LIGANG = PLACES
REPORTERS = {HUANGTU: "huang", XIAGANG: "xia", SHENGANG: "shen", LIGANG: "li"}
NAMES = {"huang": "黄工", "xia": "夏工", "shen": "沈工", "li": "李工", "zhou": "周会计", "wu": "吴科长"}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def office(built_store: Path, tmp_path: Path) -> Iterator[RunningApp]:
    """A server where four people report and two are data clerks."""
    store = Path(shutil.copy(built_store, tmp_path))
    app = RunningApp(store, tmp_path / "log.txt", environment={"RENEWAL_MODE": "accounts"})
    app.start()
    for login, name in NAMES.items():
        role = "clerk" if login in ("zhou", "wu") else "reporter"
        app.command("users", "add", login, "--name", name, "--role", role)
        app.command("users", "password", login, typed=PASSWORD)
    yield app
    app.stop()


def entered(contexts: CONTEXTS, office: RunningApp, login: str, **options: object) -> Page:
    page = contexts(permissions=["clipboard-read", "clipboard-write"], **options).new_page()
    log_in(page, office, login, f"reporting?project={PROJECT}")
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    settle(page)


def fill(page: Page, place: str, **values: str) -> None:
    for field, value in values.items():
        cell = page.locator(f'input[data-place="{place}"][data-field="{field}"]')
        cell.click()
        page.keyboard.type(value)
        page.keyboard.press("Enter")
    saved(page)


def saved(page: Page) -> None:
    expect(page.locator(".report-grid .saving")).to_contain_text("已保存", timeout=WITHIN)


def submit(page: Page, place: str) -> None:
    row = page.locator(f'tbody[data-place="{place}"]')
    row.get_by_role("button", name="提交", exact=False).first.click()
    expect(row).to_contain_text("已提交", timeout=WITHIN)


def chosen(page: Page, group: str, names: tuple[str, ...]) -> None:
    """Of a row of choices only these stay chosen."""
    pills = page.get_by_test_id("stButtonGroup").filter(has_text=group).get_by_role("button")
    expect(pills.filter(has_text=names[0])).to_be_visible(timeout=WITHIN)
    for each in pills.all():
        if (each.get_attribute("aria-pressed") == "true") != (each.inner_text().strip() in names):
            each.click()
            settle(page)
    there = pills.and_(page.locator("[aria-pressed=true]"))
    expect(there).to_have_text(list(names), timeout=WITHIN)


def set_up(page: Page) -> None:
    """The first clerk opens the quarter, and says who reports for which street."""
    press(page, "开填报期")
    chosen(page, "数据项", ("累计支付", "形象进度"))
    for place, login in REPORTERS.items():
        pills = page.get_by_test_id("stButtonGroup").filter(has_text=place)
        pills.last.get_by_role("button", name=NAMES[login], exact=True).click()
        settle(page)
    page.get_by_role("button", name="开填报期", exact=True).click()
    expect(page.get_by_text("已开填报期：截至2025年3月31日")).to_be_visible(timeout=WITHIN)
    settle(page)


def headline(page: Page, office: RunningApp) -> str:
    visit(page, office.url, project=PROJECT)
    return page.get_by_role("heading", level=2).first.inner_text()


def notified(office: RunningApp, file: Path) -> subprocess.Popen[str]:
    environment = office.environment() | {"RENEWAL_NOTICES": str(file)}
    return subprocess.Popen(
        [sys.executable, "-m", "core", "notify", "--once"],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.mark.full
@pytest.mark.timeout(600)
def test_four_streets_report_a_quarter_and_a_second_person_releases_it(
    office: RunningApp, new_context: CONTEXTS, tmp_path: Path
) -> None:
    zhou, wu = entered(new_context, office, "zhou"), entered(new_context, office, "wu")
    before = headline(wu, office)
    set_up(zhou)
    with mailbox() as box, hook() as robot:
        file = tmp_path / "notices.toml"
        file.write_text(
            f'[mail]\nhost = "127.0.0.1"\nport = {box.port}\nsecurity = "none"\nfrom = "board@example.cn"\n'
            f'to = ["a@example.cn"]\n[[webhook]]\nform = "wecom"\nurl = "{robot.url}"\n',
            encoding="utf-8",
        )
        file.chmod(0o600)
        office.command("notify", "--skip")  # what stands before is nobody's news
        reported(office, new_context, zhou)
        assert headline(wu, office) == before
        released(wu, office)
        assert headline(wu, office) != before
        running: list[subprocess.Popen[str]] = []
        box.arrived = lambda: os.kill(running[0].pid, signal.SIGKILL)
        running.append(notified(office, file))
        assert running[0].wait(60) == -signal.SIGKILL
        running[0].communicate()
        box.arrived = lambda: None
        again = notified(office, file)
        assert again.communicate(timeout=60)[1] == ""
        assert (len(box.mails), len(robot.posts)) == (1, 1)
        ((_, _, body),) = robot.posts
        assert "预警：" in body["text"]["content"]
    recorded(wu, office)


def reported(office: RunningApp, contexts: CONTEXTS, zhou: Page) -> None:
    """By hand, by paste, on a telephone, late after it was returned."""
    huang = entered(contexts, office, "huang")
    fill(huang, HUANGTU, paid="2500", physical="60%")
    submit(huang, HUANGTU)
    expect(huang.locator("tbody[data-place]")).to_have_count(1)  # nobody else's row
    xia = entered(contexts, office, "xia")
    xia.evaluate("() => navigator.clipboard.writeText('3000\\t50%')")
    xia.locator(f'input[data-place="{XIAGANG}"][data-field="paid"]').click()
    xia.keyboard.press("ControlOrMeta+v")
    xia.locator(".report-grid .paste").get_by_role("button").first.click()
    saved(xia)
    submit(xia, XIAGANG)
    li = entered(contexts, office, "li", **PHONE)
    fill(li, LIGANG, paid="1600", physical="20%")
    photographed(li)
    submit(li, LIGANG)
    shen = entered(contexts, office, "shen")
    fill(shen, SHENGANG, paid="1500", physical="40%")
    reason = shen.locator(f'tbody[data-place="{SHENGANG}"] .note input')
    reason.fill("口径有误，待核")
    reason.press("Enter")
    saved(shen)
    submit(shen, SHENGANG)
    visit(zhou, office.url, "reporting", project=PROJECT, part="review")
    card = zhou.locator(".st-key-report_place_2")
    expect(card).to_contain_text("低于上一期的1,900.00")
    expect(card).to_contain_text("口径有误，待核")
    card.get_by_role("button", name="退回").click()
    field = zhou.get_by_role("textbox", name="原因")
    field.fill("请按累计数填")
    zhou.get_by_test_id("stPopoverBody").get_by_role("button", name="退回").click()
    settle(zhou)
    expect(shen.get_by_text("请按累计数填")).to_be_visible(timeout=WITHIN)
    cell = shen.locator(f'input[data-place="{SHENGANG}"][data-field="paid"]')
    cell.click()
    shen.keyboard.press("ControlOrMeta+a")
    shen.keyboard.type("2400")
    shen.keyboard.press("Enter")
    saved(shen)
    submit(shen, SHENGANG)


def photographed(li: Page) -> None:
    """On the telephone a picture is filed, taken today."""
    made = BytesIO()
    Image.new("RGB", (64, 48), "#456").save(made, "JPEG")
    panel = li.locator(".st-key-report_photo")
    picture = {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}
    panel.locator("input[type=file]").set_input_files(picture)  # type: ignore[arg-type]
    expect(panel).to_contain_text("现场.jpg", timeout=WITHIN)
    panel.get_by_role("button", name="保存照片").click()
    expect(panel.get_by_role("img")).to_be_visible(timeout=WITHIN)
    settle(li)


def released(wu: Page, office: RunningApp) -> None:
    visit(wu, office.url, "reporting", project=PROJECT, part="review")
    card = wu.locator(".st-key-report_place_3")
    expect(card).to_contain_text(LIGANG)
    expect(card.get_by_role("img")).to_be_visible(timeout=WITHIN)
    expect(card).to_contain_text("改造后")
    expect(wu.get_by_text("已提交（迟报）").first).to_be_visible()
    press(wu, "复核通过全部已提交的4个街镇")
    press(wu, "让已复核的4个街镇生效")
    expect(wu.get_by_text("各街镇累计支付合计9,500.00万元")).to_be_visible(timeout=WITHIN)
    press(wu, "确定")
    expect(wu.get_by_text("现在没有等待复核的街镇")).to_be_visible(timeout=WITHIN)


def recorded(wu: Page, office: RunningApp) -> None:
    """The record names each step with who took it; what was done stands in the store, and nothing was altered."""
    visit(wu, office.url, "history", project=PROJECT, part="reports")
    for who, what in (
        ("周会计", "开了填报期"),
        *((NAMES[login], f"提交了{place}的数") for place, login in REPORTERS.items()),
        ("周会计", f"退回了{SHENGANG}的数，理由：请按累计数填"),
        *(("吴科长", f"复核通过了{place}的数") for place in PLACES),
        ("吴科长", f"使其生效，批次{PROJECT}"),
    ):
        line = wu.get_by_role("listitem").filter(has_text=f"{who}，截至2025年3月31日的填报：{what}")
        expect(line).to_have_count(2 if what == f"提交了{SHENGANG}的数" else 1)
    assert "9,500.00" in office.command("measures", "--project", PROJECT)
    office.command("verify")
