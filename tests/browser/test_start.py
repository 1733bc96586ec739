"""Starting: what `make run` says and does, and the first deep link after it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from deploy.run import is_free
from tests.browser.pages import WITHIN, visit
from tests.browser.running_app import ROOT, RunningApp, free_port


@pytest.mark.skipif(os.name != "posix", reason="signals as a Unix shell sends them")
def test_make_run_prints_the_address_serves_a_deep_link_and_stops_in_order(
    built_store: Path, tmp_path: Path, page: Page
) -> None:
    port = free_port()
    store = Path(shutil.copy(built_store, tmp_path))
    with subprocess.Popen(
        [sys.executable, "-m", "deploy.run"],
        cwd=ROOT,
        env=os.environ | {"PORT": str(port), "RENEWAL_STORE": str(store), "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as running:
        assert running.stdout is not None
        try:
            said = [running.stdout.readline() for _ in range(3)]
            assert any(f"看板已打开：http://127.0.0.1:{port}" in line for line in said)
            assert any(f"The dashboard is at http://127.0.0.1:{port}" in line for line in said)
            visit(page, f"http://127.0.0.1:{port}", "scorecard")
            expect(page.locator('[data-testid="stDialog"], [data-testid="stAlertContentError"]')).to_have_count(0)
            running.send_signal(signal.SIGTERM)
            assert running.wait(timeout=20) == 0
        finally:
            running.kill()
    assert is_free(port)


@pytest.mark.full
def test_a_killed_server_starts_again_on_its_port_with_its_store(server: RunningApp, page: Page) -> None:
    visit(page, server.url)
    server.kill()
    assert is_free(server.port)
    server.start(opened=False)  # a deep link is the first visit of all
    visit(page, server.url, "scorecard")
    expect(page.locator("tr.item")).to_have_count(32, timeout=WITHIN)
    expect(page.locator('[data-testid="stDialog"], [data-testid="stAlertContentError"]')).to_have_count(0)


@pytest.mark.full
def test_a_page_comes_back_by_itself_when_the_store_does(server: RunningApp, page: Page) -> None:
    elsewhere = server.store_path.with_name("elsewhere.duckdb")
    server.store_path.rename(elsewhere)
    page.goto(server.url)
    away = page.get_by_text("找不到数据文件")
    expect(away).to_be_visible(timeout=WITHIN)
    elsewhere.rename(server.store_path)
    expect(page.get_by_text("支付进度滞后工期8.0个百分点")).to_be_visible(timeout=WITHIN)
    expect(away).to_have_count(0)
