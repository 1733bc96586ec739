"""A server in mode `accounts` with an evaluator and a leader, and how they log in."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.pages import settle
from tests.browser.running_app import RunningApp

PASSWORD = "correct horse"


def start_house(built: Path, folder: Path) -> RunningApp:
    """A server where 张工 may score and 吴主任 may look."""
    app = RunningApp(Path(shutil.copy(built, folder)), folder / "log.txt", environment={"RENEWAL_MODE": "accounts"})
    app.start()
    for login, name, role in (("zhang", "张工", "evaluator"), ("wu", "吴主任", "leader")):
        # The dashboard runs: the command is handed to it, the password is asked here.
        app.command("users", "add", login, "--name", name, "--role", role)
        app.command("users", "password", login, typed=PASSWORD)
    return app


def log_in(
    page: Page, house: RunningApp, login: str, path: str = "", password: str = PASSWORD, *, settled: bool = True
) -> None:
    """Log in on the way to a page; not `settled`: something else comes before it."""
    page.goto(f"{house.url}/{path}")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    if settled:
        settle(page)
