"""`make demo`: write data/demo.duckdb, a store of its own with an invented project (演示数据); say how to open it."""

from __future__ import annotations

import sys
from pathlib import Path

from core.errors import RenewalError
from core.service.manage import demo

PATH = Path(__file__).resolve().parents[1] / "data" / "demo.duckdb"


def main(path: Path = PATH) -> int:
    """Returns the exit code; a store that is there already stays as it is."""
    if path.exists():
        print(f"演示数据已存在，未改动：{path}\nThe demo store is there already and stays as it is: {path}")
    else:
        try:
            demo.make(path)
        except RenewalError as error:
            print(error, file=sys.stderr)
            return 1
        print(f"已建立演示数据：{path}\nThe demo store is written: {path}")
    print(f"打开看板 / open it: RENEWAL_STORE={path} make run")
    return 0


if __name__ == "__main__":
    sys.exit(main())
