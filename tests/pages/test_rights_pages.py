"""Every page of the router as every role in every mode: shown or refused as the table says, by menu and by address."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.runtime.context import ContextProxy, StreamlitHeaders
from streamlit.testing.v1 import AppTest

from core.model.context import Actor, Context
from core.model.rights import GIVEN, LOCAL, MAY, OPERATOR, Deed, Role, everywhere
from core.service import accounts, home, identity, sections
from pages.shared import first_sight

ROOT = Path(__file__).resolve().parents[2]
ADMIN = Context(Actor("command:test", "测试", OPERATOR))
PASSWORD = "correct horse"
MODES = ("accounts", "proxy", "oidc")


def router() -> dict[str, str]:
    """The files of app.py's PAGES by their part of the address."""
    tree = ast.parse((ROOT / "app.py").read_text(encoding="utf-8"))
    table = next(
        node.value for node in tree.body if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "PAGES"
    )
    assert isinstance(table, ast.Tuple)
    rows = [[ast.literal_eval(cell) for cell in row.elts if isinstance(cell, ast.Constant)] for row in _tuples(table)]
    return {str(address): str(path) for path, address in ((row[0], row[-1]) for row in rows)}


def _tuples(table: ast.Tuple) -> list[ast.Tuple]:
    return [row for row in table.elts if isinstance(row, ast.Tuple)]


PAGES = router()


@pytest.fixture(scope="module")
def people(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A store where somebody has each role, and one nobody has given any; their sessions' cookies by login."""
    folder = tmp_path_factory.mktemp("people")
    path = folder / "renewal.duckdb"
    path.write_bytes(built_store.read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RENEWAL_STORE", str(path))
        patch.setattr(identity, "guarded", True)
        patch.setattr(first_sight, "AHEAD", 0)
        home.close()
        st.cache_resource.clear()
        cookies = {}
        hashed = accounts.hashed(PASSWORD)
        for login in (*GIVEN, "none"):
            accounts.add(ADMIN, str(login), f"角色{login}")
            if login != "none":
                accounts.grant(ADMIN, str(login), Role(login))
            accounts.set_password(ADMIN, str(login), hashed)
            cookies[str(login)] = accounts.log_in(str(login), PASSWORD)
        yield cookies
        home.close()


Ask = Callable[[str, str | None, str], AppTest]


@pytest.fixture
def ask(people: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Open a page in a mode as somebody: their login, or None for a browser that nobody has logged in with."""

    def asked(mode: str, login: str | None, page: str) -> AppTest:
        monkeypatch.setenv("RENEWAL_MODE", mode)
        cookies = {identity.COOKIE: people[login]} if mode == "accounts" and login else {}
        headers = [(identity.HEADER, login)] if mode == "proxy" and login else []
        monkeypatch.setattr(ContextProxy, "cookies", property(lambda _: cookies))
        monkeypatch.setattr(ContextProxy, "headers", property(lambda _: StreamlitHeaders(headers)))
        at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        at.user = {"is_logged_in": login is not None and mode == "oidc", "sub": login or "", "exp": 4e9}
        # What a browser says of itself is heard in mode `local` only.
        at.session_state["actor"] = Actor("browser-forged", "冒名", OPERATOR)
        at.switch_page(page)
        return at.run()

    return asked


def said(at: AppTest) -> str:
    return "\n".join(element.value for element in (*at.error, *at.info, *at.warning)).replace("\\", "")


def drawn(at: AppTest) -> str:
    return "\n".join(element.value for element in (*at.markdown, *at.caption))


def test_the_table_has_every_page_of_the_router() -> None:
    assert set(sections.SECTIONS) == set(PAGES), "core/service/sections.py says of each page of app.py whose it is"


@pytest.mark.parametrize("page", sorted(PAGES))
@pytest.mark.parametrize(
    "mode", [pytest.param(mode, marks=() if mode == "accounts" else pytest.mark.full) for mode in MODES]
)
def test_a_page_is_shown_or_refused_as_the_table_says(ask: Ask, mode: str, page: str) -> None:
    deed = sections.SECTIONS[page].deed
    for role in GIVEN:
        at = ask(mode, role.value, PAGES[page])
        assert not at.exception
        if role in MAY[deed]:
            assert "只限" not in said(at), f"{role}: {said(at)}"
            assert drawn(at), role
        else:
            assert f"您的角色是{sections_word(role)}。" in said(at)
            assert "##" not in drawn(at), f"{role} sees part of the page"
    for login in ("none", None):
        at = ask(mode, login, PAGES[page])
        assert not at.exception
        expected = {
            ("none",): "您还没有任何角色",
            (None,): "前面的服务器没有提供您的身份" if mode == "proxy" else "您还没有登录",
        }[(login,)]
        assert expected in said(at)
        assert "##" not in drawn(at)


def sections_word(role: Role) -> str:
    from core.model.rights import ROLE_WORDS

    return str(ROLE_WORDS[role])


def menu(role: Role) -> list[str]:
    ctx = Context(Actor("user:x", "甲", everywhere(role)))
    return [page for page in PAGES if sections.in_menu(ctx, page)]


def test_a_leader_sees_four_entries_and_everybody_locally_sees_all() -> None:
    assert menu(Role.LEADER) == ["overview", "budget", "beneficiaries", "scorecard"]
    local = Context(Actor("browser", "甲", LOCAL))
    # 预警 is in nobody's menu: the chip on 总览 leads there.
    assert [page for page in PAGES if sections.in_menu(local, page)] == [page for page in PAGES if page != "alarms"]
    for role in GIVEN:
        assert all(role in MAY[sections.SECTIONS[page].deed] for page in menu(role)), "in the menu, yet refused"
    assert MAY[Deed.IMPORT] == {Role.CLERK}


def test_logging_out_and_losing_a_role_count_at_the_next_click(ask: Ask, people: dict[str, str]) -> None:
    token = accounts.log_in("leader", PASSWORD)
    people = people | {}
    at = ask("accounts", "leader", PAGES["budget"])
    assert drawn(at)
    accounts.revoke(ADMIN, "leader", Role.LEADER)
    assert "您还没有任何角色" in said(at.run())
    accounts.grant(ADMIN, "leader", Role.LEADER)
    assert "##" in drawn(at.run())
    accounts.log_out(people["leader"])
    assert "您还没有登录,或登录已结束" in said(at.run())
    people["leader"] = token


def test_a_token_that_has_run_out_at_the_provider_lets_nobody_in(ask: Ask) -> None:
    at = ask("oidc", "leader", PAGES["budget"])
    assert "##" in drawn(at)
    at.user = {"is_logged_in": True, "sub": "leader", "exp": 1.0}
    assert "您还没有登录" in said(at.run())


def test_plain_streamlit_has_no_way_in_and_says_so(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "guarded", False)
    for mode in ("accounts", "proxy"):
        assert "要用make run" in said(ask(mode, "leader", PAGES["budget"]))
    monkeypatch.setattr(st, "get_option", lambda name: "0.0.0.0")
    assert "只能监听127.0.0.1" in said(ask("local", None, PAGES["budget"]))
