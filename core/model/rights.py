"""Who may do what: the one table of roles and deeds, asked at the gates of the service (core.service.asking)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.errors import Message


class Role(StrEnum):
    """What somebody is here for. One person may have several."""

    LEADER = "leader"
    EVALUATOR = "evaluator"
    CHIEF = "chief"
    CLERK = "clerk"
    ADMIN = "admin"
    OPERATOR = "operator"
    """Whoever types commands on the machine: not given to anybody, and nobody has it on a page."""


ROLE_WORDS: Mapping[Role, Message] = {
    Role.LEADER: Message("领导"),
    Role.EVALUATOR: Message("评价人"),
    Role.CHIEF: Message("主评人"),
    Role.CLERK: Message("数据员"),
    Role.ADMIN: Message("管理员"),
    Role.OPERATOR: Message("命令行"),
}


GIVEN: tuple[Role, ...] = tuple(role for role in Role if role is not Role.OPERATOR)
"""The roles that somebody can be given."""


class Deed(StrEnum):
    """What a call of the service is, as far as rights go."""

    SEE = "see"
    SEE_ALL = "see_all"
    SCORE = "score"
    COMMENT = "comment"
    CHAIR = "chair"
    ANSWER = "answer"
    REVIEW = "review"
    IMPORT = "import"
    REDACT = "redact"
    MANAGE = "manage"
    BACKUP = "backup"
    KEEP = "keep"


DEED_WORDS: Mapping[Deed, Message] = {
    Deed.SEE: Message("查看数据、图表、核对、整改和已提交的评分,制作简报"),
    Deed.SEE_ALL: Message("查看项目群和全部项目的核验"),
    Deed.SCORE: Message("填写、提交自己的评分表"),
    Deed.COMMENT: Message("登记被评单位的意见"),
    Deed.CHAIR: Message("评审组评分表、轮次、退回、锁定与解锁、会议纪要"),
    Deed.ANSWER: Message("答复核对、登记和办理整改"),
    Deed.REVIEW: Message("复核或退回整改"),
    Deed.IMPORT: Message("导入、撤回、更正、放行数据,导入指标体系"),
    Deed.REDACT: Message("清除违法或误传的佐证文件"),
    Deed.MANAGE: Message("账号和角色"),
    Deed.BACKUP: Message("在服务器上备份,文件不下载"),
    Deed.KEEP: Message("备份、恢复、迁移整个数据库"),
}

_EVERYBODY = frozenset(Role)
MAY: Mapping[Deed, frozenset[Role]] = {
    Deed.SEE: _EVERYBODY,
    Deed.SEE_ALL: _EVERYBODY,
    Deed.SCORE: frozenset({Role.EVALUATOR, Role.CHIEF}),
    Deed.COMMENT: frozenset({Role.EVALUATOR, Role.CHIEF, Role.CLERK}),
    Deed.CHAIR: frozenset({Role.CHIEF}),
    Deed.ANSWER: frozenset({Role.CHIEF, Role.CLERK}),
    Deed.REVIEW: frozenset({Role.CHIEF}),
    Deed.IMPORT: frozenset({Role.CLERK}),
    Deed.REDACT: frozenset({Role.ADMIN}),
    Deed.MANAGE: frozenset({Role.ADMIN}),
    # The file stays where the data are: whoever makes it sees nothing of it.
    Deed.BACKUP: frozenset({Role.CLERK}),
    # A copy of everything has the sheets in it that nobody else may see yet: only who has the files anyway.
    Deed.KEEP: frozenset({Role.OPERATOR}),
}
"""The roles that may. Beside it stands what no role changes: one's own sheet is one's own, a submitted one stands,
a lock is opened by another person (core.scoring.workflow)."""


@dataclass(frozen=True)
class Grant:
    """A role that somebody has: for all projects, or for one."""

    role: Role
    project: str | None = None


def everywhere(*roles: Role) -> frozenset[Grant]:
    """These roles for all projects."""
    return frozenset(Grant(role) for role in roles)


LOCAL = everywhere(Role.LEADER, Role.EVALUATOR, Role.CHIEF, Role.CLERK)
"""Mode `local`: everybody may do everything but what cannot be undone or speaks of accounts."""
OPERATOR = everywhere(*Role)
"""Whoever types commands on the machine itself: its files are open to them anyway."""


def may_do(grants: Iterable[Grant], deed: Deed, project: str | None) -> bool:
    """Whether these roles allow it in the project; None: what concerns all of them."""
    return any(grant.role in MAY[deed] and grant.project in (None, project) for grant in grants)


def may_anywhere(grants: Iterable[Grant], deed: Deed) -> bool:
    """Whether these roles allow it in some project at least."""
    return any(grant.role in MAY[deed] for grant in grants)


def refusal(grants: Iterable[Grant], deed: Deed) -> Message:
    """The sentence for what these roles do not allow."""
    had = sorted(grants, key=lambda grant: (list(Role).index(grant.role), grant.project or ""))
    if not had:
        return Message("您还没有任何角色,不能使用本系统。请联系管理员设定角色。")
    needed = tuple(ROLE_WORDS[role] for role in Role if role in MAY[deed])
    if may_anywhere(had, deed):
        projects = tuple(dict.fromkeys(grant.project for grant in had if grant.role in MAY[deed] and grant.project))
        return Message("您的角色只用于项目{projects},这里超出了它的范围。请联系管理员。", {"projects": projects})
    return Message(
        "“{deed}”只限{roles};您的角色是{had}。如有需要请联系管理员。",
        {
            "deed": DEED_WORDS[deed],
            "roles": needed,
            "had": tuple(dict.fromkeys(ROLE_WORDS[grant.role] for grant in had)),
        },
    )
