"""`python -m tests.unchanged` says what is shown otherwise than kept (exit 1); `--write` keeps what is shown now."""

from __future__ import annotations

import difflib
import logging
import sys

from tests.unchanged.kept import KEPT, kept, shown, write


def main(argv: list[str]) -> int:
    """Returns the exit code."""
    logging.disable()  # pages log every visit
    now = shown()
    if argv == ["--write"]:
        write(now)
        print(f"{len(now)} texts: {KEPT}")
        return 0
    before = kept()
    for name in sorted({*before, *now}):
        old, new = before.get(name), now.get(name)
        if old != new:
            lines = ((text or "").splitlines(keepends=True) for text in (old, new))
            sys.stdout.writelines(difflib.unified_diff(*lines, f"kept/{name}", f"shown/{name}", n=1))
    differ = sum(before.get(name) != now.get(name) for name in {*before, *now})
    print(f"{differ} of {len({*before, *now})} texts differ")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
