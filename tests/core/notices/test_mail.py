"""Mail to a real SMTP server: once, with a Message-ID of its own; each refusal a sentence without secrets."""

from __future__ import annotations

import ssl
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from core.notices import mail
from core.notices.letters import Entry, Letter
from core.notices.settings import Mail
from tests.core.notices.servers import Mailbox, free_port, mailbox

LETTER = Letter(
    "旧改绩效看板：1条提醒", "旧改绩效看板\n.一行以点开头\n· 预警：低于80%", (Entry("k1", "p", "预警", ""),)
)


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mailbox() as there:
        yield there


def to(box: Mailbox, **other: object) -> Mail:
    plain = Mail("127.0.0.1", box.port, "none", "", "", "board@example.cn", ("a@example.cn", "b@example.cn"))
    return replace(plain, **other)  # type: ignore[arg-type]


def test_a_mail_arrives_as_it_was_written(box: Mailbox) -> None:
    assert mail.send(to(box), LETTER, lambda: True).result == "sent"
    (there,) = box.mails
    assert there["Subject"] == LETTER.subject
    assert there.get_content().splitlines() == LETTER.text.splitlines()
    assert box.to == [["a@example.cn", "b@example.cn"]]
    assert there["Message-ID"] == f"<{LETTER.id}@example.cn>"
    assert there["Auto-Submitted"] == "auto-generated"


def test_what_another_process_has_claimed_is_not_sent(box: Mailbox) -> None:
    assert mail.send(to(box), LETTER, lambda: False).result == "taken"
    assert box.mails == []


def test_a_refusal_before_the_mail_leaves_is_no_claim(box: Mailbox) -> None:
    claims: list[int] = []

    def claim() -> bool:
        claims.append(1)
        return True

    box.refused = ("a@example.cn", "b@example.cn")
    outcome = mail.send(to(box), LETTER, claim)
    assert (outcome.result, str(outcome.said)) == (
        "failed", "邮件服务器不收给这些收件人的邮件（550）。请核对mail.to。",
    )  # fmt: skip
    nobody = mail.send(to(box, port=free_port()), LETTER, claim)
    assert (nobody.result, "连不上邮件服务器" in str(nobody.said)) == ("failed", True)
    plain = mail.send(to(box, security="tls"), LETTER, claim)
    assert plain.result == "failed"
    unknown = mail.send(to(box, host="no.such.host.invalid"), LETTER, claim)
    assert "连不上邮件服务器" in str(unknown.said)
    no_login = mail.send(to(box, user="board", password="GEHEIM"), LETTER, claim)
    assert no_login.result == "failed"
    assert "GEHEIM" not in str(no_login.said)
    assert claims == []


def test_one_refused_recipient_keeps_it_from_nobody_else(box: Mailbox) -> None:
    box.refused = ("b@example.cn",)
    outcome = mail.send(to(box), LETTER, lambda: True)
    assert outcome.result == "sent"
    assert str(outcome.said) == "mail.to里第2个收件人被拒收，其余已发送。请核对地址。"
    assert box.to == [["a@example.cn"]]


def test_a_mail_that_is_not_taken_may_be_sent_again(box: Mailbox) -> None:
    box.answer = "451 a@example.cn later"
    outcome = mail.send(to(box), LETTER, lambda: True)
    assert (outcome.result, str(outcome.said)) == (
        "failed", "邮件服务器没有收下这封邮件（451）。请询问邮件管理员。",
    )  # fmt: skip


def test_no_answer_after_it_left_is_a_doubt(box: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "TIMEOUT", 0.5)

    given_up = threading.Event()

    def hang() -> None:
        given_up.wait(10)

    box.arrived = hang
    outcome = mail.send(to(box), LETTER, lambda: True)
    given_up.set()
    assert (outcome.result, "没有答复" in str(outcome.said)) == ("doubt", True)


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    key, made = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
         "-keyout", str(key), "-out", str(made)],
        check=True, capture_output=True,
    )  # fmt: skip
    return key, made


def test_starttls_and_a_login(certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    key, made = certificate
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)

    def authenticator(*args: object) -> AuthResult:
        data = args[-1]
        assert isinstance(data, LoginPassword)
        return AuthResult(success=(data.login, data.password) == (b"board", b"GEHEIM"), handled=False)

    with mailbox(tls_context=context, require_starttls=True, authenticator=authenticator, auth_required=True) as box:
        channel = to(box, host="localhost", security="starttls", user="board", password="GEHEIM")
        # Nobody vouches for the certificate: nothing is sent.
        outcome = mail.send(channel, LETTER, lambda: True)
        assert "加密连接没有建立" in str(outcome.said)
        monkeypatch.setenv("SSL_CERT_FILE", str(made))
        wrong = mail.send(replace(channel, password="FALSCH"), LETTER, lambda: True)
        assert "不认这个用户名和密码（535）" in str(wrong.said)
        assert "FALSCH" not in str(wrong.said)
        assert mail.send(channel, LETTER, lambda: True).result == "sent"
        assert len(box.mails) == 1
