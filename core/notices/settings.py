"""Settings of the channels: from a file that is its owner's alone, or from the environment. Nothing set: no channel.

What is secret (passwords, addresses of robots, what they sign with) never gets into an error's sentence.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, cast, get_args
from urllib.parse import urlsplit

from core.errors import Message, RenewalError
from core.model.context import Language

Security = Literal["tls", "starttls", "none"]
PORTS: Mapping[Security, int] = {"tls": 465, "starttls": 587, "none": 25}
Form = Literal["json", "wecom", "dingtalk", "feishu"]
MOST_TEXT: Mapping[str, int] = {"mail": 60_000, "json": 60_000, "wecom": 2_000, "dingtalk": 15_000, "feishu": 15_000}
"""Bytes of a message; a robot of 企业微信 takes 2,048."""
MAIL = ("host", "port", "security", "user", "password", "from", "to")
WEBHOOK = ("name", "url", "form", "secret")
_ADDRESS = re.compile(r"[!-?A-~]+@[!-?A-~]+")
_LOCAL = ("localhost", "127.0.0.1", "::1")


class WrongSettings(RenewalError):  # noqa: N818
    """The settings of a channel cannot be used."""


@dataclass(frozen=True)
class Mail:
    """A mail server and who is written to. A repr of it shows no secret."""

    host: str
    port: int
    security: Security
    user: str
    password: str = field(repr=False)
    sender: str
    to: tuple[str, ...]
    name: str = "mail"

    @property
    def most(self) -> int:
        """Most bytes of a message."""
        return MOST_TEXT["mail"]


@dataclass(frozen=True)
class Webhook:
    """An address that messages are posted to, and the form that it takes. A repr of it shows no secret."""

    name: str
    url: str = field(repr=False)
    form: Form
    secret: str = field(repr=False)

    @property
    def most(self) -> int:
        """Most bytes of a message."""
        return MOST_TEXT[self.form]


Channel = Mail | Webhook


@dataclass(frozen=True)
class Settings:
    """All channels, and the language that they are written to in."""

    channels: tuple[Channel, ...]
    language: Language


def of_file(text: str) -> Settings:
    """Read the settings from the text of a file (TOML). Raises WrongSettings."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        # Its own words may quote the line, with a password in it.
        raise WrongSettings(Message("提醒的设置文件不是正确的TOML，未使用。请照docs/deploy.md里的样子改正。")) from None
    return _settings(found)


def of_environment(environment: Mapping[str, str]) -> Settings:
    """Read the settings from RENEWAL_MAIL_…, RENEWAL_WEBHOOK_… and RENEWAL_NOTICES_LANGUAGE. Raises WrongSettings."""

    def given(prefix: str, names: Sequence[str]) -> dict[str, Any]:
        found = {name: environment.get(f"{prefix}{name.upper()}", "") for name in names}
        return {name: value for name, value in found.items() if value}

    mail, webhook = given("RENEWAL_MAIL_", MAIL), given("RENEWAL_WEBHOOK_", WEBHOOK)
    if "to" in mail:
        mail["to"] = re.split(r"[,;\s]+", mail["to"].strip())
    language = environment.get("RENEWAL_NOTICES_LANGUAGE", "")
    return _settings(
        ({"mail": mail} if mail else {})
        | ({"webhook": [webhook]} if webhook else {})
        | ({"language": language} if language else {})
    )


def _settings(found: Mapping[str, Any]) -> Settings:
    _known(found, ("mail", "webhook", "language"), "")
    language = found.get("language", "zh_CN")
    if language not in get_args(Language):
        raise _wrong("language", Message("应为zh_CN或en"))
    hooks = found.get("webhook", [])
    if not isinstance(hooks, list):
        raise _wrong("webhook", Message("应写作[[webhook]]"))
    channels: list[Channel] = [_mail(found["mail"])] if "mail" in found else []
    channels += [_webhook(each) for each in hooks]
    names = [each.name for each in channels]
    if len(set(names)) < len(names):
        raise _wrong("webhook.name", Message("几个渠道不能同名，请各写一个name"))
    return Settings(tuple(channels), cast(Language, language))


def _mail(found: Mapping[str, Any]) -> Mail:
    _known(found, MAIL, "mail.")
    security = found.get("security", "tls")
    if security not in PORTS:
        raise _wrong("mail.security", Message("应为tls、starttls或none"))
    to = found.get("to", [])
    to = tuple(to) if isinstance(to, list) else (to,)
    for name, addresses in (("mail.from", (found.get("from", ""),)), ("mail.to", to)):
        if not addresses or not all(isinstance(each, str) and _ADDRESS.fullmatch(each) for each in addresses):
            raise _wrong(name, Message("应为邮箱地址"))
    host, user = _text_of(found, "mail.host"), _text_of(found, "mail.user", "")
    if user and security == "none" and host not in _LOCAL:
        raise _wrong("mail.security", Message("为none时密码会明文传送，请改为tls或starttls"))
    return Mail(
        host,
        _port(found.get("port", PORTS[security])),
        security,
        user,
        _text_of(found, "mail.password", ""),
        found["from"],
        to,
    )


def _port(said: object) -> int:
    text = str(said)
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise _wrong("mail.port", Message("应为1～65535的数"))
    return int(text)


def _webhook(found: Mapping[str, Any]) -> Webhook:
    _known(found, WEBHOOK, "webhook.")
    form = found.get("form", "json")
    if form not in get_args(Form):
        raise _wrong("webhook.form", Message("应为json、wecom、dingtalk或feishu"))
    url = _text_of(found, "webhook.url")
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and url.isascii() and not re.search(r"\s", url)
        _ = parts.port
    except ValueError:
        usable = False
    if not usable:
        raise _wrong("webhook.url", Message("应为http或https的网址"))
    secret = _text_of(found, "webhook.secret", "")
    if secret and form not in ("dingtalk", "feishu"):
        raise _wrong("webhook.secret", Message("只用于钉钉和飞书"))
    name = _text_of(found, "webhook.name", form)
    if name == "mail" or len(name) > 40:
        raise _wrong("webhook.name", Message("不能是mail，最多40字"))
    return Webhook(name, url, form, secret)


def _text_of(found: Mapping[str, Any], name: str, default: str | None = None) -> str:
    value = found.get(name.partition(".")[2], default)
    if not isinstance(value, str) or (not value and default is None):
        raise _wrong(name, Message("没有填写"))
    return value


def _known(found: object, names: Sequence[str], of: str) -> None:
    if not isinstance(found, Mapping):
        raise _wrong(of.rstrip("."), Message("应写作[mail]"))
    for name in found:
        if name not in names:
            raise _wrong(f"{of}{name}"[:40], Message("没有这一项"))


def _wrong(name: str, why: Message) -> WrongSettings:
    return WrongSettings(Message("提醒的设置{name}不能用：{why}。请改正后重试。", {"name": name, "why": why}))
