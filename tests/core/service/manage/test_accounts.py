"""Accounts: roles as events, passwords and sessions outside the store, lock-out; and which mode goes with what."""

from __future__ import annotations

import io
import os
import re
import stat
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from core import __main__ as command
from core.errors import NotAllowed, StoreError, UnknownName
from core.model.context import Actor, Context
from core.model.rights import OPERATOR, Grant, Role, everywhere
from core.service.base import identity, open_store
from core.service.manage import accounts, backups
from core.store import people
from core.store.logins import FileLogins

ADMIN = Context(Actor("command：孙", "孙", OPERATOR))
PASSWORD = "correct horse"
PROJECT = "lingang-2023"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing as argon2 does, without its cost."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(accounts, "_hasher", lambda: hasher)


@pytest.fixture
def zhang(store_path: Path) -> str:
    accounts.add(ADMIN, "zhang", "张工")
    accounts.set_password(ADMIN, "zhang", accounts.hashed(PASSWORD))
    return "zhang"


def test_roles_are_events_that_name_who_gave_them(zhang: str) -> None:
    accounts.grant(ADMIN, zhang, Role.EVALUATOR)
    accounts.grant(ADMIN, zhang, Role.EVALUATOR)
    accounts.grant(ADMIN, zhang, Role.CHIEF, PROJECT)
    accounts.revoke(ADMIN, zhang, Role.EVALUATOR)
    accounts.disable(ADMIN, zhang)
    assert [(e.revision, e.kind, e.role, e.project, e.actor_name) for e in people.events(open_store.store())] == [
        (1, "added", "", "", "孙"),
        (2, "granted", "evaluator", "", "孙"),
        (3, "granted", "chief", PROJECT, "孙"),
        (4, "revoked", "evaluator", "", "孙"),
        (5, "disabled", "", "", "孙"),
    ]
    (person,) = accounts.everybody(ADMIN)
    assert (person.name, person.grants, person.active) == ("张工", {Grant(Role.CHIEF, PROJECT)}, False)
    with pytest.raises(NotAllowed, match="张工没有这个角色"):
        accounts.revoke(ADMIN, zhang, Role.CLERK)
    with pytest.raises(UnknownName, match="nowhere"):
        accounts.grant(ADMIN, zhang, Role.CHIEF, "nowhere")
    with pytest.raises(NotAllowed, match="已有登录名“zhang”"):
        accounts.add(ADMIN, zhang, "别人")


@pytest.fixture
def sun(store_path: Path) -> Context:
    """孙工 as an administrator on a page, not on the command line."""
    accounts.add(ADMIN, "sun", "孙工", Role.ADMIN)
    return Context(Actor("user:sun", "孙工", everywhere(Role.ADMIN)))


def test_one_who_is_added_with_a_role_has_it_or_is_not_there(sun: Context) -> None:
    accounts.add(sun, "li", " 李  工 ", Role.CHIEF, PROJECT)
    assert [(each.kind, each.name, each.role, each.project) for each in reversed(accounts.record(sun, "li"))] == [
        ("added", "李 工", "", ""),
        ("granted", "", "chief", PROJECT),
    ]
    for wrong in ({"role": Role.CHIEF, "project": "nowhere"}, {"role": Role.OPERATOR}):
        with pytest.raises((UnknownName, NotAllowed)):
            accounts.add(sun, "wu", "吴主任", **wrong)
    assert [each.id for each in accounts.everybody(sun)] == ["li", "sun"]


def test_the_last_administrator_stays_and_nobody_shuts_themself_out(sun: Context, zhang: str) -> None:
    last = "孙工是最后一位管理员。请先给另一人管理员的角色。"
    oneself = "不能停用自己的账号，也不能收回自己的管理员角色。请由另一位管理员操作。"

    def refused() -> list[str]:
        said = []
        for call in (lambda: accounts.disable(sun, "sun"), lambda: accounts.revoke(sun, "sun", Role.ADMIN)):
            with pytest.raises(NotAllowed) as caught:
                call()
            said.append(str(caught.value))
        return said

    assert refused() == [last, last]
    accounts.grant(sun, zhang, Role.ADMIN)
    assert refused() == [oneself, oneself]
    accounts.disable(sun, zhang)  # one who may not come in manages nothing
    assert refused() == [last, last]
    accounts.enable(sun, zhang)
    other = Context(Actor(f"user:{zhang}", "张工", everywhere(Role.ADMIN)))
    accounts.revoke(other, "sun", Role.ADMIN)
    accounts.grant(other, "sun", Role.ADMIN)
    accounts.disable(other, "sun")
    with pytest.raises(NotAllowed, match="张工是最后一位管理员"):
        accounts.revoke(sun, zhang, Role.ADMIN)  # both at once: one of them is left
    accounts.disable(ADMIN, zhang)  # the command line is never shut out
    assert [each.active for each in accounts.everybody(ADMIN)] == [False, False]


def test_a_one_time_password_lets_somebody_in_to_choose_their_own_and_no_further(sun: Context, zhang: str) -> None:
    open_before = accounts.log_in(zhang, PASSWORD)
    made = accounts.set_one_time(sun, zhang)
    assert re.fullmatch(r"([a-km-np-z2-9]{4}-){3}[a-km-np-z2-9]{4}", made)
    assert accounts.set_one_time(sun, zhang) != made
    with pytest.raises(accounts.LoginRefused, match="登录名或密码不正确"):
        accounts.log_in(zhang, made)
    made = accounts.set_one_time(sun, zhang)
    assert accounts.session_of(open_before) is None
    token = accounts.log_in(zhang, made)
    assert accounts.who_has(token) is None
    assert accounts.session_of(token) == (Actor("user:zhang", "张工", frozenset()), True)
    with pytest.raises(NotAllowed, match="两次输入的新密码不一样"):
        accounts.change_own(token, "", "battery staple", "battery stable")
    with pytest.raises(NotAllowed, match="密码应为10到200个字符"):
        accounts.change_own(token, "", "staple", "staple")
    with pytest.raises(NotAllowed, match="新密码不能与现在的相同"):
        accounts.change_own(token, "", made, made)
    accounts.change_own(token, "", "battery staple", "battery staple")
    who = accounts.who_has(token)
    assert who is not None
    assert who.name == "张工"
    with pytest.raises(accounts.LoginRefused):
        accounts.log_in(zhang, made)
    assert [(each.kind, each.actor) for each in reversed(accounts.record(sun, zhang))] == [
        ("added", "command：孙"),
        ("set", "command：孙"),
        ("one_time", "user:sun"),
        ("one_time", "user:sun"),
        ("one_time", "user:sun"),
        ("changed", "user:zhang"),
    ]
    with pytest.raises(NotAllowed, match="自己的密码请用页首的“改密码”修改"):
        accounts.set_one_time(sun, "sun")


def test_a_one_time_password_is_good_for_a_week(sun: Context, zhang: str) -> None:
    made_at = 1_700_000_000.0
    made = accounts.set_one_time(sun, zhang, now=made_at)
    with pytest.raises(accounts.LoginRefused, match="一次性密码已过期。请管理员重新设置一个。"):
        accounts.log_in(zhang, made, now=made_at + 7 * 86400 + 1)
    with pytest.raises(accounts.LoginRefused, match="登录名或密码不正确"):  # who does not know it learns nothing
        accounts.log_in(zhang, "wrong password", now=made_at + 7 * 86400 + 1)
    assert accounts.log_in(zhang, made, now=made_at + 7 * 86400)


def test_ones_own_password_takes_the_old_one_and_ends_the_other_sessions(zhang: str) -> None:
    here, there = accounts.log_in(zhang, PASSWORD), accounts.log_in(zhang, PASSWORD)
    with pytest.raises(accounts.LoginRefused, match="现在的密码不正确，未修改"):
        accounts.change_own(here, "wrong password", "battery staple", "battery staple")
    with pytest.raises(NotAllowed, match="新密码不能与现在的相同"):
        accounts.change_own(here, PASSWORD, PASSWORD, PASSWORD)
    accounts.change_own(here, PASSWORD, "battery staple", "battery staple")
    assert accounts.who_has(here) is not None
    assert accounts.who_has(there) is None
    assert accounts.log_in(zhang, "battery staple")
    for _ in range(5):  # whoever sits down at an open window does not try as often as they like
        with pytest.raises(accounts.LoginRefused, match="现在的密码不正确"):
            accounts.change_own(here, "wrong password", "battery horse", "battery horse")
    with pytest.raises(accounts.LoginRefused, match="登录失败次数过多"):
        accounts.change_own(here, "battery staple", "battery horse", "battery horse")
    with pytest.raises(accounts.LoginRefused, match="您还没有登录"):
        accounts.change_own(there, "battery staple", "battery horse", "battery horse")


def test_the_administrator_sees_how_everybody_s_logins_stand(sun: Context, zhang: str) -> None:
    now = time.time()
    accounts.log_in(zhang, PASSWORD, now=now - 60)
    accounts.set_one_time(sun, zhang, now=now)
    for _ in range(5):
        with pytest.raises(accounts.LoginRefused):
            accounts.log_in("sun", "wrong password", now=now)
    own, other = accounts.standing(sun)
    assert (own.person.id, own.last, own.one_time, own.has_password) == ("sun", None, None, False)
    assert own.locked == moment(now + 15 * 60)
    assert (other.last, other.locked, other.one_time) == (moment(now - 60), None, moment(now + 7 * 86400))
    accounts.unlock(ADMIN, "sun")
    assert [each.locked for each in accounts.standing(sun)] == [None, None]
    newest = accounts.record(sun, "sun")[0]
    assert (newest.kind, newest.actor_name) == ("unlocked", "孙")


def moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)


@pytest.mark.parametrize("login", ["", "a b", "a/b", "x" * 65, "<b>"])
def test_a_login_is_letters_and_digits(store_path: Path, login: str) -> None:
    with pytest.raises(NotAllowed, match="登录名只能用字母"):
        accounts.add(ADMIN, login, "张工")


def test_a_session_is_a_random_id_whose_owner_only_the_server_knows(zhang: str, store_path: Path) -> None:
    accounts.grant(ADMIN, zhang, Role.LEADER)
    first, second = accounts.log_in(zhang, PASSWORD), accounts.log_in(zhang, PASSWORD)
    assert first != second
    assert len(first) >= 43  # 32 bytes, base64
    who = accounts.who_has(first)
    assert who is not None
    assert (who.id, who.name, who.grants) == ("user:zhang", "张工", {Grant(Role.LEADER)})
    file = Path(f"{store_path}.accounts")
    kept = file.read_bytes()
    assert first.encode() not in kept
    assert PASSWORD.encode() not in kept
    assert b"$argon2id$" in kept
    assert b"$argon2id$" not in store_path.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    accounts.log_out(first)
    assert accounts.who_has(first) is None
    assert accounts.who_has(second) is not None
    accounts.set_password(ADMIN, zhang, accounts.hashed("another horse"))
    assert accounts.who_has(second) is None
    assert accounts.who_has("x" * 43) is None
    assert accounts.who_has(None) is None


def test_a_session_ends_after_a_day_s_work_and_with_the_account(zhang: str) -> None:
    begun = 1_700_000_000.0
    token = accounts.log_in(zhang, PASSWORD, now=begun)
    assert accounts.who_has(token, now=begun + 12 * 3600) is not None
    assert accounts.who_has(token, now=begun + 12 * 3600 + 1) is None
    token = accounts.log_in(zhang, PASSWORD)
    accounts.disable(ADMIN, zhang)
    assert accounts.who_has(token) is None
    with pytest.raises(accounts.LoginRefused, match="登录名或密码不正确"):
        accounts.log_in(zhang, PASSWORD)
    accounts.enable(ADMIN, zhang)
    assert accounts.who_has(accounts.log_in(zhang, PASSWORD)) is not None


# No wrong number, D30: a clock that was far ahead.
def test_a_login_and_a_lock_of_a_clock_far_ahead_end_when_it_is_put_right(zhang: str) -> None:
    now, ahead = 1_700_000_000.0, 1_700_000_000.0 + 10 * 365 * 86400
    token, other = accounts.log_in(zhang, PASSWORD, ahead), accounts.log_in(zhang, PASSWORD, now + 200)
    assert accounts.who_has(token, ahead) is not None
    assert accounts.who_has(token, now) is None
    assert accounts.who_has(other, now) is not None
    for _ in range(accounts.MOST_FAILURES):
        with pytest.raises(accounts.LoginRefused):
            accounts.log_in(zhang, "wrong horse", ahead)
    with pytest.raises(accounts.LoginRefused, match="次数过多"):
        accounts.log_in(zhang, PASSWORD, ahead)
    assert accounts.who_has(accounts.log_in(zhang, PASSWORD, now), now) is not None


def test_five_failures_lock_a_name_for_a_quarter_of_an_hour(zhang: str) -> None:
    now = 1_700_000_000.0
    for login in (zhang, "never-entered"):  # a lock does not tell which names there are
        for _ in range(5):
            with pytest.raises(accounts.LoginRefused, match="登录名或密码不正确"):
                accounts.log_in(login, "wrong password", now=now)
        with pytest.raises(accounts.LoginRefused, match=r"请1[56]分钟后再试") as caught:
            accounts.log_in(login, PASSWORD, now=now + 1)
        assert caught.value.locked
    assert accounts.log_in(zhang, PASSWORD, now=now + 15 * 60 + 1)
    for _ in range(5):
        with pytest.raises(accounts.LoginRefused):
            accounts.log_in(zhang, "wrong password", now=now + 3600)
    accounts.unlock(ADMIN, zhang)
    assert accounts.log_in(zhang, PASSWORD, now=now + 3601)


def test_a_good_login_forgets_the_failures_before_it(zhang: str) -> None:
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(accounts.LoginRefused):
                accounts.log_in(zhang, "wrong password")
        accounts.log_in(zhang, PASSWORD)


def test_a_file_of_passwords_that_others_can_read_is_not_used(
    store_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_file = tmp_path / "logins"
    FileLogins(open_file).close()
    open_file.chmod(0o640)
    monkeypatch.setenv("RENEWAL_ACCOUNTS", str(open_file))
    with pytest.raises(StoreError, match=r"他人也能读写，未使用.*chmod 600"):
        accounts.log_in("zhang", PASSWORD)


def test_secrets_that_others_can_read_end_the_start(tmp_path: Path) -> None:
    file = tmp_path / "secrets.toml"
    identity.check_secrets(file)
    file.write_text("[auth]")
    file.chmod(0o644)
    with pytest.raises(identity.WrongMode, match="他人也能读写"):
        identity.check_secrets(file)
    file.chmod(0o600)
    identity.check_secrets(file)


@pytest.mark.parametrize(
    ("mode", "address", "refused"),
    [
        ("local", "127.0.0.1", None),
        ("local", "::1", None),
        ("local", "localhost", None),
        ("local", "0.0.0.0", "RENEWAL_MODE=accounts"),
        ("local", "10.1.2.3", "RENEWAL_MODE=accounts"),
        ("proxy", "127.0.0.1", None),
        ("proxy", "unix:/run/renewal.sock", None),
        ("proxy", "0.0.0.0", "任何人都能冒用他人的身份"),
        ("accounts", "0.0.0.0", None),
        ("oidc", "10.1.2.3", None),
        ("lokal", "127.0.0.1", "RENEWAL_MODE应为local、accounts、proxy、oidc之一"),
    ],
)
def test_a_mode_says_where_it_may_listen(
    monkeypatch: pytest.MonkeyPatch, mode: str, address: str, refused: str | None
) -> None:
    monkeypatch.setenv("RENEWAL_MODE", mode)
    if refused is None:
        identity.check_address(address)
    else:
        with pytest.raises(identity.WrongMode, match=refused):
            identity.check_address(address)


def test_passwords_come_by_standard_input_and_never_by_the_command_line(
    store_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*argv: str, typed: str = "") -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = command.main(["users", *argv])
        out = capsys.readouterr()
        return code, out.out + out.err

    assert run("add", "li", "--name", "李工", "--role", "chief", "--project", PROJECT)[0] == 0
    assert run("password", "li", typed=f"{PASSWORD}\n") == (0, "已设置“li”的密码。\n")
    assert run("password", "li", typed="short\n") == (1, "密码应为10到200个字符。\n")
    assert run("password", "li", "another horse")[0] != 0
    assert accounts.log_in("li", PASSWORD)
    code, table = run("list")
    assert (code, "li" in table, "李工" in table, f"主评人（{PROJECT}）" in table) == (0, True, True, True)
    assert run("revoke", "li", "chief")[0] == 1
    assert run("revoke", "li", "chief", "--project", PROJECT)[0] == 0
    assert run("disable", "li")[0] == run("enable", "li")[0] == run("unlock", "li")[0] == 0
    assert '"roles": []' in run("list", "--json")[1]
    assert os.environ.get("RENEWAL_ACCOUNTS") is None


# No wrong number, D30
@pytest.mark.parametrize("mode", ["accounts", "local"])
def test_a_backup_has_no_logins_and_says_so_where_people_log_in(
    mode: str, zhang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts.add(ADMIN, "li", "李工")
    accounts.set_password(ADMIN, "li", accounts.hashed(PASSWORD))
    monkeypatch.setenv("RENEWAL_MODE", mode)
    made = backups.backup(ADMIN, tmp_path / "b.duckdb")
    assert b"$argon2id$" not in made.path.read_bytes()
    if mode == "local":
        assert made.note is None
    else:
        assert str(open_store.accounts()) in str(made.note)
        assert "没有密码。请另行备份账号文件" in str(made.note)
        assert "users password" in str(made.note)
