#!/bin/sh
# Make .venv, if need be, and install a requirements file into it:  sh deploy/venv.sh requirements.txt
# What is missing on the machine is named in a sentence; PYTHON=... picks another interpreter.
set -u

say() { printf '%s\n%s\n' "$1" "$2" >&2; }

python=${PYTHON:-python3}
if ! command -v "$python" >/dev/null 2>&1; then
    say "找不到 $python。请先安装Python 3.11或更新版本(Debian/Ubuntu:apt-get install python3-venv)。" \
        "$python was not found. Please install Python 3.11 or newer first (Debian/Ubuntu: apt-get install python3-venv)."
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    found=$("$python" -V 2>&1)
    say "需要Python 3.11或更新版本,这里是 $found。可以用 make PYTHON=python3.12 … 指定另一个。" \
        "Python 3.11 or newer is needed, this is $found. Another one can be named: make PYTHON=python3.12 ..."
    exit 1
fi
if [ ! -x .venv/bin/python ] || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    if ! "$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then
        say "这台机器的Python没有venv。请先安装(Debian/Ubuntu:apt-get install python3-venv)。" \
            "This machine's Python has no venv. Please install it first (Debian/Ubuntu: apt-get install python3-venv)."
        exit 1
    fi
    if ! "$python" -m venv --clear .venv; then
        say "无法在当前目录建立 .venv,请检查磁盘空间和写权限。" \
            "Could not make .venv in this folder; please check free space and write permission."
        exit 1
    fi
fi
say "正在安装软件包($1),第一次约1至3分钟……" \
    "Installing the packages of $1; the first time takes one to three minutes ..."
if ! .venv/bin/python -m pip install --quiet --disable-pip-version-check -r "$1"; then
    say "软件包没有装上($1)。请检查网络或pip的软件源设置,然后再运行一次。" \
        "The packages of $1 were not installed. Please check the network or pip's index settings, then run this again."
    exit 1
fi
