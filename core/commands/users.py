"""Commands over accounts: who may log in, with which roles."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Sequence

import click

from core.commands.parts import CONTEXT, Reply, json_option, listed, person, who_option
from core.errors import Message
from core.model.rights import GIVEN, ROLE_WORDS, Grant, Role, in_order
from core.text import render

_ROLES = click.Choice([role.value for role in GIVEN])
_login = click.argument("login")
_role = click.argument("role", type=_ROLES)
_project = click.option("--project", help="只用于这一个项目；省略时用于全部项目")
_HASHED = "--hashed"


def _of_role(command: Callable[[str, str, str | None, str], Reply]) -> Callable[[str, str, str | None, str], Reply]:
    """Add the arguments of a command on a role: login, role, project, and the person who acts."""
    return _login(_role(_project(who_option(command))))


@click.group()
def users() -> None:
    """账号和角色:add list password role revoke disable enable unlock。"""


@users.command("add")
@_login
@click.option("--name", required=True, help="姓名，记录里显示的就是它")
@click.option("--role", type=_ROLES, help="同时给一个角色")
@_project
@who_option
def add(login: str, name: str, role: str | None, project: str | None, by: str) -> Reply:
    """登记一个人；密码另用 users password 设置。"""
    from core.service.manage import accounts

    accounts.add(person(by), login, name, role, project)
    return _done(Message("已登记“{login}”。", {"login": login}))


@users.command("list")
@json_option
def listing(as_json: bool) -> Reply:
    """列出账号、姓名、角色。"""
    from core.service.manage import accounts

    found = accounts.everybody(CONTEXT)
    content = [
        {
            "login": each.id,
            "name": each.name,
            "active": each.active,
            "roles": [{"role": g.role.value, "project": g.project} for g in in_order(each.grants)],
        }
        for each in found
    ]
    rows = [
        (each.id, each.name, "、".join(map(_grant, in_order(each.grants))) or "—", "" if each.active else "已停用")
        for each in found
    ]
    return listed(as_json, content, [("登录名", "姓名", "角色", ""), *rows])


def _grant(grant: Grant) -> str:
    words = render(ROLE_WORDS[grant.role], "zh_CN")
    return f"{words}（{grant.project}）" if grant.project else words


@users.command("password")
@_login
@click.option(_HASHED, hidden=True, default="", help="由命令自己填")
@who_option
def password(login: str, hashed: str, by: str) -> Reply:
    """设置密码：按提示输入，或从标准输入读一行；从不写在命令行里。原有的登录随即失效。"""
    from core.service.manage import accounts

    accounts.set_password(person(by), login, hashed)
    return _done(Message("已设置“{login}”的密码。", {"login": login}))


@users.command("role")
@_of_role
def role(login: str, role: str, project: str | None, by: str) -> Reply:
    """给一个角色：leader领导、evaluator评价人、chief主评人、clerk数据员、admin管理员。"""
    from core.service.manage import accounts

    accounts.grant(person(by), login, role, project)
    return _done(Message("已授予“{login}”{role}的角色。", _named(login, role)))


@users.command("revoke")
@_of_role
def revoke(login: str, role: str, project: str | None, by: str) -> Reply:
    """收回一个角色。"""
    from core.service.manage import accounts

    accounts.revoke(person(by), login, role, project)
    return _done(Message("已收回“{login}”{role}的角色。", _named(login, role)))


@users.command("disable")
@_login
@who_option
def disable(login: str, by: str) -> Reply:
    """停用账号，已打开的登录随即失效；做过的记录都在。"""
    from core.service.manage import accounts

    accounts.disable(person(by), login)
    return _done(Message("已停用“{login}”。", {"login": login}))


@users.command("enable")
@_login
@who_option
def enable(login: str, by: str) -> Reply:
    """恢复停用的账号。"""
    from core.service.manage import accounts

    accounts.enable(person(by), login)
    return _done(Message("已恢复“{login}”。", {"login": login}))


@users.command("unlock")
@_login
@who_option
def unlock(login: str, by: str) -> Reply:
    """解除因登录失败次数过多的锁定。"""
    from core.service.manage import accounts

    accounts.unlock(person(by), login)
    return _done(Message("已解除“{login}”的锁定。", {"login": login}))


def _named(login: str, role: str) -> dict[str, object]:
    return {"login": login, "role": ROLE_WORDS[Role(role)]}


def _done(message: Message) -> Reply:
    return Reply(0, render(message, "zh_CN") + "\n")


def with_password(argv: Sequence[str]) -> list[str]:
    """Add the password, typed or from standard input, to the arguments as it is kept.

    Asked here, where the person sits: the command itself may be answered by the running dashboard. Raises NotAllowed.
    """
    words = list(argv)
    if words[:2] != ["users", "password"] or len(words) < 3 or {"-h", "--help", _HASHED} & set(words):
        return words
    from core.service.manage import accounts

    if sys.stdin.isatty():
        typed = getpass.getpass("密码 / password: ")
        if typed != getpass.getpass("再输一次 / again: "):
            raise click.ClickException("两次输入的密码不一样，未设置。")
    else:
        typed = sys.stdin.readline().rstrip("\r\n")
    return [*words, _HASHED, accounts.hashed(typed)]
