"""Wait until a dashboard behind HTTPS is healthy, log in, and see its first page; run where it can be reached.

python -m tests.deploy.visit URL LOGIN PASSWORD PICTURE
"""

from __future__ import annotations

import re
import ssl
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests.browser.find_browser import find
from tests.browser.pages import Listener, settle
from tests.browser.running_app import BROWSER_ARGUMENTS

WITHIN = 120.0
"""Seconds that a start may take."""


def wait(url: str) -> None:
    """Until `/_stcore/health` says ok."""
    unverified = ssl._create_unverified_context()  # nobody vouches for the certificate
    end = time.monotonic() + WITHIN
    while time.monotonic() < end:
        with (
            suppress(OSError),
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=5, context=unverified) as answer,
        ):
            if answer.read() == b"ok":
                return
        time.sleep(0.2)
    raise TimeoutError(url)


def main(url: str, login: str, password: str, picture: Path) -> None:
    """Wait, log in, look."""
    wait(url)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find()), args=list(BROWSER_ARGUMENTS))
        context = browser.new_context(locale="zh-CN", ignore_https_errors=True, viewport={"width": 1600, "height": 900})
        page = context.new_page()
        heard = Listener().listen(page)
        page.goto(url)
        page.locator('input[name="login"]').fill(login)
        page.locator('input[name="password"]').fill(password)
        page.get_by_role("button", name="登录").click()
        settle(page)
        # 累计支付占概算: FACTS (8,000 of 15,000)
        expect(page.get_by_text(re.compile(r"53\.33")).first).to_be_visible()
        page.screenshot(path=picture)
        assert heard.problems == []
        kept = {cookie["name"]: cookie for cookie in context.cookies()}
        assert {"renewal_session", "renewal_replica"} <= kept.keys()
        assert all(kept[name]["secure"] and kept[name]["httpOnly"] for name in ("renewal_session", "renewal_replica"))
        print("seen:", page.title(), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], Path(sys.argv[4]))
