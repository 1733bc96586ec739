"""Accounts: persons with their roles, and logging in and out (mode `accounts`)."""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from core.errors import Message, NotAllowed, RenewalError, UnknownName
from core.model.context import Actor, Context
from core.model.person import AccountEvent, Person, UserEvent
from core.model.rights import GIVEN, ROLE_WORDS, Deed, Grant, Role
from core.service.base import identity, open_store
from core.service.base.asking import asks, named
from core.service.base.moments import hour_minute
from core.store import clock, people, read
from core.store.address import Address, Place
from core.store.logins import AHEAD, DatabaseLogins, FileLogins, Logins

LEAST_PASSWORD, MOST_PASSWORD = 10, 200
"""Characters."""
MOST_NAME = 20
MOST_FAILURES = 5
"""Failed logins in a row after which a name is locked for a while."""
LOCKED_FOR = 15 * 60.0
SESSION_FOR = 12 * 3600.0
"""Seconds: a working day."""
ONE_TIME_FOR = 7 * 86400.0
"""Seconds within which a one-time password is to be used."""
_EASY = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that nobody takes for each other, read or told by telephone."""
_MANAGES = Grant(Role.ADMIN)
"""What lets somebody manage accounts: they are of no single project."""
_LOGIN = re.compile(r"[\w.@-]+")

_lock = threading.Lock()
_logins: Logins | None = None
_where: Place | None = None


@dataclass(frozen=True)
class Account:
    """Somebody with what is known of their logins; moments are naive UTC."""

    person: Person
    last: datetime | None = None
    """Last login."""
    locked: datetime | None = None
    """Until when the name is locked after failed logins."""
    one_time: datetime | None = None
    """Until when they may come in to choose their own password; None: they have chosen it."""
    has_password: bool = False

    def state(self) -> Message:
        """Say in a few words how it stands."""
        if not self.person.active:
            return Message("已停用")
        if self.locked is not None:
            return Message("已锁定至{time}", {"time": hour_minute(self.locked)})
        if self.one_time is not None:
            return Message("一次性密码已过期") if self.one_time < clock.now() else Message("一次性密码待修改")
        return Message("正常") if self.has_password else Message("未设密码")


class LoginRefused(RenewalError):  # noqa: N818 - it reads as what it is
    """Name and password do not go together, or the name is locked for a while."""

    def __init__(self, message: Message, *, locked: bool = False) -> None:
        super().__init__(message)
        self.locked = locked


def logins() -> Logins:
    """Return the store of passwords and sessions (open_store.accounts). Raises StoreError."""
    global _logins, _where
    where = open_store.accounts()
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
    """Hash checked for names that nobody has, so that these take as long as others."""
    return _hasher().hash(secrets.token_hex(16))


@asks(Deed.MANAGE)
def everybody(ctx: Context) -> tuple[Person, ...]:
    """List all persons with their roles, by login."""
    known = people.known(open_store.of(ctx))
    return tuple(known[login] for login in sorted(known))


@asks(Deed.MANAGE)
def standing(ctx: Context) -> tuple[Account, ...]:
    """List all persons with what is known of their logins, by login."""
    now = time.time()
    found: dict[str, dict[str, datetime]] = {}
    for login, kind, moment in logins().standings(MOST_FAILURES):
        if kind != "locked" or now < moment <= now + LOCKED_FOR + AHEAD:
            found.setdefault(login, {})[kind] = datetime.fromtimestamp(moment, UTC).replace(tzinfo=None)
    return tuple(
        Account(person, of.get("last"), of.get("locked"), of.get("one_time"), "password" in of)
        for person in everybody(ctx)
        for of in (found.get(person.id, {}),)
    )


@asks(Deed.MANAGE)
def record(ctx: Context, login: str) -> tuple[UserEvent | AccountEvent, ...]:
    """All that was ever done about somebody's account, the newest first."""
    store = open_store.of(ctx)
    every: list[UserEvent | AccountEvent] = [*people.events(store), *people.account_events(store)]
    found = [each for each in every if each.person == login]
    return tuple(sorted(found, key=lambda each: each.made_at)[::-1])  # those of one moment turned round, too


@asks(Deed.MANAGE)
def add(ctx: Context, login: str, name: str, role: Role | str | None = None, project: str | None = None) -> None:
    """Enter somebody, with a role where one is named.

    Raises NameNeeded, UnknownName, NotAllowed for a login that is taken or not one, or an empty name.
    """
    shown = " ".join(name.split())
    if not _LOGIN.fullmatch(login) or len(login) > identity.LONGEST_NAME:
        raise NotAllowed(
            [
                Message(
                    "登录名只能用字母、数字和._@-，最多{most}个；“{login}”不能使用。",
                    {"most": identity.LONGEST_NAME, "login": login[:40]},
                )
            ]
        )
    if not shown or len(shown) > MOST_NAME:
        raise NotAllowed([Message("请填写姓名，最多{most}字。", {"most": MOST_NAME})])
    given = [] if role is None else [_granted(_wanted(ctx, role, project))]

    def decide(all_people: Mapping[str, Person]) -> list[people.Draft]:
        if (found := all_people.get(login)) is not None:
            raise NotAllowed([Message("已有登录名“{login}”（{name}）。", {"login": login, "name": found.name})])
        return [{"kind": "added", "name": shown}, *given]

    people.add(open_store.of(ctx), login, named(ctx), decide)


@asks(Deed.MANAGE)
def grant(ctx: Context, login: str, role: Role | str, project: str | None = None) -> None:
    """Give a role, for all projects or for one. Raises NameNeeded, UnknownName."""
    wanted = _wanted(ctx, role, project)
    _change(ctx, login, lambda found, _: [] if wanted in found.grants else [_granted(wanted)])


@asks(Deed.MANAGE)
def revoke(ctx: Context, login: str, role: Role | str, project: str | None = None) -> None:
    """Take a role away again. Raises NameNeeded, UnknownName, NotAllowed when they do not have it."""
    wanted = Grant(Role(role), project)

    def make(found: Person, all_people: Mapping[str, Person]) -> list[people.Draft]:
        if wanted not in found.grants:
            raise NotAllowed([Message("{name}没有这个角色。", {"name": found.name})])
        if wanted == _MANAGES:
            _need_another(ctx, found, all_people)
        return [_granted(wanted) | {"kind": "revoked"}]

    _change(ctx, login, make)


def _wanted(ctx: Context, role: Role | str, project: str | None) -> Grant:
    """What is to be given. Raises UnknownName, NotAllowed."""
    wanted = Grant(Role(role), project)
    if wanted.role not in GIVEN:
        raise NotAllowed([Message("“{role}”不能作为角色授予。", {"role": ROLE_WORDS[wanted.role]})])
    if project is not None:
        read.facts(open_store.of(ctx), project)
    return wanted


def _granted(grant: Grant) -> dict[str, str]:
    return {"kind": "granted", "role": grant.role.value, "project": grant.project or ""}


def _need_another(ctx: Context, person: Person, all_people: Mapping[str, Person]) -> None:
    """Raise NotAllowed where nobody would be left to manage accounts, or the administrator shuts themself out.

    Who types commands on the machine gives the role again whenever they like.
    """
    if Grant(Role.OPERATOR) in ctx.actor.grants or _MANAGES not in person.grants:
        return
    if not any(each.active and _MANAGES in each.grants and each.id != person.id for each in all_people.values()):
        raise NotAllowed([Message("{name}是最后一位管理员。请先给另一人管理员的角色。", {"name": person.name})])
    if _is_self(ctx, person.id):
        raise NotAllowed([Message("不能停用自己的账号，也不能收回自己的管理员角色。请由另一位管理员操作。")])


def _is_self(ctx: Context, login: str) -> bool:
    return ctx.actor.id == identity.actor_id(login)


@asks(Deed.MANAGE)
def disable(ctx: Context, login: str) -> None:
    """Disable somebody; their records stay. Ends their sessions.

    Raises NameNeeded, UnknownName, NotAllowed for the last administrator and for oneself.
    """

    def make(found: Person, all_people: Mapping[str, Person]) -> list[people.Draft]:
        if found.active:
            _need_another(ctx, found, all_people)
        return [{"kind": "disabled"}] if found.active else []

    _change(ctx, login, make)
    logins().end_all(login)


@asks(Deed.MANAGE)
def enable(ctx: Context, login: str) -> None:
    """Let somebody in again who was disabled. Raises NameNeeded, UnknownName."""
    _change(ctx, login, lambda found, _: [] if found.active else [{"kind": "enabled"}])


def hashed(password: str) -> str:
    """Hash a password as it is kept (argon2id, with a salt of its own). Raises NotAllowed for a wrong length."""
    if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD:
        raise NotAllowed([Message("密码应为{least}到{most}个字符。", {"least": LEAST_PASSWORD, "most": MOST_PASSWORD})])
    return _hasher().hash(password)


@asks(Deed.MANAGE)
def set_password(ctx: Context, login: str, kept: str) -> None:
    """Set or replace a password, given as `hashed`; open sessions and a lock end. Raises UnknownName, NotAllowed."""
    actor = named(ctx)
    _known(ctx, login)
    if not kept.startswith("$argon2id$"):
        raise NotAllowed([Message("这不是加密后的密码。")])
    people.note(open_store.of(ctx), login, "set", actor)
    logins().set_password(login, kept)


@asks(Deed.MANAGE)
def set_one_time(ctx: Context, login: str, now: float | None = None) -> str:
    """Make a password with which somebody comes in to choose their own, and return it: it is kept nowhere.

    Open sessions and a lock end. Raises NameNeeded, UnknownName, NotAllowed for one's own.
    """
    actor = named(ctx)
    _known(ctx, login)
    if _is_self(ctx, login):
        raise NotAllowed([Message("自己的密码请用页首的“改密码”修改。")])
    made = "-".join("".join(secrets.choice(_EASY) for _ in range(4)) for _ in range(4))
    people.note(open_store.of(ctx), login, "one_time", actor)
    until = (time.time() if now is None else now) + ONE_TIME_FOR
    logins().set_password(login, hashed(made), one_time=until)
    return made


@asks(Deed.MANAGE)
def unlock(ctx: Context, login: str) -> None:
    """End a lock that failed logins have brought. Raises NameNeeded, UnknownName."""
    actor = named(ctx)
    _known(ctx, login)
    people.note(open_store.of(ctx), login, "unlocked", actor)
    logins().unlock(login)


def _change(ctx: Context, login: str, make: Callable[[Person, Mapping[str, Person]], list[people.Draft]]) -> None:
    _known(ctx, login)
    people.add(open_store.of(ctx), login, named(ctx), lambda all_people: make(all_people[login], all_people))


def _known(ctx: Context, login: str) -> Person:
    found = people.known(open_store.of(ctx)).get(login)
    if found is None:
        raise UnknownName(Message("没有登录名“{login}”。请核对后重试。", {"login": login[:40]}))
    return found


def log_in(login: str, password: str, now: float | None = None) -> str:
    """Start a session and return its id, for the cookie. Raises LoginRefused, StoreError.

    One sentence serves whatever was wrong, so that it does not tell which names there are.
    """
    moment = time.time() if now is None else now
    login = login.strip()[: identity.LONGEST_NAME]
    where = logins()
    _count(where, login, moment)
    _check(where, login, password, Message("登录名或密码不正确，请检查后重新输入。"))
    if (until := where.one_time(login)) is not None and until < moment:
        raise LoginRefused(Message("一次性密码已过期。请管理员重新设置一个。"))
    token = secrets.token_urlsafe(32)
    where.begin(_digest(token), login, moment, SESSION_FOR)
    return token


def _count(where: Logins, login: str, moment: float) -> None:
    """Count a try as failed until it succeeds. Raises LoginRefused while the name is locked."""
    until = where.locked_until(login, moment, MOST_FAILURES, LOCKED_FOR)
    if until is not None:
        minutes = int(until - moment) // 60 + 1
        raise LoginRefused(
            Message("登录失败次数过多，请{minutes}分钟后再试，或请管理员解锁。", {"minutes": minutes}), locked=True
        )


def _check(where: Logins, login: str, password: str, wrong: Message) -> None:
    """Raise LoginRefused (`wrong`) where the password is not that of somebody who may come in."""
    person = people.known(open_store.store()).get(login)
    kept = where.password_of(login) if person is not None and person.active else None
    if not _matches(kept, password):
        raise LoginRefused(wrong)


def _matches(kept: str | None, password: str) -> bool:
    """Whether it is the password of that hash; without one it takes as long to say no."""
    try:
        _hasher().verify(kept or _nobodys_hash(), password[:MOST_PASSWORD])
    except VerifyMismatchError:
        return False
    return kept is not None


def log_out(token: str) -> None:
    """End the session in every tab and on every machine that has its cookie."""
    logins().end(_digest(token))


def session_of(token: str | None, now: float | None = None) -> tuple[Actor, bool] | None:
    """Find the actor of a session, and whether they have yet to choose their own password; None: as `who_has`."""
    if not token:
        return None
    found = logins().whose(_digest(token))
    moment = time.time() if now is None else now
    if found is None or not moment - SESSION_FOR <= found[1] <= moment + AHEAD:
        return None
    person = people.known(open_store.store()).get(found[0])
    if person is None or not person.active:
        return None
    return Actor(identity.actor_id(person.id), person.name, person.grants), found[2]


def who_has(token: str | None, now: float | None = None) -> Actor | None:
    """Find the actor of a session; None: nobody's, it has ended, or their password is not their own yet.

    Raises StoreError.
    """
    found = session_of(token, now)
    return None if found is None or found[1] else found[0]


def about_change(who: Actor, *, one_time: bool) -> Message:
    """Word what changing one's own password means to somebody."""
    name = {"name": who.name or ""}
    if one_time:
        return Message("{name}，您用的是一次性密码。请先改成自己的密码，再进入系统。", name)
    return Message("{name}，修改后您在其他窗口和机器上的登录随即失效，这里的照常。", name)


def change_own(token: str | None, old: str, new: str, again: str, now: float | None = None) -> None:
    """Replace the password of whoever has the session, which goes on; their other sessions end.

    `old` is not asked for where it is a one-time password: the session shows that they have it.
    Raises LoginRefused, NotAllowed, StoreError.
    """
    found = session_of(token, now)
    if token is None or found is None:
        raise LoginRefused(identity.NOT_IN)
    actor, one_time = found
    login, where = actor.id.removeprefix(identity.actor_id("")), logins()
    if not one_time:
        _count(where, login, time.time() if now is None else now)
        _check(where, login, old, Message("现在的密码不正确，未修改。"))
        where.unlock(login)
    if new != again:
        raise NotAllowed([Message("两次输入的新密码不一样，未修改。")])
    kept = hashed(new)
    if _matches(where.password_of(login), new):
        raise NotAllowed([Message("新密码不能与现在的相同，未修改。")])
    people.note(open_store.store(), login, "changed", actor)
    where.set_password(login, kept, session=_digest(token))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
