"""Command line of the product: python -m core …

A command that meets a store held by the running app hands its arguments over and prints what comes back, so that
its output does not depend on the app.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from core.commands import (
    backups,
    boundaries,
    data,
    documents,
    figures,
    notices,
    periods,
    projects,
    scores,
    standards,
    usage,
    users,
)
from core.commands.parts import Reply, SeveralProjects
from core.errors import InputError, NotAllowed, RenewalError
from core.service.base import open_store
from core.store import owner
from core.store.errors import StoreLocked


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """旧改绩效看板的命令。"""


for command in (
    backups.build, backups.init, backups.verify, backups.backup, backups.restore, backups.migrate, backups.accept,
    backups.redact, backups.rewrite,
    figures.measures, figures.checks, figures.alarms,
    scores.scorecard, scores.scheme, standards.standard, boundaries.boundaries,
    data.import_data, data.template, data.snapshots, data.withdraw, data.redate, data.release, data.correct,
    periods.export_period, periods.check_period,
    documents.export, documents.export_all, documents.view_code, documents.check_deck,
    projects.project,
    users.users,
    notices.notify, notices.notice_step,
):  # fmt: skip
    cli.add_command(command)


LENGTHY = ("export-all",)
LONG = 3600.0
"""Seconds that the app may take over one of these: it makes documents of every project."""


def answer(argv: Sequence[str], folder: Path | None = None) -> Reply:
    """Run a command in this process, on this process's store; paths are meant from `folder` (None: from here).

    Raises StoreLocked, click.ClickException.
    """
    try:
        reply = cli.main(list(argv), prog_name="python -m core", standalone_mode=False, obj=folder)
    except StoreLocked:
        raise
    except SeveralProjects as error:
        return Reply(2, err=f"{error}\n")
    except InputError as error:
        problems = "".join(f"  {problem.sentence()}\n" for problem in error.problems)
        return Reply(1, err=f"{error}\n{problems}")
    except RenewalError as error:
        return Reply(1, err=f"{error}\n")
    return reply if isinstance(reply, Reply) else Reply(int(reply or 0))


def answer_for_owner(argv: Sequence[str], folder: Path | None = None) -> tuple[int, str, str]:
    """Run a command that another process has handed over, as `answer` does."""
    try:
        reply = answer(argv, folder)
    except click.ClickException as error:
        return error.exit_code, "", usage.explained(error)
    return reply.code, reply.out, reply.err


def serve_commands() -> Callable[[], None]:
    """Listen beside the store that this process has open. Returns what ends it."""
    store, where = open_store.store(), open_store.location()
    # A server lets every process in, and so does a file that is only read: there nothing can be put beside it, either.
    if not isinstance(where, Path) or store.refused is not None:
        return lambda: None
    return owner.listen(where, lambda handed: answer_for_owner(handed[1:], Path(handed[0]))).close


def main(argv: Sequence[str]) -> int:
    """Answer a command, here or through the app that holds the store. Returns the exit code."""
    try:
        argv = users.with_password(argv)
        reply = answer(argv)
    except click.ClickException as error:
        reply = Reply(error.exit_code, err=usage.explained(error))
    except NotAllowed as error:
        reply = Reply(1, err=f"{error}\n")
    except StoreLocked as locked:
        where = open_store.location()
        patience = {"timeout": LONG} if argv[0] in LENGTHY else {}
        handed = owner.ask(where, [str(Path.cwd()), *argv], **patience) if isinstance(where, Path) else None
        reply = Reply(*handed) if handed is not None else Reply(1, err=f"{locked}\n")
    for stream, text in ((sys.stdout, reply.out), (sys.stderr, reply.err)):
        stream.write(text)
        stream.flush()
    return reply.code


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
