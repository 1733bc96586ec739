"""Rights: the one table of roles and deeds, asked at the gates of the service (core.service.base.asking)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.errors import Message


class Role(StrEnum):
    """Roles of persons. One person may have several."""

    LEADER = "leader"
    EVALUATOR = "evaluator"
    CHIEF = "chief"
    CLERK = "clerk"
    REPORTER = "reporter"
    """Role of who reports the figures of places that are given to them (core.service.manage.reporting)."""
    ADMIN = "admin"
    OPERATOR = "operator"
    """Role of the person who types commands on the machine: nobody is given it, and no page has it."""


ROLE_WORDS: Mapping[Role, Message] = {
    Role.LEADER: Message("领导"),
    Role.EVALUATOR: Message("评价人"),
    Role.CHIEF: Message("主评人"),
    Role.CLERK: Message("数据员"),
    Role.REPORTER: Message("填报人"),
    Role.ADMIN: Message("管理员"),
    Role.OPERATOR: Message("命令行"),
}


GIVEN: tuple[Role, ...] = tuple(role for role in Role if role is not Role.OPERATOR)
"""Roles that somebody can be given."""


class Deed(StrEnum):
    """Kinds of calls of the service, as rights tell them apart."""

    SEE = "see"
    SEE_ALL = "see_all"
    SCORE = "score"
    COMMENT = "comment"
    TALK = "talk"
    CHAIR = "chair"
    ANSWER = "answer"
    REVIEW = "review"
    IMPORT = "import"
    REPORT = "report"
    CERTIFY = "certify"
    IMPORT_SHEET = "import_sheet"
    REDACT = "redact"
    MANAGE = "manage"
    BACKUP = "backup"
    KEEP = "keep"
    TELL = "tell"


@dataclass(frozen=True)
class Right:
    """Deed in words, and the roles that may do it."""

    words: Message
    roles: frozenset[Role]


_EVERYBODY = frozenset(Role)
_PANEL = frozenset({Role.EVALUATOR, Role.CHIEF})
_OFFICE = frozenset({Role.CHIEF, Role.CLERK})
_CHIEF, _CLERK, _ADMIN = frozenset({Role.CHIEF}), frozenset({Role.CLERK}), frozenset({Role.ADMIN})
RIGHTS: Mapping[Deed, Right] = {
    Deed.SEE: Right(Message("查看数据、图表、数据疑点、整改和已提交的评分，制作简报"), _EVERYBODY),
    Deed.SEE_ALL: Right(Message("查看项目群和全部项目的防篡改校验"), _EVERYBODY),
    Deed.SCORE: Right(Message("填写、提交自己的评分表"), _PANEL),
    Deed.COMMENT: Right(Message("登记被评单位的意见"), _PANEL | _CLERK),
    Deed.TALK: Right(Message("在逐项评议里发言，把讨论标为已解决"), _PANEL),
    Deed.CHAIR: Right(Message("评审组评分表、轮次、指标体系的修改、退回、锁定与解锁、会议纪要"), _CHIEF),
    Deed.ANSWER: Right(
        Message("答复数据疑点、登记和办理整改、登记大事记，填写改造标准检查表和满意度问卷，保存文件的常用选项"), _OFFICE
    ),
    Deed.REVIEW: Right(Message("复核或退回整改"), _CHIEF),
    Deed.IMPORT: Right(Message("导入、撤回、更正、放行数据，导入街镇边界，登记里程碑，导入指标体系和改造标准"), _CLERK),
    # Which places are somebody's own is asked beside it (core.service.manage.reporting.form).
    Deed.REPORT: Right(
        Message("填报自己负责的街镇的数据和现场照片，提交、撤回提交（数据员可代填任何街镇）"),
        frozenset({Role.REPORTER, Role.CLERK}),
    ),
    Deed.CERTIFY: Right(Message("开填报期、指定填报人，退回、复核填报，使其生效"), _CLERK),
    # A sheet of a round is the chief's (core.scoring.workflow); one with which a project begins, the clerk's too.
    Deed.IMPORT_SHEET: Right(Message("导入评分表（进入已有轮次的，限主评人）"), _OFFICE),
    Deed.REDACT: Right(Message("清除违法或误传的佐证文件"), _ADMIN),
    Deed.MANAGE: Right(Message("账号和角色"), _ADMIN),
    # The file stays where the data are: whoever makes it sees nothing of it.
    Deed.BACKUP: Right(Message("在服务器上备份，文件不下载"), _CLERK),
    # A copy of everything has the sheets in it that nobody else may see yet: only for who has the files anyway.
    Deed.KEEP: Right(Message("备份、恢复、迁移整个数据库"), frozenset({Role.OPERATOR})),
    # It leaves the machine: only by the timer of whoever runs it.
    Deed.TELL: Right(Message("发送提醒（邮件和群机器人）"), frozenset({Role.OPERATOR})),
}
"""Rights by deed. Beside them stands what no role changes: one's own sheet is one's own, a submitted one stands, a lock
is opened by another person (core.scoring.workflow)."""


@dataclass(frozen=True)
class Grant:
    """Role that somebody has: for all projects, or for one."""

    role: Role
    project: str | None = None


def everywhere(*roles: Role) -> frozenset[Grant]:
    """Grant these roles for all projects."""
    return frozenset(Grant(role) for role in roles)


LOCAL = everywhere(Role.LEADER, Role.EVALUATOR, Role.CHIEF, Role.CLERK, Role.REPORTER)
"""Grants in mode `local`: all deeds but those that cannot be undone or are about accounts."""
OPERATOR = everywhere(*Role)
"""Grants of the person who types commands on the machine: its files are open to them anyway."""


def in_order(grants: Iterable[Grant]) -> list[Grant]:
    """Sort grants as roles are listed, those for all projects first."""
    return sorted(grants, key=lambda grant: (list(Role).index(grant.role), grant.project or ""))


def may_do(grants: Iterable[Grant], deed: Deed, project: str | None) -> bool:
    """True where these roles allow it in the project; None: what concerns all of them."""
    return any(grant.role in RIGHTS[deed].roles and grant.project in (None, project) for grant in grants)


def may_anywhere(grants: Iterable[Grant], deed: Deed) -> bool:
    """True where these roles allow it in some project at least."""
    return any(grant.role in RIGHTS[deed].roles for grant in grants)


def refusal(grants: Iterable[Grant], deed: Deed) -> Message:
    """Word the refusal of a deed that these roles do not allow."""
    had = in_order(grants)
    if not had:
        return Message("您还没有任何角色，不能使用本系统。请联系管理员设定角色。")
    right = RIGHTS[deed]
    needed = tuple(ROLE_WORDS[role] for role in Role if role in right.roles)
    if may_anywhere(had, deed):
        projects = tuple(
            dict.fromkeys(grant.project for grant in had if grant.role in RIGHTS[deed].roles and grant.project)
        )
        return Message("您的角色只用于项目{projects}，这里超出了它的范围。请联系管理员。", {"projects": projects})
    return Message(
        "“{deed}”只限{roles}；您的角色是{had}。如有需要请联系管理员。",
        {
            "deed": right.words,
            "roles": needed,
            "had": tuple(dict.fromkeys(ROLE_WORDS[grant.role] for grant in had)),
        },
    )
