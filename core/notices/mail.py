"""Sending by SMTP."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate

from core.errors import Message
from core.notices.letters import Letter
from core.notices.outcome import NOBODY_SAYS, SENT, TAKEN, TIMEOUT, Claim, Outcome
from core.notices.settings import Mail


def send(channel: Mail, letter: Letter, claim: Claim) -> Outcome:
    """Send a message once. It is claimed when the server has taken sender and recipients: what fails before is certain.

    No error's words of the server get into the outcome: there may be addresses in them.
    """
    try:
        with _connected(channel) as server:
            outcome = _hand_over(server, channel, letter, claim)
    except smtplib.SMTPAuthenticationError as error:
        return _refused(
            Message("邮件服务器不认这个用户名和密码（{code}）。请核对mail.user和mail.password。", _code(error))
        )
    except smtplib.SMTPNotSupportedError:
        return _refused(Message("邮件服务器不支持所设的登录或加密方式。请核对mail.security和mail.port。"))
    except smtplib.SMTPResponseException as error:
        return _refused(Message("邮件服务器拒绝了（{code}）。请核对mail.from，或询问邮件管理员。", _code(error)))
    except ssl.SSLError:
        return _refused(
            Message("与邮件服务器的加密连接没有建立。请核对mail.security和端口；单位自己的证书用SSL_CERT_FILE指明。")
        )
    except (OSError, smtplib.SMTPException, UnicodeError):
        return _refused(Message("连不上邮件服务器，或连接中断。请核对mail.host、mail.port和网络。"))
    return outcome


def _refused(why: Message) -> Outcome:
    return Outcome("failed", why)


def _code(error: smtplib.SMTPResponseException) -> dict[str, object]:
    return {"code": str(error.smtp_code)}


@contextmanager
def _connected(channel: Mail) -> Iterator[smtplib.SMTP]:
    """A connection, encrypted and logged in as the settings say; how it ends changes nothing of what was sent."""
    context = ssl.create_default_context()
    if channel.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(channel.host, channel.port, timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(channel.host, channel.port, timeout=TIMEOUT)
    try:
        if channel.security == "starttls":
            server.starttls(context=context)
        if channel.user:
            server.login(channel.user, channel.password)
        yield server
    finally:
        with suppress(OSError, smtplib.SMTPException):
            server.quit()
        server.close()


def _hand_over(server: smtplib.SMTP, channel: Mail, letter: Letter, claim: Claim) -> Outcome:
    """Name sender and recipients, claim, hand the message over. One refused recipient keeps it from nobody else."""
    server.ehlo_or_helo_if_needed()
    code, _ = server.mail(channel.sender)
    if code != 250:
        return _refused(Message("邮件服务器拒绝了（{code}）。请核对mail.from，或询问邮件管理员。", {"code": str(code)}))
    codes = [server.rcpt(to)[0] for to in channel.to]
    wrong = tuple(str(at) for at, code in enumerate(codes, start=1) if code not in (250, 251))
    if len(wrong) == len(codes):
        return _refused(Message("邮件服务器不收给这些收件人的邮件（{code}）。请核对mail.to。", {"code": str(codes[0])}))
    if not claim():
        return TAKEN
    try:
        code, _ = server.data(written(channel, letter))
    except smtplib.SMTPDataError as error:
        code = error.smtp_code
    except (OSError, smtplib.SMTPException):
        return NOBODY_SAYS
    if code != 250:
        return _refused(Message("邮件服务器没有收下这封邮件（{code}）。请询问邮件管理员。", {"code": str(code)}))
    if wrong:
        return Outcome("sent", Message("mail.to里第{which}个收件人被拒收，其余已发送。请核对地址。", {"which": wrong}))
    return SENT


def written(channel: Mail, letter: Letter) -> bytes:
    """Write the mail. Its Message-ID is made of the keys in it: one that comes twice can be told."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = channel.sender, ", ".join(channel.to), letter.subject
    mail["Date"] = formatdate(localtime=False)
    mail["Message-ID"] = f"<{letter.id}@{channel.sender.partition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text)
    return mail.as_bytes()
