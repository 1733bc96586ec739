"""Posting to a webhook: plain JSON, or the forms of the group robots of 企业微信、钉钉 and 飞书.

Forms and signatures are those of the vendors' pages on custom robots: 企业微信 path/91770, 钉钉 custom-robot-access,
飞书 custom-bot.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from core.errors import Message
from core.notices.letters import Letter
from core.notices.outcome import NOBODY_SAYS, SENT, TAKEN, TIMEOUT, Claim, Outcome
from core.notices.settings import Form, Webhook

_MOST_ANSWER = 65_536
"""Bytes that are read of an answer."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A post that is led elsewhere would arrive there as something else, or with a key that is nobody else's."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def send(channel: Webhook, letter: Letter, claim: Claim, now: float) -> Outcome:
    """Post a message once. It is claimed before the connection: one that never came about is certain all the same.

    `now`: seconds since 1970, for the signatures. Nothing of the address gets into the outcome: it is a secret.
    """
    url, body = asked(channel, letter, now)
    request = urllib.request.Request(
        url,
        data=json.dumps(body, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": letter.id},
        method="POST",
    )
    if not claim():
        return TAKEN
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=TIMEOUT) as answer:
            return _answered(channel.form, answer.read(_MOST_ANSWER))
    except urllib.error.HTTPError as error:
        error.close()
        return _refused(error.code)
    except urllib.error.URLError as error:  # no connection, or the request did not get through it
        return _unreachable(error.reason)
    except (OSError, http.client.HTTPException):
        return NOBODY_SAYS  # the request left; no answer, or half of one, came back
    except ValueError:
        return Outcome("failed", Message("这个网址不能用。请核对webhook.url。"))


def asked(channel: Webhook, letter: Letter, now: float) -> tuple[str, Mapping[str, Any]]:
    """Make the address and the body in the channel's form, signed where it has a secret."""
    if channel.form == "json":
        notices = [vars(each) for each in letter.entries]
        return channel.url, {"id": letter.id, "title": letter.subject, "text": letter.text, "notices": notices}
    if channel.form == "feishu":
        content = {"msg_type": "text", "content": {"text": letter.text}}
        if not channel.secret:
            return channel.url, content
        moment = str(int(now))
        # 飞书 takes the text as the key, and signs nothing with it.
        return channel.url, {"timestamp": moment, "sign": _sign(f"{moment}\n{channel.secret}", ""), **content}
    url = channel.url
    if channel.form == "dingtalk" and channel.secret:
        moment = str(int(now * 1000))
        signed = {"timestamp": moment, "sign": _sign(channel.secret, f"{moment}\n{channel.secret}")}
        url = f"{url}{'&' if '?' in url else '?'}{urlencode(signed)}"
    return url, {"msgtype": "text", "text": {"content": letter.text}}


def _sign(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


_CODES: Mapping[Form, str] = {"wecom": "errcode", "dingtalk": "errcode", "feishu": "code"}
"""Where a robot says whether it has taken a message: 0, whatever the status of HTTP is."""


def _answered(form: Form, content: bytes) -> Outcome:
    if form == "json":
        return SENT
    try:
        said = json.loads(content)
        code = said.get(_CODES[form], said.get("StatusCode"))
    except (ValueError, AttributeError):
        code = None
    if code == 0:
        return SENT
    if not isinstance(code, int):
        return Outcome("failed", Message("对方的答复不是群机器人的格式。请核对webhook.url和webhook.form。"))
    return Outcome(
        "failed",
        Message(
            "群机器人没有收下（{code}）。请核对网址、密钥和机器人的安全设置；关键词用信息第一行的名称。",
            {"code": str(code)},
        ),
    )


def _refused(status: int) -> Outcome:
    if 300 <= status < 400:
        return Outcome("failed", Message("网址已转到别处（{code}），没有跟去。请改用新的网址。", {"code": str(status)}))
    if status in (401, 403, 404, 410):
        return Outcome("failed", Message("对方不认这个网址（{code}）。请核对webhook.url。", {"code": str(status)}))
    return Outcome("failed", Message("对方没有收下（{code}）。稍后会再试。", {"code": str(status)}))


def _unreachable(reason: object) -> Outcome:
    if isinstance(reason, ssl.SSLError):
        return Outcome("failed", Message("与对方的加密连接没有建立。单位自己的证书用SSL_CERT_FILE指明。"))
    return Outcome("failed", Message("连不上webhook的网址。请核对网址、网络和防火墙。"))
