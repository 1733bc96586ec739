"""Accounts: who is entered with which roles, and logging in and out (mode `accounts`)."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import threading
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from core.errors import Message, RenewalError, UnknownName
from core.model.context import Actor, Context
from core.model.person import Person
from core.model.rights import GIVEN, ROLE_WORDS, Deed, Grant, Role
from core.scoring.workflow import NotAllowed
from core.service import home, identity
from core.service.asking import asks, named
from core.store import people, read
from core.store.address import Address, Place
from core.store.logins import DatabaseLogins, FileLogins, Logins

LEAST_PASSWORD, MOST_PASSWORD = 10, 200
"""Characters."""
MOST_NAME = 20
MOST_FAILURES = 5
"""Failed logins in a row after which a name is locked for a while."""
LOCKED_FOR = 15 * 60.0
SESSION_FOR = 12 * 3600.0
"""Seconds: a working day."""
_LOGIN = re.compile(r"[\w.@-]+")

_lock = threading.Lock()
_logins: Logins | None = None
_where: Place | None = None


class LoginRefused(RenewalError):  # noqa: N818 - it reads as what it is
    """Name and password do not go together, or the name is locked for a while."""

    def __init__(self, message: Message, *, locked: bool = False) -> None:
        super().__init__(message)
        self.locked = locked


def logins() -> Logins:
    """Passwords and sessions: in RENEWAL_ACCOUNTS, else beside the store or in its database. Raises StoreError."""
    global _logins, _where
    said = os.environ.get("RENEWAL_ACCOUNTS")
    place = home.location()
    where: Place = Path(said) if said else place if isinstance(place, Address) else Path(f"{place}.accounts")
    with _lock:
        if _logins is None or _where != where:
            if _logins is not None:
                _logins.close()
            _logins = DatabaseLogins(where) if isinstance(where, Address) else FileLogins(where)
            _where = where
        return _logins


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobodys_hash() -> str:
    """Checked for names that nobody has, so that these take as long as others."""
    return _hasher().hash(secrets.token_hex(16))


@asks(Deed.MANAGE)
def everybody(ctx: Context) -> tuple[Person, ...]:
    """All who are entered, with their roles, by login."""
    known = people.known(home.store())
    return tuple(known[login] for login in sorted(known))


@asks(Deed.MANAGE)
def add(ctx: Context, login: str, name: str) -> None:
    """Enter somebody. Raises NameNeeded, NotAllowed for a login that is taken or not one, or an empty name."""
    shown = " ".join(name.split())
    if not _LOGIN.fullmatch(login) or len(login) > identity.LONGEST_NAME:
        raise NotAllowed(
            [
                Message(
                    "登录名只能用字母、数字和._@-,最多{most}个;“{login}”不能使用。",
                    {"most": identity.LONGEST_NAME, "login": login[:40]},
                )
            ]
        )
    if not shown or len(shown) > MOST_NAME:
        raise NotAllowed([Message("请填写姓名,最多{most}字。", {"most": MOST_NAME})])

    def decide(found: Person | None) -> list[people.Draft]:
        if found is not None:
            raise NotAllowed([Message("已有登录名“{login}”({name})。", {"login": login, "name": found.name})])
        return [{"kind": "added", "name": shown}]

    people.add(home.store(), login, named(ctx), decide)


@asks(Deed.MANAGE)
def grant(ctx: Context, login: str, role: Role | str, project: str | None = None) -> None:
    """Give a role, for all projects or for one. Raises NameNeeded, UnknownName."""
    _role(ctx, login, role, project, "granted")


@asks(Deed.MANAGE)
def revoke(ctx: Context, login: str, role: Role | str, project: str | None = None) -> None:
    """Take a role away again. Raises NameNeeded, UnknownName, NotAllowed when they do not have it."""
    _role(ctx, login, role, project, "revoked")


def _role(ctx: Context, login: str, role: Role | str, project: str | None, kind: str) -> None:
    wanted = Grant(Role(role), project)
    if wanted.role not in GIVEN:
        raise NotAllowed([Message("“{role}”不能作为角色授予。", {"role": ROLE_WORDS[wanted.role]})])
    if project is not None and kind == "granted":
        read.facts(home.store(), project)

    def make(found: Person) -> list[people.Draft]:
        if (wanted in found.grants) == (kind == "granted"):
            if kind == "granted":
                return []
            raise NotAllowed([Message("{name}没有这个角色。", {"name": found.name})])
        return [{"kind": kind, "role": wanted.role.value, "project": project or ""}]

    _change(ctx, login, make)


@asks(Deed.MANAGE)
def disable(ctx: Context, login: str) -> None:
    """Let somebody in no more; what they did stays. Ends their sessions. Raises NameNeeded, UnknownName."""
    _change(ctx, login, lambda found: [{"kind": "disabled"}] if found.active else [])
    logins().end_all(login)


@asks(Deed.MANAGE)
def enable(ctx: Context, login: str) -> None:
    """Let somebody in again who was disabled. Raises NameNeeded, UnknownName."""
    _change(ctx, login, lambda found: [] if found.active else [{"kind": "enabled"}])


def hashed(password: str) -> str:
    """A password as it is kept (argon2id, with a salt of its own). Raises NotAllowed for one too short or too long."""
    if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD:
        raise NotAllowed([Message("密码应为{least}到{most}个字符。", {"least": LEAST_PASSWORD, "most": MOST_PASSWORD})])
    return _hasher().hash(password)


@asks(Deed.MANAGE)
def set_password(ctx: Context, login: str, kept: str) -> None:
    """Set or replace a password, given as `hashed`; open sessions and a lock end. Raises UnknownName, NotAllowed."""
    named(ctx)
    _known(login)
    if not kept.startswith("$argon2id$"):
        raise NotAllowed([Message("这不是加密后的密码。")])
    logins().set_password(login, kept)


@asks(Deed.MANAGE)
def unlock(ctx: Context, login: str) -> None:
    """End a lock that failed logins have brought. Raises UnknownName."""
    _known(login)
    logins().unlock(login)


def _change(ctx: Context, login: str, make: Callable[[Person], list[people.Draft]]) -> None:
    _known(login)

    def decide(found: Person | None) -> list[people.Draft]:
        return make(found if found is not None else _known(login))

    people.add(home.store(), login, named(ctx), decide)


def _known(login: str) -> Person:
    found = people.known(home.store()).get(login)
    if found is None:
        raise UnknownName(Message("没有登录名“{login}”。请核对后重试。", {"login": login[:40]}))
    return found


def log_in(login: str, password: str, now: float | None = None) -> str:
    """A new session's id, for the cookie. Raises LoginRefused; StoreError.

    The same sentence whatever was wrong: it does not tell which names there are.
    """
    moment = time.time() if now is None else now
    login = login.strip()[: identity.LONGEST_NAME]
    where = logins()
    until = where.locked_until(login, moment, MOST_FAILURES, LOCKED_FOR)
    if until is not None:
        minutes = int(until - moment) // 60 + 1
        raise LoginRefused(
            Message("登录失败次数过多,请{minutes}分钟后再试,或请管理员解锁。", {"minutes": minutes}), locked=True
        )
    person = people.known(home.store()).get(login)
    kept = where.password_of(login) if person is not None and person.active else None
    try:
        _hasher().verify(kept or _nobodys_hash(), password[:MOST_PASSWORD])
    except VerifyMismatchError:
        kept = None
    if kept is None:
        raise LoginRefused(Message("登录名或密码不正确,请检查后重新输入。"))
    token = secrets.token_urlsafe(32)
    where.begin(_digest(token), login, moment, SESSION_FOR)
    return token


def log_out(token: str) -> None:
    """End the session in every tab and on every machine that has its cookie."""
    logins().end(_digest(token))


def who_has(token: str | None, now: float | None = None) -> Actor | None:
    """Whose session it is; None: nobody's, or it has ended. Raises StoreError."""
    if not token:
        return None
    found = logins().whose(_digest(token))
    moment = time.time() if now is None else now
    if found is None or found[1] < moment - SESSION_FOR:
        return None
    person = people.known(home.store()).get(found[0])
    if person is None or not person.active:
        return None
    return Actor(identity.actor_id(person.id), person.name, person.grants)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
