"""Files with secrets in them: only their owner may read them."""

from __future__ import annotations

import os
from pathlib import Path

from core.errors import Message


def open_to_others(path: Path) -> Message | None:
    """The sentence about a file that others may read, which is not used; None: it is its owner's alone.

    On Windows the folder's rights decide.
    """
    if os.name != "posix" or not path.stat().st_mode & 0o077:
        return None
    return Message("文件“{file}”他人也能读写，未使用。请改为只有自己可读（chmod 600）后重试。", {"file": str(path)})
