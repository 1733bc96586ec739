"""Passwords and sessions, in a file and (in the full run) in PostgreSQL, with the same statements."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import StoreError
from core.store.address import Address
from core.store.logins import DatabaseLogins, FileLogins, Logins
from core.store.opening import open_store, place_of
from core.store.schema import check_schema


@pytest.fixture(params=["file", pytest.param("postgres", marks=pytest.mark.full)])
def two(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Logins, Logins]]:
    """The same logins as two processes have them."""
    if request.param == "file":
        made: tuple[Logins, Logins] = (FileLogins(tmp_path / "logins"), FileLogins(tmp_path / "logins"))
    else:
        address = place_of(request.getfixturevalue("database"))
        assert isinstance(address, Address)
        made = (DatabaseLogins(address), DatabaseLogins(address))
        # Tables of another kind in its database are none of the store's affair.
        store = open_store(address)
        with store.reading() as session:
            assert check_schema(session, address)
        store.close()
    yield made
    for each in made:
        each.close()


def test_two_processes_share_passwords_sessions_and_failures(two: tuple[Logins, Logins]) -> None:
    here, there = two
    assert here.password_of("zhang") is None
    here.set_password("zhang", "$argon2id$1")
    here.set_password("zhang", "$argon2id$2")
    assert there.password_of("zhang") == "$argon2id$2"
    here.begin("a" * 64, "zhang", 100.0, 50.0)
    assert there.whose("a" * 64) == ("zhang", 100.0, False)
    there.end("a" * 64)
    assert there.whose("a" * 64) is None
    here.begin("b" * 64, "zhang", 200.0, 50.0)
    here.end_all("zhang")
    assert here.whose("b" * 64) is None
    for number in range(3):
        assert (here, there)[number % 2].locked_until("zhang", 1000.0, 3, 60.0) is None
    assert there.locked_until("zhang", 1001.0, 3, 60.0) == 1060.0
    assert here.locked_until("zhang", 1061.0, 3, 60.0) is None
    here.unlock("zhang")
    assert there.locked_until("zhang", 1062.0, 1, 60.0) is None
    assert there.locked_until("zhang", 1062.0, 1, 60.0) == 1122.0


def test_a_one_time_password_is_known_until_another_takes_its_place_and_one_session_may_stay(
    two: tuple[Logins, Logins],
) -> None:
    here, there = two
    here.set_password("zhang", "$argon2id$1", one_time=900.0)
    assert there.one_time("zhang") == 900.0
    for number, session in enumerate(("a", "b")):
        here.begin(session * 64, "zhang", 100.0 + number, 50.0)
    here.begin("c" * 64, "li", 90.0, 50.0)
    assert there.whose("a" * 64) == ("zhang", 100.0, True)
    assert there.locked_until("wu", 100.0, 1, 60.0) is None
    assert sorted(there.standings(1)) == [
        ("li", "last", 90.0),
        ("wu", "locked", 160.0),
        ("zhang", "last", 101.0),
        ("zhang", "one_time", 900.0),
        ("zhang", "password", 0.0),
    ]
    here.set_password("zhang", "$argon2id$2", session="a" * 64)
    assert (here.one_time("zhang"), here.whose("a" * 64), here.whose("b" * 64)) == (None, ("zhang", 100.0, False), None)
    assert here.whose("c" * 64) == ("li", 90.0, False)


# No wrong number, D30: a disk that can only be read.
def test_where_the_file_may_only_be_read_sessions_go_on_and_the_rest_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "logins # 1"
    before = FileLogins(path)
    before.set_password("zhang", "$argon2id$1")
    for number, person in enumerate(("zhang", "li")):
        before.begin(str(number) * 64, person, 100.0, 50.0)
    before.close()
    kept = path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda path, mode: False)
        logins = FileLogins(path)
        assert [logins.whose(str(number) * 64) for number in range(3)] == [
            ("zhang", 100.0, False),
            ("li", 100.0, False),
            None,
        ]
        assert logins.password_of("zhang") == "$argon2id$1"
        for write in (
            lambda: logins.locked_until("zhang", 100.0, 5, 60.0),
            lambda: logins.begin("2" * 64, "zhang", 100.0, 50.0),
            lambda: logins.end("0" * 64),
            lambda: logins.set_password("zhang", "$argon2id$2"),
        ):
            with pytest.raises(StoreError, match="现在只能读：已登录的照常查看，暂时不能登录"):
                write()
        assert path.read_bytes() == kept
    logins.begin("2" * 64, "zhang", 100.0, 50.0)  # it may be written again
    assert [logins.whose(str(number) * 64) for number in (0, 2)] == [("zhang", 100.0, False)] * 2
    logins.close()
