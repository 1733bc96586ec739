"""Settings of the channels: off by default, from a file or the environment, each fault a sentence without secrets."""

from __future__ import annotations

import pytest

from core.notices.settings import Mail, Settings, Webhook, WrongSettings, of_environment, of_file

GOOD = """
language = "en"
[mail]
host = "smtp.example"
user = "board"
password = "GEHEIM"
from = "board@example.cn"
to = ["a@example.cn", "b@example.cn"]
[[webhook]]
form = "wecom"
url = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=GEHEIM"
[[webhook]]
name = "城建群"
form = "dingtalk"
url = "https://oapi.dingtalk.com/robot/send?access_token=GEHEIM"
secret = "SECGEHEIM"
"""


def test_nothing_set_is_no_channel() -> None:
    assert of_environment({}) == of_file("") == Settings((), "zh_CN")


def test_a_file_with_everything() -> None:
    found = of_file(GOOD)
    mail, wecom, dingtalk = found.channels
    assert isinstance(mail, Mail)
    assert (mail.port, mail.security, mail.to) == (465, "tls", ("a@example.cn", "b@example.cn"))
    assert isinstance(dingtalk, Webhook)
    assert (wecom.name, dingtalk.name, found.language) == ("wecom", "城建群", "en")
    assert wecom.most <= 2048
    assert "GEHEIM" not in repr(found)


def test_the_environment_says_it_too() -> None:
    found = of_environment(
        {
            "RENEWAL_MAIL_HOST": "smtp.example", "RENEWAL_MAIL_SECURITY": "starttls", "RENEWAL_MAIL_FROM": "b@c.cn",
            "RENEWAL_MAIL_TO": "a@example.cn, b@example.cn", "RENEWAL_WEBHOOK_URL": "https://x.example/",
        }
    )  # fmt: skip
    mail, webhook = found.channels
    assert isinstance(mail, Mail)
    assert (mail.port, mail.to) == (587, ("a@example.cn", "b@example.cn"))
    assert isinstance(webhook, Webhook)
    assert webhook.form == "json"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[mail]", "[mail", "不是正确的TOML"),
        ('"smtp.example"', '""', "mail.host不能用：没有填写"),
        ('host = "smtp.example"', "", "mail.host不能用：没有填写"),
        ('"board@example.cn"', '"board"', "mail.from不能用：应为邮箱地址"),
        ('"a@example.cn"', '"王工@example.cn"', "mail.to不能用：应为邮箱地址"),
        ('["a@example.cn", "b@example.cn"]', "[]", "mail.to不能用"),
        ("[mail]", '[mail]\nsecurity = "ssl"', "mail.security不能用：应为tls、starttls或none"),
        ("[mail]", '[mail]\nsecurity = "none"', "密码会明文传送"),
        ("[mail]", '[mail]\nport = "GEHEIM"', "mail.port不能用"),
        ("[mail]", "[mail]\nport = 65536", "mail.port不能用"),
        ("[mail]", "[mail]\nhots = 1", "mail.hots不能用：没有这一项"),
        ('"wecom"', '"weixin"', "webhook.form不能用"),
        ("https://qyapi", "ftp://qyapi", "webhook.url不能用"),
        ("https://qyapi.weixin.qq.com/", "https://[qyapi/", "webhook.url不能用"),
        ("https://qyapi", "https://q yapi", "webhook.url不能用"),
        ('form = "wecom"', 'form = "wecom"\nsecret = "GEHEIM"', "webhook.secret不能用：只用于钉钉和飞书"),
        ('"城建群"', '"wecom"', "webhook.name不能用：几个渠道不能同名"),
        ('"城建群"', '"mail"', "webhook.name不能用"),
        ('"en"', '"de"', "language不能用"),
        ('language = "en"', 'smtp = "GEHEIM"', "smtp不能用：没有这一项"),
        ('language = "en"', 'webhook = "GEHEIM"', "不是正确的TOML"),
    ],
)
def test_a_fault_is_a_sentence_without_what_is_secret(old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(WrongSettings) as caught:
        of_file(GOOD.replace(old, new, 1))
    assert said in str(caught.value)
    assert "GEHEIM" not in str(caught.value)


@pytest.mark.parametrize("text", ['mail = "x"', 'webhook = "x"', 'webhook = ["x"]', "[mail]\nhost = 1"])
def test_another_shape_is_a_sentence_too(text: str) -> None:
    with pytest.raises(WrongSettings, match="不能用"):
        of_file(text)
