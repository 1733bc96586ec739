"""金额单位: one choice in the page's head turns every amount that can be read, and the address alone opens it so."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import WITHIN, settle, visit
from tests.browser.running_app import RunningApp

READ = """() => {
  const said = []
  const walk = (root) => {
    for (const one of root.querySelectorAll('*')) {
      if (one.shadowRoot) { said.push(one.shadowRoot.textContent); walk(one.shadowRoot) }
    }
  }
  const main = document.querySelector('[data-testid="stMain"]')
  for (const one of main.querySelectorAll('style')) one.remove()
  said.push(main.innerText, ...[...main.querySelectorAll('svg text')].map(one => one.textContent))
  walk(main)
  return said.join('\\n')
}"""
"""Every word of the page: those of components and of charts stand in places of their own."""
SWITCH = ".st-key-choose_unit"


def read(tab: Page) -> str:
    # The chooser itself says the unit that is chosen.
    return str(tab.evaluate(READ))


@pytest.mark.parametrize("path", ["", "budget"])
def test_in_yi_no_amount_is_left_in_wan(tab: Page, shared_server: RunningApp, path: str) -> None:
    visit(tab, shared_server.url, path)
    assert "万元" in read(tab)
    visit(tab, shared_server.url, path)
    tab.locator(SWITCH).get_by_role("combobox").click()
    tab.get_by_role("option", name="亿元").click()
    tab.wait_for_url(re.compile("unit=yi"), timeout=WITHIN)
    settle(tab)
    said = read(tab)
    assert "万元" not in said
    assert re.search(r"\d亿元", said)
    visit(tab, shared_server.url, path, unit="yi")
    assert "万元" not in read(tab)
    tab.locator(SWITCH).get_by_role("combobox").click()
    tab.get_by_role("option", name="万元").click()
    tab.wait_for_url(lambda url: "unit=" not in url, timeout=WITHIN)
    settle(tab)
    expect(tab.locator('[data-testid="stMain"]')).to_contain_text("万元")


def test_the_address_alone_opens_it_so(tab: Page, shared_server: RunningApp) -> None:
    visit(tab, shared_server.url, unit="yuan")
    expect(tab.locator(".st-key-card_paid")).to_contain_text("80,000,000元")
    expect(tab.locator(".row-table").first).to_contain_text("21,640,000")
