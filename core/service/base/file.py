"""Files as uploaded, read from the disk, or handed out, and the error for one that is refused."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.errors import InputError, Message, RowProblem
from core.text.one_line import one_line

MOST_NAME = 200
"""Most characters of a file's name."""


@dataclass(frozen=True)
class File:
    """A file as it was uploaded or read; `name` is for sentences and for the names of its results."""

    name: str
    content: bytes
    said: tuple[Message, ...] = ()
    """What is to be known of one that was made: what was left out."""


def load(path: Path, most: int) -> File:
    """Read a file from the disk, or as much of it as shows that it has more than `most` bytes. Raises InputError."""
    try:
        with path.open("rb") as stream:
            return File(path.name, stream.read(most + 1))
    except FileNotFoundError:
        message = Message("找不到这个文件，请检查路径。")
    except OSError:
        message = Message("无法读取这个文件，请检查其权限。")
    name = one_line(path.name)
    raise refused(name, (RowProblem(name, None, None, message),))


def refused(name: str, problems: tuple[RowProblem, ...]) -> InputError:
    """Make the error that names all problems of a file."""
    return InputError(
        Message(
            "《{file}》有{count}处问题，整份文件未导入。请修改后重新导入。", {"file": name, "count": len(problems)}
        ),
        problems,
    )
