#!/bin/sh
# Install the dashboard from this bundle, without a network:  sh install.sh [FOLDER]   (default: /opt/renewal-scorecard)
# Over an older version it installs the newer one; the data in the folder stay. PYTHON=... picks another interpreter.
set -eu

say() { printf '%s\n%s\n' "$1" "$2" >&2; }

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
target=${1:-/opt/renewal-scorecard}
python=${PYTHON:-python3}

if ! command -v "$python" >/dev/null 2>&1; then
    say "找不到 $python。请先安装Python(Debian/Ubuntu:python3-venv)。" \
        "$python was not found. Please install Python first (Debian/Ubuntu: python3-venv)."
    exit 1
fi
tag=$("$python" -c 'import sys; print("cp%d%d" % sys.version_info[:2])')
if ! ls "$here/wheels/" | grep -q -- "-$tag-$tag-"; then
    have=$(ls "$here/wheels/" | sed -n 's/.*-cp3\([0-9]*\)-cp3[0-9]*-.*/3.\1/p' | sort -u | tr '\n' ' ')
    say "这个安装包用于Python $have,这里是 $("$python" -V 2>&1)。请用 PYTHON=… 指定另一个。" \
        "This bundle is for Python $have; this is $("$python" -V 2>&1). Please name another one: PYTHON=..."
    exit 1
fi
mkdir -p "$target"
if [ ! -e "$target/core/__main__.py" ] && [ -n "$(ls -A "$target")" ]; then
    say "文件夹 $target 里已有别的东西。请换一个空的文件夹。" "The folder $target holds something else. Please name an empty one."
    exit 1
fi
# Of an older version: what the program consists of, never the data.
for part in core pages deploy; do
    rm -rf "${target:?}/$part"
done
cp -R "$here/product/." "$target/"
cd "$target"
# From the bundle only, whatever is set on this machine. (As an address: a folder's name may have a space in it.)
PIP_CONFIG_FILE=/dev/null
PIP_NO_INDEX=1
PIP_FIND_LINKS=$("$python" -c 'import pathlib, sys; print(pathlib.Path(sys.argv[1]).as_uri())' "$here/wheels")
export PIP_CONFIG_FILE PIP_NO_INDEX PIP_FIND_LINKS
PYTHON=$python sh deploy/venv.sh requirements-postgres.txt
touch .venv/.run # `make run` need not install again
say "已安装到 $target。启动:cd $target && .venv/bin/python deploy/run.py   装成服务:见docs/deploy.md" \
    "Installed in $target. Start: cd $target && .venv/bin/python deploy/run.py   As a service: docs/deploy.md"
