"""`notify` as a timer runs it: real servers, a store that survives, once each also when it is killed in between."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.model.context import SYSTEM
from core.notices import due as rule
from core.service.base import open_store
from core.store import clock, read, snapshots
from tests.core.commands.test_main import ROOT, held, here
from tests.core.notices.servers import Hook, Mailbox, hook, mailbox
from tests.core.quarters import march
from tests.core.service.people import PROJECT

__all__ = ["held"]
SECRET = "GEHEIM"


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mailbox() as there:
        yield there


@pytest.fixture
def robot() -> Iterator[Hook]:
    with hook() as there:
        yield there


@pytest.fixture
def settings(box: Mailbox, robot: Hook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store_path: Path) -> Path:
    """The file with both channels, named in the environment; the store is let go of."""
    open_store.close()
    file = tmp_path / "notices.toml"
    file.write_text(
        f"""
[mail]
host = "127.0.0.1"
port = {box.port}
security = "none"
from = "board@example.cn"
to = ["a@example.cn"]
[[webhook]]
form = "wecom"
url = "{robot.url}"
""",
        encoding="utf-8",
    )
    file.chmod(0o600)
    monkeypatch.setenv("RENEWAL_NOTICES", str(file))
    monkeypatch.setenv("RENEWAL_BASE_URL", "https://board.example")
    return file


def told() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(here("notify", "--list", "--json").stdout)
    return found


def once(store: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "core", "notify", "--once"],
        cwd=ROOT, env=os.environ | {"RENEWAL_STORE": str(store)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.mark.usefixtures("store_path")
def test_nothing_leaves_and_nothing_is_put_down_while_nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    done = here("notify", "--once")
    assert (done.returncode, done.stderr) == (0, "")
    assert "没有设置邮件和群机器人，什么也没有发送" in done.stdout
    assert told() == []
    assert here("notify").returncode == 2
    assert here("notify", "--once", "--list").returncode == 2


@pytest.mark.usefixtures("settings")
def test_each_alarm_is_mailed_once_and_posted_once(box: Mailbox, robot: Hook) -> None:
    done = here("notify", "--once")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "mail：旧改绩效看板：5条提醒\nwecom：旧改绩效看板：5条提醒\n"
    (text,) = box.texts
    assert "2023年度申港、夏港区域老小区改造项目" in text
    assert "· 预警：累计支付占概算为53.33%，低于80%（工期已过61.38%）" in text
    assert f"https://board.example/alarms?project={PROJECT}" in text
    ((_, _, body),) = robot.posts
    assert "· 预警：累计支付占概算为53.33%" in body["text"]["content"]
    assert here("notify", "--once").stdout == "没有要告知的。\n"
    # Another snapshot: what is new is told, what stands is not.
    store = open_store.store()
    snapshots.add(store, march(read.facts(store, PROJECT)), SYSTEM)
    open_store.close()
    assert here("notify", "--once").returncode == 0
    assert (len(box.mails), len(robot.posts)) == (2, 2)
    assert "形象进度" in box.texts[1]
    assert "累计支付占概算为63.33%，低于" not in box.texts[1]
    assert box.mails[0]["Message-ID"] != box.mails[1]["Message-ID"]
    assert {(each["channel"], each["state"]) for each in told()} == {("mail", "sent"), ("wecom", "sent")}


@pytest.mark.usefixtures("settings")
def test_what_stood_before_may_be_left_out(box: Mailbox) -> None:
    assert here("notify", "--skip").stdout == "5条算作已告知，没有发送。\n"
    assert here("notify", "--once").stdout == "没有要告知的。\n"
    assert box.mails == []
    assert {each["channel"] for each in told()} == {""}
    assert "启用前已有" in here("notify", "--list").stdout


@pytest.mark.usefixtures("settings")
def test_a_failure_is_listed_with_its_sentence_and_tried_again_by_the_clock(
    box: Mailbox, robot: Hook, monkeypatch: pytest.MonkeyPatch, store_path: Path
) -> None:
    robot.said = b'{"errcode": 93000, "errmsg": "invalid webhook url GEHEIM"}'
    done = here("notify", "--once")
    assert done.returncode == 1
    assert done.stderr.startswith("wecom：群机器人没有收下（93000）。请核对网址")
    now = clock.now()
    for minutes in (1, 5, 30, 120, 720):
        assert here("notify", "--once").stdout == "没有要告知的。\n"  # not yet
        now += timedelta(minutes=minutes, seconds=5)
        monkeypatch.setattr(clock, "now", lambda now=now: now)
        assert here("notify", "--once").returncode == 1
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=9))
    assert here("notify", "--once").stdout == "没有要告知的。\n"
    assert (len(box.mails), len(robot.posts)) == (1, 6)
    states = {each["channel"]: (each["state"], each["said"][:10]) for each in told()}
    assert states == {"mail": ("sent", ""), "wecom": ("given_up", "群机器人没有收下（9")}
    robot.said = b'{"errcode": 0}'
    assert here("notify", "--again").stdout == "wecom：旧改绩效看板：5条提醒\n"
    assert (len(box.mails), len(robot.posts)) == (1, 7)
    listed = here("notify", "--list")
    assert SECRET not in listed.stdout + listed.stderr + done.stdout + done.stderr
    open_store.close()
    assert SECRET.encode() not in b"".join(each.read_bytes() for each in store_path.parent.glob("renewal.duckdb*"))


@pytest.mark.parametrize("where", ["mail", "wecom"])
def test_killed_between_claim_and_result_it_is_not_sent_twice(
    where: str, settings: Path, box: Mailbox, robot: Hook, store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    running: list[subprocess.Popen[str]] = []

    def kill() -> None:
        os.kill(running[0].pid, signal.SIGKILL)
        running[0].wait(30)

    other = "wecom" if where == "mail" else "mail"
    there: Mailbox | Hook = box if where == "mail" else robot
    there.arrived = kill
    running.append(once(store_path))
    assert running[0].wait(60) == -signal.SIGKILL
    running[0].communicate()
    there.arrived = lambda: None
    counts = {"mail": lambda: len(box.mails), "wecom": lambda: len(robot.posts)}
    assert counts[where]() == 1
    assert here("notify", "--once").returncode == 0
    assert (counts[where](), counts[other]()) == (1, 1)
    assert {each["channel"]: each["state"] for each in told()} == {where: "sending", other: "sent"}
    # Ten minutes later it is in doubt, and still nobody sends it by themselves.
    monkeypatch.setattr(rule, "STILL_SENDING", timedelta(0))
    assert here("notify", "--once").stdout == "没有要告知的。\n"
    assert {each["channel"]: each["state"] for each in told()} == {where: "doubt", other: "sent"}
    assert counts[where]() == 1
    # A person asks for it: the mail that comes twice can be told.
    assert here("notify", "--again").returncode == 0
    assert (counts[where](), counts[other]()) == (2, 1)
    ids = {mail["Message-ID"] for mail in box.mails} | {post[1]["Idempotency-Key"] for post in robot.posts}
    assert len({each.strip("<>").partition("@")[0] for each in ids}) == 1


def test_while_the_dashboard_has_the_store_it_keeps_the_list_and_sends_nothing(
    held: Path, settings: Path, box: Mailbox, robot: Hook
) -> None:
    done = here("notify", "--once")
    assert (done.returncode, done.stderr) == (0, "")
    assert (len(box.mails), len(robot.posts)) == (1, 1)
    assert here("notify", "--once").stdout == "没有要告知的。\n"
    assert {each["state"] for each in told()} == {"sent"}


def test_a_file_that_others_may_read_is_not_used(settings: Path, box: Mailbox) -> None:
    settings.chmod(0o644)
    done = here("notify", "--once")
    assert (done.returncode, "他人也能读写，未使用" in done.stderr) == (1, True)
    settings.unlink()
    assert "读不到提醒的设置文件" in here("notify", "--once").stderr
    assert box.mails == []


@pytest.mark.usefixtures("settings")
def test_a_test_message_goes_to_each_channel_and_is_not_kept(box: Mailbox, robot: Hook) -> None:
    assert here("notify", "--test").stdout == "mail：旧改绩效看板：测试信息\nwecom：旧改绩效看板：测试信息\n"
    assert (len(box.mails), len(robot.posts)) == (1, 1)
    assert told() == []


@pytest.mark.usefixtures("settings")
def test_two_timers_at_a_time_send_once(store_path: Path, box: Mailbox, robot: Hook) -> None:
    both = [once(store_path), once(store_path)]
    for each in both:
        each.communicate(timeout=60)
    deadline = time.monotonic() + 30
    while here("notify", "--once").stdout != "没有要告知的。\n" and time.monotonic() < deadline:
        pass
    assert (len(box.mails), len(robot.posts)) == (1, 1)
