"""Find a Chrome, Chromium or Edge for the browser tests, or get one.

`find()` looks, `obtain()` also installs: Debian's chromium and Chinese fonts where packages may be installed, else
Playwright's own build. Run as a script it prints the path, or says what to do and exits with 1.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge", "chrome")
_WINDOWS = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
PLACES = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"),
    *(
        Path(os.environ[root]) / below
        for root in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        if root in os.environ
        for below in _WINDOWS
    ),
)
HELP = (
    "没有找到Chrome、Chromium或Edge，也没能自动安装。请安装其中一个，或用环境变量BROWSER_PATH指明它的位置。\n"
    "No Chrome, Chromium or Edge was found and none could be installed. Please install one, or name it in BROWSER_PATH."
)


def _playwrights_own() -> Path | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None


def find() -> Path | None:
    """The browser that is there: the one named in BROWSER_PATH, an installed one, or Playwright's; None if none is."""
    if named := os.environ.get("BROWSER_PATH"):
        return Path(named)
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    return next((place for place in PLACES if place.exists()), None) or _playwrights_own()


def may_install_packages() -> bool:
    """Whether this is a Debian machine on which we are root."""
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(*packages: str) -> bool:
    """Install Debian packages; False when that failed (its own messages have been shown)."""
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
    ):
        if subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=False).returncode != 0:
            return False
    return True


def shows_chinese() -> bool:
    """Whether the machine has a font with Chinese characters (Windows and macOS always do)."""
    if sys.platform != "linux":
        return True
    if shutil.which("fc-list") is None:
        return False
    listed = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip())


def obtain() -> Path | None:
    """A browser that is there or has just been installed, with Chinese fonts where they may be installed."""
    found = find()
    if may_install_packages() and not (found and shows_chinese()):
        print("正在安装浏览器和中文字体 / installing a browser and Chinese fonts ...", flush=True)
        install(*([] if found else ["chromium"]), "fonts-noto-cjk", "fontconfig")
        found = found or find()
    if found is None:
        print("正在下载浏览器 / downloading a browser ...", flush=True)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
        found = find()
    if found is not None and not shows_chinese():
        print(
            "这台机器没有中文字体，截图里的汉字会是方框。/ There is no Chinese font here: pictures will show boxes.",
            file=sys.stderr,
        )
    return found


if __name__ == "__main__":
    path = obtain()
    if path is None:
        sys.exit(HELP)
    print(path)
