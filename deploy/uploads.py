"""How much may be uploaded, by whom and where to. Streamlit itself bounds one file's size only.

Bounded are the number and the bytes of the files that a connection and a person hold, those under way included. A file
goes only into the connection that the asker's own page runs on, and is freed once that has ended (streamlit_uploads).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from core.errors import Message
from core.model.context import Actor
from core.service.base import connections

MOST_FILES, MOST_BYTES = 40, 200 * 2**20
"""Of a connection; a person has twice as much in all their windows."""
OF_A_PERSON = 2

NOT_YOURS = Message("文件只能从本页面上传。请刷新页面后重试。")
NO_ROLE = Message("您还没有角色，不能上传文件。")
TOO_MUCH = Message("上传的文件过多（每个页面最多{files}个、{most}MB）。请刷新页面后重试。")


def not_own(connection: str, who: Actor | None) -> Message | None:
    """Why somebody may neither put a file into the connection nor take one away; None: they may.

    `who`: the asker, None where the mode does not say it with each request.
    """
    person = connections.person_of(connection)
    if person is None or (who is not None and who.id != person):
        return NOT_YOURS
    return NO_ROLE if who is not None and not who.grants else None


@dataclass
class Uploads:
    """The uploads of this process."""

    held: Callable[[str], tuple[int, int]]
    """Connection -> how many files it holds, and their bytes."""
    _under_way: dict[str, list[int]] = field(default_factory=dict)

    def admit(self, connection: str, size: int, who: Actor | None) -> Message | None:
        """Take a place for a file of that size (bytes); or why not. Where it is let through, `done` must follow."""
        if (refused := not_own(connection, who)) is not None:
            return refused
        of_person = connections.of_person(connections.person_of(connection) or "")
        for found, times in (((connection,), 1), (of_person, OF_A_PERSON)):
            files, held = self._sum(found)
            if files + 1 > times * MOST_FILES or held + size > times * MOST_BYTES:
                return Message(TOO_MUCH.text, {"files": MOST_FILES, "most": MOST_BYTES // 2**20})
        self._under_way.setdefault(connection, []).append(size)
        return None

    def done(self, connection: str, size: int) -> None:
        """The upload has ended, whatever became of it: what it left behind is counted from now on."""
        self._under_way[connection].remove(size)
        if not self._under_way[connection]:
            del self._under_way[connection]

    def _sum(self, found: tuple[str, ...]) -> tuple[int, int]:
        kept = [self.held(each) for each in found]
        coming = [size for each in found for size in self._under_way.get(each, [])]
        return sum(files for files, _ in kept) + len(coming), sum(size for _, size in kept) + sum(coming)
