from __future__ import annotations

import pytest

from core.errors import StoreError
from core.store.address import Address, is_address, parse


def test_an_address_in_full() -> None:
    found = parse("postgres://an%20na:p%40ss%2Fwort@db.example:6432/renewal?sslmode=require")
    assert found == Address("db.example", 6432, "renewal", "an na", "p@ss/wort", (("sslmode", "require"),))


def test_an_address_may_leave_out_user_password_and_port() -> None:
    assert parse("postgresql://db/renewal") == Address("db", 5432, "renewal", "")


@pytest.mark.parametrize("text", ["{0}", "{0!r}", "{0!s}"])
def test_no_password_is_shown(text: str) -> None:
    assert "geheim" not in text.format(parse("postgres://a:geheim@db/renewal"))


def test_what_the_connection_is_told_has_no_password_and_quotes_its_values() -> None:
    told = parse("postgres://a:geheim@db/it's?options=-c%20x%3D1").conninfo()
    assert "geheim" not in told
    assert "dbname='it\\'s'" in told
    assert "options='-c x=1'" in told
    assert "connect_timeout='5'" in told


@pytest.mark.parametrize(
    "wrong",
    [
        "mysql://db/renewal",
        "postgres://db",
        "postgres:///renewal",
        "postgres://db/a/b",
        "postgres://db:port/renewal",
        "postgres://a:geheim@db/renewal?x",
    ],
)
def test_what_is_no_address_is_refused_without_repeating_it(wrong: str) -> None:
    with pytest.raises(StoreError, match="postgres://用户@主机:端口/数据库") as caught:
        parse(wrong)
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize(
    ("location", "expected"), [("/data/r.duckdb", False), ("C:\\r.duckdb", False), ("x://y", True)]
)
def test_an_address_is_told_from_a_file(location: str, expected: bool) -> None:
    assert is_address(location) == expected
