"""Every page of the router as every role in every mode: shown or refused as the table says, by menu and by address."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

import pytest
import streamlit as st
from streamlit.runtime.context import ContextProxy, StreamlitHeaders
from streamlit.testing.v1 import AppTest

from core.model.context import Actor, Context
from core.model.rights import GIVEN, LOCAL, OPERATOR, RIGHTS, Deed, Grant, Role, everywhere
from core.service.base import identity, open_store, sections
from core.service.manage import accounts
from core.service.scoring import item_records
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
        open_store.close()
        st.cache_resource.clear()
        cookies = {}
        hashed = accounts.hashed(PASSWORD)
        for login in (*GIVEN, "none", "here"):
            accounts.add(ADMIN, str(login), f"角色{login}")
            if login == "here":  # a clerk of one project
                accounts.grant(ADMIN, "here", Role.CLERK, "lingang-2023")
            elif login != "none":
                accounts.grant(ADMIN, str(login), Role(login))
            accounts.set_password(ADMIN, str(login), hashed)
            cookies[str(login)] = accounts.log_in(str(login), PASSWORD)
        item_records.add_evidence(ADMIN, "lingang-2023", "r1/working", "A11", "原始凭证", "甲.pdf", b"%PDF-1.7 1")
        item_records.comment(ADMIN, "lingang-2023", "r1", "A11", "请复核", "申港街道")
        yield cookies
        open_store.close()


class Ask(Protocol):
    """Open a page in a mode as somebody; `part`: of a page that has several, the one that was open."""

    def __call__(self, mode: str, login: str | None, page: str, part: str | None = None) -> AppTest: ...


@pytest.fixture
def ask(people: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Open a page in a mode as somebody: their login, or None for a browser that nobody has logged in with."""

    def asked(mode: str, login: str | None, page: str, part: str | None = None) -> AppTest:
        monkeypatch.setenv("RENEWAL_MODE", mode)
        cookies = {identity.COOKIE: people[login]} if mode == "accounts" and login else {}
        headers = [(identity.HEADER, login)] if mode == "proxy" and login else []
        monkeypatch.setattr(ContextProxy, "cookies", property(lambda _: cookies))
        monkeypatch.setattr(ContextProxy, "headers", property(lambda _: StreamlitHeaders(headers)))
        at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        at.user = {"is_logged_in": login is not None and mode == "oidc", "sub": login or "", "exp": 4e9}
        # What a browser says of itself is heard in mode `local` only.
        at.session_state["actor"] = Actor("browser-forged", "冒名", OPERATOR)
        if part is not None:
            at.query_params["part"] = part
        at.switch_page(page)
        return at.run()

    return asked


def said(at: AppTest) -> str:
    return "\n".join(element.value for element in (*at.error, *at.info, *at.warning)).replace("\\", "")


def drawn(at: AppTest) -> str:
    return "\n".join(element.value for element in (*at.markdown, *at.caption))


def test_the_table_has_every_page_of_the_router() -> None:
    assert set(sections.SECTIONS) == set(PAGES), "core/service/base/sections.py says of each page of app.py whose it is"


@pytest.mark.parametrize("page", sorted(PAGES))
@pytest.mark.parametrize(
    "mode", [pytest.param(mode, marks=() if mode == "accounts" else pytest.mark.full) for mode in MODES]
)
def test_a_page_is_shown_or_refused_as_the_table_says(ask: Ask, mode: str, page: str) -> None:
    deed = sections.SECTIONS[page].deed
    for role in GIVEN:
        at = ask(mode, role.value, PAGES[page])
        assert not at.exception
        if role in RIGHTS[deed].roles:
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


def test_a_leader_sees_six_entries_and_everybody_locally_sees_all() -> None:
    assert menu(Role.LEADER) == ["overview", "budget", "beneficiaries", "scorecard", "checks", "frames"]
    local = Context(Actor("browser", "甲", LOCAL))
    # Locally there are no accounts.
    without = [page for page in PAGES if page != "accounts"]
    assert [page for page in PAGES if sections.in_menu(local, page)] == without
    assert "accounts" in menu(Role.ADMIN)
    only_here = Context(Actor("user:x", "甲", frozenset({Grant(Role.ADMIN, "lingang-2023")})))
    assert not sections.in_menu(only_here, "accounts"), "whoever manages one project gives no roles"
    for role in GIVEN:
        rights = [RIGHTS[sections.SECTIONS[page].deed] for page in menu(role)]
        assert all(role in right.roles for right in rights), "in the menu, yet refused"
    assert RIGHTS[Deed.IMPORT].roles == {Role.CLERK}


OFFERED: Mapping[tuple[str, str | None], Mapping[str, Deed]] = {
    ("overview", None): {"登记": Deed.ANSWER},
    ("budget", None): {"登记": Deed.ANSWER, "保存里程碑": Deed.IMPORT},
    ("beneficiaries", None): {"保存照片": Deed.ANSWER, "导入边界": Deed.IMPORT},
    ("scorecard", None): {"新建空白评分表": Deed.CHAIR, "登记": Deed.ANSWER},
    ("panel", "sheets"): {"开始我的评分表": Deed.SCORE, "保存分工": Deed.CHAIR, "关闭本轮": Deed.CHAIR},
    ("panel", "items"): {"新建空白评审组评分表": Deed.CHAIR},
    ("panel", "comments"): {"保存意见": Deed.COMMENT, "保存答复": Deed.CHAIR},
    ("panel", "survey"): {"建立问卷": Deed.ANSWER},
    ("panel", "dossier"): {"上传": Deed.CHAIR, "清除内容": Deed.REDACT},
    ("schemes", "edit"): {"保存为新版本": Deed.CHAIR},
    ("history", "minutes"): {"保存为新版本": Deed.CHAIR},
    ("checks", None): {"保存答复": Deed.ANSWER, "登记": Deed.ANSWER},
    ("findings", None): {"登记": Deed.ANSWER, "确定": Deed.ANSWER},
    ("standards", None): {"保存检查结果": Deed.ANSWER},
    ("importing", "upload"): {"立即备份": Deed.BACKUP},
    ("accounts", None): {"新增，并设一次性密码": Deed.MANAGE},
}
"""Buttons by page and part, and what a press asks for: nobody is offered what they would then be refused."""


@pytest.mark.parametrize(("page", "part"), OFFERED)
def test_a_button_is_offered_to_those_who_may_press_it(ask: Ask, page: str, part: str | None) -> None:
    for role in GIVEN:
        at = ask("accounts", role.value, PAGES[page], part)
        assert not at.exception
        there = {button.label for button in at.button}
        for label, deed in OFFERED[page, part].items():
            assert (label in there) == (role in RIGHTS[deed].roles), f"{role}: {label} of {sorted(there)}"


def test_a_list_of_projects_is_offered_to_a_clerk_of_all_of_them(ask: Ask) -> None:
    for login, offered in (("clerk", True), ("here", False)):
        (parts,) = (
            each for each in ask("accounts", login, PAGES["importing"]).segmented_control if each.label == "内容"
        )
        assert ("导入项目清单" in parts.options) == offered, login
        assert "导入文件" in parts.options


def test_clerk_and_administrator_find_their_work_in_their_menu() -> None:
    for role in (Role.CLERK, Role.ADMIN):
        rights = {
            deed for (page, _), labels in OFFERED.items() if page in menu(role) for deed in labels.values()
        }  # fmt: skip
        own = {deed for labels in OFFERED.values() for deed in labels.values() if role in RIGHTS[deed].roles}
        assert own <= rights, role


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
    assert "您还没有登录，或登录已结束" in said(at.run())
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


# No wrong number, D30
def test_a_backup_at_a_click_says_that_passwords_are_not_in_it(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RENEWAL_BACKUPS", str(tmp_path / "kept"))
    at = ask("accounts", "clerk", PAGES["importing"])
    at.button(key="make_backup").click().run()
    (file,) = (tmp_path / "kept" / "manual").glob("renewal-*.duckdb")
    assert b"$argon2id$" not in file.read_bytes()
    assert "备份里有各人的角色，没有密码。请另行备份账号文件" in said(at)
