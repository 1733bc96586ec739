"""From a project without a scorecard to an open round with two experts: no command, one form, pressed twice."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from core.model.context import Actor, Context
from core.model.particulars import Particulars
from core.model.rights import LOCAL
from core.service.base import open_store
from core.service.manage import project_particulars
from tests.browser.accounts import PASSWORD, log_in
from tests.browser.pages import WITHIN, Listener, settle, stands_at
from tests.browser.running_app import RunningApp

LAPTOP = {"width": 1366, "height": 768}
PROJECT = "new-project"
PEOPLE = (("chen", "陈主任", "chief"), ("zhang", "张工", "evaluator"), ("li", "李工", "evaluator"))


@pytest.fixture
def panel_house(built_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningApp]:
    """A server in mode `accounts` with a chief, two evaluators and a project of which only the name is known."""
    store = Path(shutil.copy(built_store, tmp_path))
    monkeypatch.setenv("RENEWAL_STORE", str(store))
    open_store.close()
    project_particulars.add(Context(Actor("clerk", "数据员", LOCAL)), PROJECT, Particulars("新项目"))
    open_store.close()
    app = RunningApp(store, tmp_path / "log.txt", environment={"RENEWAL_MODE": "accounts"})
    app.start()
    for login, name, role in PEOPLE:
        app.command("users", "add", login, "--name", name, "--role", role)
        app.command("users", "password", login, typed=PASSWORD)
    yield app
    app.stop()


@pytest.mark.full
def test_from_no_scorecard_to_an_open_round_with_two_experts(
    panel_house: RunningApp, new_context: Callable[..., BrowserContext]
) -> None:
    chief = new_context(viewport=LAPTOP).new_page()
    heard = Listener().listen(chief)
    log_in(chief, panel_house, "chen", f"scorecard?project={PROJECT}")
    chief.get_by_role("link", name="选指标体系，建评分表").click()
    expect(chief.get_by_text("还没有评分表：选指标体系，建评分表")).to_be_visible(timeout=WITHIN)
    settle(chief)
    for name in ("张工", "李工"):
        chief.get_by_role("button", name=name, exact=True).click()
        settle(chief)
    chief.get_by_label("截止日期（可不填）").fill("2099-12-05")
    chief.get_by_label("截止日期（可不填）").press("Enter")
    settle(chief)
    chief.get_by_role("button", name="开始这一轮").dblclick()
    stands_at(chief, round="r1")
    expect(chief.get_by_text("等待张工、李工提交。")).to_be_visible(timeout=WITHIN)
    expect(chief.get_by_text("截止2099年12月5日，剩")).to_be_visible()
    for name in ("张工", "李工"):
        expect(chief.get_by_text(f"{name}的评分表", exact=True)).to_be_visible()
    expect(chief.get_by_role("combobox", name="轮次")).to_have_count(0)  # of several rounds one would be chosen here

    expert = new_context(viewport=LAPTOP).new_page()
    heard.listen(expert)
    log_in(expert, panel_house, "zhang", f"panel?project={PROJECT}")
    expect(expert.get_by_text("张工的评分表").first).to_be_visible(timeout=WITHIN)
    expect(expert.get_by_text("（我的）")).to_be_visible()
    for label in ("轮次设置", "锁定本轮", "开始我的评分表"):
        expect(expert.get_by_text(label)).to_have_count(0)
    assert heard.problems == []
