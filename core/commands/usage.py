"""Errors of usage: click's sentences in our words, and the usage of the command."""

from __future__ import annotations

import re
from collections.abc import Sequence

import click
from click.exceptions import NoArgsIsHelpError, NoSuchCommand

from core.errors import Message

_TOO_MANY = re.compile(r"Got unexpected extra arguments? \((.*)\)", re.DOTALL)
_PIECES = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 …"}
"""Click's pieces of a usage line, and ours."""


def explained(error: click.ClickException) -> str:
    """Print the lines for standard error: the error, the usage of the command, its help.

    What a command of ours says by itself stands as it was said, and so does help.
    """
    if not isinstance(error, click.UsageError) or isinstance(error, NoArgsIsHelpError):
        return f"{error.format_message()}\n"
    said = f"{_sentence(error)}\n"
    if error.ctx is None:
        return said
    pieces = [_PIECES.get(piece, piece) for piece in error.ctx.command.collect_usage_pieces(error.ctx)]
    how = Message(
        "用法：{command}\n说明：{help}",
        {"command": " ".join((error.ctx.command_path, *pieces)), "help": f"{error.ctx.command_path} --help"},
    )
    return f"{said}{how}\n"


def _sentence(error: click.UsageError) -> Message | str:
    if isinstance(error, NoSuchCommand):
        return _or_alike(Message("没有命令“{name}”。", {"name": error.command_name}), error.possibilities)
    if isinstance(error, click.NoSuchOption):
        return _or_alike(Message("没有选项“{name}”。", {"name": error.option_name}), error.possibilities)
    if isinstance(error, click.BadOptionUsage):
        name = {"name": error.option_name}
        # click has one kind for both.
        if error.message.endswith("does not take a value."):
            return Message("选项“{name}”后面不带内容。", name)
        return Message("选项“{name}”后面要写明内容。", name)
    if isinstance(error, click.BadParameter) and error.param is not None:
        return _of_parameter(error, error.param)
    if (extra := _TOO_MANY.fullmatch(error.message)) is not None:
        return Message("多出了“{words}”。名称中有空格的，请加引号。", {"words": extra[1]})
    return error.format_message()


def _or_alike(said: Message, names: Sequence[str] | None) -> Message:
    return Message("{said}是不是：{names}？", {"said": said, "names": tuple(names)}) if names else said


def _of_parameter(error: click.BadParameter, parameter: click.Parameter) -> Message | str:
    option, kind = isinstance(parameter, click.Option), parameter.type
    params: dict[str, object] = {"name": max(parameter.opts, key=len) if option else (parameter.name or "").upper()}
    if isinstance(error, click.MissingParameter):
        missing = Message("缺少选项“{name}”。", params) if option else Message("缺少“{name}”。", params)
        return _one_of(missing, kind) if isinstance(kind, click.Choice) else missing
    if isinstance(kind, click.Choice):
        return _one_of(Message("“{name}”填写得不对。", params), kind)
    if isinstance(kind, click.DateTime):
        return Message("“{name}”应为日期，如2025-03-31。", params)
    if isinstance(kind, click.IntRange) and kind.min is not None:
        return Message("“{name}”应为不小于{least}的整数。", params | {"least": int(kind.min)})
    if isinstance(kind, click.types.IntParamType):
        return Message("“{name}”应为整数。", params)
    return error.format_message()


def _one_of(said: Message, kind: click.Choice[str]) -> Message:
    return Message("{said}可用：{names}", {"said": said, "names": tuple(kind.choices)})
