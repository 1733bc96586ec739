"""Commands that tell by mail and webhook what is new: `notify`, for a timer.

The process in which `notify` is typed sends, with its own environment and settings: the dashboard itself never speaks
to another machine. What the store has to do with it are short steps: done here, or, while the dashboard has the store,
by the dashboard, which is handed each step and never a password or an address.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, cast

import click

from core.commands.parts import CONTEXT, Reply, as_text, json_option, listed
from core.errors import Message, RenewalError
from core.model.context import Language
from core.notices import mail, webhook
from core.notices.letters import Entry, Letter, trial
from core.notices.outcome import Outcome
from core.notices.settings import Channel, Mail, Settings
from core.service.base import open_store
from core.service.base.moments import day_and_time
from core.service.manage import notices as service
from core.store import owner
from core.store.errors import StoreLocked
from core.text import kept_message, render

MOST_AT_ONCE = 15
"""Messages to one channel in one run: a robot takes 20 a minute. The rest goes with the next run."""
STEP = "notice-step"
PATIENCE = 10.0
"""Seconds to wait for a store that somebody else has: what was sent must be settled."""


@click.command()
@click.option("--once", is_flag=True, help="发送还没有告知的，然后结束；供定时器用")
@click.option("--again", is_flag=True, help="把不知是否发出的、已放弃的再发一次")
@click.option("--skip", is_flag=True, help="现有的都算已告知，不发送；第一次启用前用")
@click.option("--list", "listing", is_flag=True, help="列出告知过什么、发到哪里、结果怎样")
@click.option("--test", "trying", is_flag=True, help="给每个渠道发一条测试信息，不记录")
@json_option
@click.pass_context
def notify(
    click_context: click.Context, once: bool, again: bool, skip: bool, listing: bool, trying: bool, as_json: bool
) -> Reply:
    """把新的预警和快到期的整改用邮件、群机器人告知；没有设置渠道时什么也不发。有没发成的时退出码1。"""
    if click_context.find_object(Path) is not None:
        raise RenewalError(Message("notify不能交给看板代办：看板不与别的机器来往。请再试一次。"))
    if sum((once, again, skip, listing, trying)) != 1:
        raise click.UsageError("请写明--once、--again、--skip、--list、--test之一。")
    if listing:
        return _listed(_step("list"), as_json)
    if skip:
        count = _step("put_down", channels=[])
        return Reply(0, render(Message("{count}条算作已告知，没有发送。", {"count": count}), "zh_CN") + "\n")
    settings = service.settings()
    if not settings.channels:
        return Reply(0, render(Message("没有设置邮件和群机器人，什么也没有发送（见docs/deploy.md）。"), "zh_CN") + "\n")
    if trying:
        letter = trial(settings.language)
        return _told([(each, letter, _sent(each, letter, lambda: True)) for each in settings.channels], as_json)
    if again:
        for channel in settings.channels:
            _step("again", channel=channel.name)
    return _told(list(_delivered(settings)), as_json)


Sending = tuple[Channel, Letter, Outcome]


def _delivered(settings: Settings) -> Iterator[Sending]:
    """Put down what is new, then send what is due, channel by channel."""
    _step("put_down", channels=[each.name for each in settings.channels])
    for channel in settings.channels:
        asked = {"base": service.base_url(), "language": settings.language, "most": channel.most}
        for found in _step("due", channel=channel.name, **asked)[:MOST_AT_ONCE]:
            letter = Letter(found["subject"], found["text"], tuple(Entry(**each) for each in found["entries"]))
            yield channel, letter, _deliver(channel, letter)


def _deliver(channel: Channel, letter: Letter) -> Outcome:
    """Claim, send, settle. Killed in between, it leaves a claim without a result: in doubt, and not sent again."""
    keys, claimed = list(letter.keys), False

    def claim() -> bool:
        nonlocal claimed
        claimed = bool(_step("claim", channel=channel.name, keys=keys))
        return claimed

    outcome = _sent(channel, letter, claim)
    if outcome.result != "taken":
        said = kept_message.written(outcome.said) if outcome.said else ""
        _step("settle", channel=channel.name, keys=keys, result=outcome.result, said=said, claimed=claimed)
    return outcome


def _sent(channel: Channel, letter: Letter, claim: Callable[[], bool]) -> Outcome:
    if isinstance(channel, Mail):
        return mail.send(channel, letter, claim)
    return webhook.send(channel, letter, claim, time.time())


def _told(sendings: Sequence[Sending], as_json: bool) -> Reply:
    wrong = any(outcome.result in ("failed", "doubt") for *_, outcome in sendings)
    if as_json:
        content = [
            {"channel": channel.name, "keys": letter.keys, "result": outcome.result, "said": _words(outcome.said)}
            for channel, letter, outcome in sendings
        ]
        return Reply(int(wrong), as_text(content))
    out = [f"{channel.name}：{letter.subject}\n" for channel, letter, each in sendings if each.result == "sent"]
    err = [f"{channel.name}：{_words(each.said)}\n" for channel, _, each in sendings if each.said is not None]
    return Reply(int(wrong), "".join(out) or ("" if err else f"{_words(NOTHING)}\n"), "".join(err))


NOTHING = Message("没有要告知的。")


def _words(message: Message | None) -> str:
    return render(message, "zh_CN") if message is not None else ""


def _listed(lines: Sequence[Mapping[str, Any]], as_json: bool) -> Reply:
    heads = ("时间", "项目", "内容", "渠道", "结果", "说明")
    rows = [(each["shown_at"], each["project"], each["text"], each["channel"], each["result"], each["said"])
            for each in lines]  # fmt: skip
    content = [{name: value for name, value in each.items() if name not in ("shown_at", "result")} for each in lines]
    return listed(as_json, content, [heads, *rows])


def _step(name: str, **params: object) -> Any:
    """Do a step on the store: here, letting go of it at once, or by the dashboard that has it. Raises RenewalError."""
    last = time.monotonic() + PATIENCE
    while True:
        try:
            return _STEPS[name](params)
        except StoreLocked as locked:
            handed = _handed(name, params)
            if handed is not None:
                return handed[0]
            # Another command has it for a moment, or a dashboard that is just starting.
            if time.monotonic() > last:
                raise RenewalError(locked.message) from locked
            time.sleep(0.2)
        finally:
            open_store.close()


def _handed(name: str, params: Mapping[str, object]) -> tuple[Any] | None:
    """Have the dashboard do a step: its answer; None where nobody answers. Raises RenewalError."""
    where = open_store.location()
    argv = [str(Path.cwd()), STEP, name, json.dumps(params)]
    reply = owner.ask(where, argv) if isinstance(where, Path) else None
    if reply is None:
        return None
    code, out, err = reply
    if code:
        raise RenewalError(Message("{said}", {"said": err.strip()}))
    return (json.loads(out),)


@click.command(STEP, hidden=True)
@click.argument("name")
@click.argument("params")
def notice_step(name: str, params: str) -> Reply:
    """一步，由notify交给看板做。"""
    return Reply(0, as_text(_STEPS[name](json.loads(params))))


def _due(asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    ctx = replace(CONTEXT, language=cast(Language, asked["language"]))
    return [asdict(each) for each in service.due(ctx, asked["channel"], asked["base"], asked["most"])]


def _settle(asked: Mapping[str, Any]) -> None:
    said = kept_message.read(asked["said"]) if asked["said"] else None
    service.settle(CONTEXT, asked["channel"], asked["keys"], asked["result"], said, claimed=asked["claimed"])


def _list(_: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "key": each.notice.key,
            "project": each.notice.project,
            "text": _words(each.notice.text),
            "link": each.notice.link,
            "made_at": each.made_at.isoformat(),
            "channel": each.channel,
            "state": each.state,
            "at": each.at.isoformat(),
            "due": each.due.isoformat() if each.due else None,
            "said": _words(each.said),
            "shown_at": day_and_time(each.at),
            "result": render(service.result(each), "zh_CN"),
        }
        for each in service.all_told(CONTEXT)
    ]


_STEPS: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
    "put_down": lambda asked: service.put_down(CONTEXT, asked["channels"]),
    "due": _due,
    "claim": lambda asked: service.claim(CONTEXT, asked["channel"], asked["keys"]),
    "settle": _settle,
    "again": lambda asked: service.again(CONTEXT, asked["channel"]),
    "list": _list,
}
"""What the store has to do with it; parameters and answers are JSON."""
