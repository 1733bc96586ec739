"""Passwords and sessions, in a file and (in the full run) in PostgreSQL, with the same statements."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.store.address import Address
from core.store.database import check_schema, open_store, place_of
from core.store.logins import DatabaseLogins, FileLogins, Logins


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
    assert there.whose("a" * 64) == ("zhang", 100.0)
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
