"""Posts to a real HTTP server, in the forms of the group robots; each refusal a sentence without the address."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from core.notices import webhook
from core.notices.letters import Entry, Letter
from core.notices.settings import Form, Webhook
from tests.core.notices.servers import Hook, free_port, hook

LETTER = Letter("标题", "旧改绩效看板\n· 预警", (Entry("k1", "p", "预警", "https://board.example/alarms?project=p"),))


@pytest.fixture
def there() -> Iterator[Hook]:
    with hook() as found:
        yield found


def channel(form: Form, url: str, secret: str = "") -> Webhook:
    return Webhook(form, url, form, secret)


def send(form: Form, there: Hook, secret: str = "", now: float = 1_700_000_000.123) -> tuple[str, str]:
    outcome = webhook.send(channel(form, there.url, secret), LETTER, lambda: True, now)
    assert "GEHEIM" not in str(outcome.said)
    return outcome.result, str(outcome.said or "")


def test_json_has_the_text_and_each_notice(there: Hook) -> None:
    assert send("json", there) == ("sent", "")
    ((path, headers, body),) = there.posts
    assert path == "/hook?key=GEHEIM"
    assert headers["Idempotency-Key"] == LETTER.id == body["id"]
    assert (body["title"], body["text"]) == ("标题", LETTER.text)
    link = "https://board.example/alarms?project=p"
    assert body["notices"] == [{"key": "k1", "project": "p", "text": "预警", "link": link}]


def test_the_robot_of_wecom_takes_text(there: Hook) -> None:
    assert send("wecom", there) == ("sent", "")
    assert there.posts[0][2] == {"msgtype": "text", "text": {"content": LETTER.text}}


def test_the_robot_of_dingtalk_takes_text_and_a_signature_in_the_address(there: Hook) -> None:
    """Signed with `openssl dgst -sha256 -hmac`: the secret is the key; milliseconds, newline, secret are the text."""
    assert send("dingtalk", there, "SECabc") == ("sent", "")
    path, _, body = there.posts[0]
    asked = parse_qs(urlsplit(path).query)
    assert asked == {
        "key": ["GEHEIM"], "timestamp": ["1700000000123"], "sign": ["IqXBU/aLfwMA3S/tDcfRmHx5vWHw9Y1aOgFLBr1Ti9w="],
    }  # fmt: skip
    assert body == {"msgtype": "text", "text": {"content": LETTER.text}}
    assert send("dingtalk", there) == ("sent", "")
    assert there.posts[1][0] == "/hook?key=GEHEIM"


def test_the_robot_of_feishu_takes_text_and_a_signature_in_the_body(there: Hook) -> None:
    """Made with openssl: seconds, newline, secret are the key; the text is empty."""
    there.said = b'{"code": 0, "msg": "success"}'
    assert send("feishu", there, "abc") == ("sent", "")
    text = {"msg_type": "text", "content": {"text": LETTER.text}}
    signed = {"timestamp": "1700000000", "sign": "VIS10b0EBvzzSdFnuk4tznEmK5wHaruvf/WnViv2yR4="}
    assert there.posts[0][2] == signed | text
    there.said = b'{"StatusCode": 0, "StatusMessage": "success"}'  # as robots of the first form answer
    assert send("feishu", there) == ("sent", "")
    assert there.posts[1][2] == text


@pytest.mark.parametrize(
    ("form", "said", "words"),
    [
        ("wecom", b'{"errcode": 93000, "errmsg": "GEHEIM"}', "群机器人没有收下（93000）"),
        ("dingtalk", b'{"errcode": 310000, "errmsg": "keywords not in content"}', "群机器人没有收下（310000）"),
        ("feishu", b'{"code": 19021, "msg": "sign match fail"}', "群机器人没有收下（19021）"),
        ("wecom", b"<html>GEHEIM</html>", "不是群机器人的格式"),
        ("wecom", b"[]", "不是群机器人的格式"),
        ("feishu", b"{}", "不是群机器人的格式"),
    ],
)
def test_a_robot_that_says_no_has_not_taken_it(there: Hook, form: Form, said: bytes, words: str) -> None:
    there.said = said
    result, told = send(form, there)
    assert (result, words in told) == ("failed", True), told


@pytest.mark.parametrize(
    ("status", "words"), [(404, "不认这个网址（404）"), (500, "没有收下（500）"), (429, "没有收下（429）")]
)
def test_a_status_that_says_no_has_not_taken_it(there: Hook, status: int, words: str) -> None:
    there.status = status
    result, told = send("json", there)
    assert (result, words in told) == ("failed", True), told


def test_nothing_is_posted_where_the_address_leads(there: Hook) -> None:
    with hook() as elsewhere:
        there.status, there.headers = 307, {"Location": elsewhere.url}
        assert "网址已转到别处（307）" in send("json", there)[1]
        there.status = 302
        assert "网址已转到别处（302）" in send("json", there)[1]
        assert elsewhere.posts == []


def test_nobody_there_has_certainly_not_taken_it() -> None:
    nobody = Hook(f"http://127.0.0.1:{free_port()}/GEHEIM")
    result, told = send("json", nobody)
    assert (result, "连不上webhook的网址" in told) == ("failed", True)


def test_hanging_up_after_it_left_is_a_doubt(there: Hook) -> None:
    there.silent = True
    result, told = send("json", there)
    assert (result, "没有答复" in told) == ("doubt", True)


def test_what_another_process_has_claimed_is_not_posted(there: Hook) -> None:
    assert webhook.send(channel("json", there.url), LETTER, lambda: False, 0).result == "taken"
    assert there.posts == []


def test_https_to_who_speaks_none_is_not_sent(there: Hook) -> None:
    outcome = webhook.send(channel("json", there.url.replace("http:", "https:")), LETTER, lambda: True, 0)
    assert (outcome.result, "加密连接没有建立" in str(outcome.said)) == ("failed", True)
