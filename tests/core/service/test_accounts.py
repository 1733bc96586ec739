"""Accounts: roles as events, passwords and sessions outside the store, lock-out; and which mode goes with what."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from core import __main__ as command
from core.errors import StoreError, UnknownName
from core.model.context import Actor, Context
from core.model.rights import OPERATOR, Grant, Role
from core.scoring.workflow import NotAllowed
from core.service import accounts, home, identity
from core.store import people
from core.store.logins import FileLogins

ADMIN = Context(Actor("command:孙", "孙", OPERATOR))
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
    assert [(e.revision, e.kind, e.role, e.project, e.actor_name) for e in people.events(home.store())] == [
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
    with pytest.raises(StoreError, match=r"他人也能读写,未使用.*chmod 600"):
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
    assert (code, "li" in table, "李工" in table, f"主评人({PROJECT})" in table) == (0, True, True, True)
    assert run("revoke", "li", "chief")[0] == 1
    assert run("revoke", "li", "chief", "--project", PROJECT)[0] == 0
    assert run("disable", "li")[0] == run("enable", "li")[0] == run("unlock", "li")[0] == 0
    assert '"roles": []' in run("list", "--json")[1]
    assert os.environ.get("RENEWAL_ACCOUNTS") is None
