"""Known faults of the packages that the product needs: `make audit`, part of `make test-full`.

Asks the databases behind pip-audit (PyPI's, else OSV's). One that cannot be reached is no clean bill: each package that
was not looked up is named. Exit code 1 for a known fault; with AUDIT=required, for machines that reach a database, also
for a package that was not looked up.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SERVICES = ("pypi", "osv")


def ask(service: str) -> list[dict[str, Any]]:
    """What one database says of each package; nothing when it cannot be asked at all."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pip_audit", "-r", str(ROOT / "requirements.txt")),
            *("--no-deps", "--disable-pip", "-f", "json", "-s", service, "--timeout", "20"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        return list(json.loads(done.stdout)["dependencies"])
    except ValueError:
        print(f"pip-audit ({service}): {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return []


def pinned() -> set[str]:
    """The names in requirements.txt."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return {line.partition("==")[0].strip().lower() for line in lines if "==" in line and not line.startswith("#")}


def main() -> int:
    """Print what is known and what is not. Returns the exit code."""
    looked_up: dict[str, list[str]] = {}
    for service in SERVICES:
        for package in ask(service):
            if "skip_reason" not in package:
                faults = [f"{fault['id']} -> {', '.join(fault['fix_versions'])}" for fault in package["vulns"]]
                looked_up[package["name"].lower()] = [f"{package['name']} {package['version']}: {f}" for f in faults]
        if pinned() <= looked_up.keys():
            break
    faults = [fault for found in looked_up.values() for fault in found]
    for fault in faults:
        print(f"已知漏洞 / known fault：{fault}", file=sys.stderr)
    missing = sorted(pinned() - looked_up.keys())
    if missing:
        print(
            f"未核查：漏洞库（pypi.org、osv.dev）够不着，{len(missing)}个包没有查过：{' '.join(missing)}\n"
            f"NOT CHECKED: no database of known faults can be reached; {len(missing)} packages were not looked up.",
            file=sys.stderr,
        )
    elif not faults:
        print(f"{len(looked_up)}个包没有已知漏洞 / {len(looked_up)} packages without known faults")
    return 1 if faults or (missing and os.environ.get("AUDIT") == "required") else 0


if __name__ == "__main__":
    sys.exit(main())
