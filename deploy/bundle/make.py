"""Make build/renewal-scorecard-bundle.zip: the product, the packages it needs, scripts that install with no network.

python -m deploy.bundle.make [--python 3.11]... [--out FILE]    (run by `make bundle`, on a machine with a network)

The packages are for Linux (x86-64, arm64; glibc 2.28 or newer) and Windows (amd64). pip asks a package what it needs as
this machine would be answered; what only another system needs (a marker) is looked for afterwards and fetched as well.
"""

from __future__ import annotations

import email
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import click
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
ARCHIVE = ROOT / "build" / "renewal-scorecard-bundle.zip"
TOP = "renewal-scorecard-bundle"
"""The one folder in the archive."""
REQUIREMENTS = ("requirements-postgres.txt", "requirements-oidc.txt")
"""All that the product may need: a store in PostgreSQL, OpenID Connect."""
_NOT_NEEDED = ("tests/", ".ci/", ".git")


@dataclass(frozen=True)
class Target:
    """A kind of machine: how wheels name it, how markers see it."""

    name: str
    platforms: tuple[str, ...]
    markers: Mapping[str, str]


def _linux(machine: str) -> Target:
    # A wheel names the oldest glibc that will do; pip wants to hear each name that is all right.
    platforms = tuple(f"manylinux_2_{minor}_{machine}" for minor in range(28, 16, -1))
    seen = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": machine}
    return Target(f"Linux {machine}", (*platforms, f"manylinux2014_{machine}"), seen)


TARGETS = (
    _linux("x86_64"),
    _linux("aarch64"),
    Target(
        "Windows amd64",
        ("win_amd64",),
        {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"},
    ),
)


def missing(folder: Path, target: Target, python: str) -> set[str]:
    """What the wheels in the folder need on such a machine and is not among them, as pip is asked for it."""
    seen = dict(target.markers) | {
        "python_version": python, "python_full_version": f"{python}.0", "extra": "",
        "implementation_name": "cpython", "platform_python_implementation": "CPython",
    }  # fmt: skip
    needed: dict[str, str] = {}
    there: set[str] = set()
    for wheel in folder.glob("*.whl"):
        with zipfile.ZipFile(wheel) as content:
            (name,) = [each for each in content.namelist() if each.endswith(".dist-info/METADATA")]
            metadata = email.message_from_bytes(content.read(name))
        there.add(canonicalize_name(metadata["Name"]))
        for line in metadata.get_all("Requires-Dist") or ():
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate(seen):
                needed[canonicalize_name(requirement.name)] = f"{requirement.name}{requirement.specifier}"
    return {asked for name, asked in needed.items() if name not in there}


def fetch(folder: Path, target: Target, python: str) -> None:
    """Fetch the wheels for such a machine into the folder. Raises CalledProcessError when pip has said why not."""
    asked = [word for name in REQUIREMENTS for word in ("-r", str(ROOT / name))]
    while asked:
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--dest", str(folder),
             "--only-binary=:all:", "--implementation", "cp", "--python-version", python,
             *(word for platform in target.platforms for word in ("--platform", platform)), *asked],
            check=True,
        )  # fmt: skip
        asked = sorted(missing(folder, target, python))


def product() -> list[Path]:
    """The files of the product, as git knows them, relative to its folder."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    names = [name for name in listed.split("\0") if name and not name.startswith(_NOT_NEEDED)]
    return [Path(name) for name in names if (ROOT / name).is_file()]


def pack(wheels: Mapping[str, Path], archive: Path) -> None:
    """Write the archive: the scripts, the wheels by name, the product."""
    part = archive.with_suffix(".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as content:
        for script in ("install.sh", "install.bat", "README.txt"):
            content.write(HERE / script, f"{TOP}/{script}")
        for path in product():
            content.write(ROOT / path, f"{TOP}/product/{path.as_posix()}")
        for name, path in sorted(wheels.items()):
            content.write(path, f"{TOP}/wheels/{name}", zipfile.ZIP_STORED)
    os.replace(part, archive)


@click.command(help="制作离线安装包 / make the bundle that installs without a network")
@click.option("--out", type=click.Path(path_type=Path), default=ARCHIVE, help="build/renewal-scorecard-bundle.zip")
@click.option(
    "--python", "pythons", multiple=True, default=("3.11",), show_default=True, help="可多次 / may be repeated"
)
def main(out: Path, pythons: tuple[str, ...]) -> None:
    """Make it and say how large it is."""
    wheels: dict[str, Path] = {}
    out.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for number, (target, python) in enumerate((t, p) for t in TARGETS for p in pythons):
            own = Path(folder) / str(number)
            own.mkdir()
            fetch(own, target, python)
            found = {path.name: path for path in own.glob("*.whl")}
            wheels |= found
            click.echo(f"{target.name}, Python {python}: {len(found)} wheels, {_megabytes(found.values())}")
        pack(wheels, out)
    click.echo(f"{out}: {_megabytes([out])} ({len(wheels)} wheels)")


def _megabytes(paths: Iterable[Path]) -> str:
    return f"{sum(path.stat().st_size for path in paths) / 1e6:.0f} MB"


if __name__ == "__main__":
    main()
