"""The step of a scheme in the browser: by arrow keys, and a sentence for what lies between."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from core.service.manage import scheme_files
from core.service.scoring import opening
from tests.browser.running_app import RunningApp
from tests.browser.test_panel import PROJECT, SECOND, Person, opened
from tests.core.service.manage.test_scheme_files import with_step
from tests.core.service.people import WANG


@pytest.mark.full
def test_points_go_by_steps_by_key_and_what_lies_between_has_its_sentence(
    server: RunningApp, new_context: Callable[..., BrowserContext], monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(server, monkeypatch):
        halves = scheme_files.import_scheme(WANG, with_step("0.5")).scheme
        opening.open_round(WANG, PROJECT, "复评", "reevaluation", "mean", scheme=(halves.id, halves.version))
    server.start()
    li = Person(new_context, server.url, "李工")
    li.open("scorecard?round=r2&sheet=r2/working")
    expect(li.page.locator("tr.item")).to_have_count(32, timeout=30 * SECOND)
    li.cell("C12").click()
    li.page.keyboard.type("4.3")
    message = li.page.locator(".message").filter(has_text="分一档")
    expect(message).to_have_text("按0.5分一档打分，您输入的是4.3，请填4或4.5；未计入，本项仍为未评。")
    # Six are the most of C12: up from 4.3 to 4.5, 5, 5.5, 6 and no farther, then down; 扣分 goes the other way.
    for points in ("4.50", "5.00", "5.50", "6.00", "6.00"):
        li.page.keyboard.press("Alt+ArrowUp")
        expect(li.cell("C12")).to_have_value(points)
    li.page.keyboard.press("Alt+ArrowDown")
    expect(li.cell("C12")).to_have_value("5.50")
    expect(message).to_have_count(0)
    li.cell("C12", "deduction").click()
    li.page.keyboard.press("Alt+ArrowUp")
    expect(li.cell("C12")).to_have_value("5.00")
    expect(li.cell("C12", "deduction")).to_have_value("1.00")
    expect(li.page.locator(".saving")).to_contain_text("已保存", timeout=20 * SECOND)
    assert li.heard.problems == []
