#!/bin/sh
# From a fresh Debian or Ubuntu to the dashboard at https://NAME, as a service behind nginx. As root, in the program's folder:
#   sh deploy/debian.sh NAME [--certificate FILE --key FILE] [--store postgres://USER@HOST:5432/DATABASE] [--replicas N]
#                            [--admin LOGIN] [--wheels FOLDER]
# Without a certificate it makes one that nobody vouches for (browsers warn). Without --store the data are a file in
# /var/lib/renewal. --wheels installs from the bundle (docs/deploy.en.md); Debian's own packages must be there then.
# It may be run again: settings, secrets, certificates, accounts and data that are there stay as they are.
set -eu

say() { printf '%s\n%s\n' "$1" "$2"; }
stop() {
    say "$1" "$2" >&2
    exit 1
}

usage() {
    sed -n '2,4s/^# \{0,1\}//p' "$0" >&2
    exit 2
}

name='' certificate='' key='' store='' admin=admin replicas=1 wheels=''
while [ $# -gt 0 ]; do
    case $1 in
    --certificate | --key | --store | --admin | --replicas | --wheels)
        [ $# -ge 2 ] || usage
        case $1 in
        --certificate) certificate=$2 ;;
        --key) key=$2 ;;
        --store) store=$2 ;;
        --admin) admin=$2 ;;
        --replicas) replicas=$2 ;;
        --wheels) wheels=$2 ;;
        esac
        shift 2
        ;;
    -*) usage ;;
    *)
        [ -z "$name" ] || usage
        name=$1
        shift
        ;;
    esac
done
[ -n "$name" ] || usage
case $name in *[!A-Za-z0-9.-]*) stop "网址“$name”只能有字母、数字、点和横线。" "The name $name may have letters, digits, dots and hyphens only." ;; esac
case $replicas in '' | *[!0-9]* | 0*) usage ;; esac
[ "$(id -u)" = 0 ] || stop "请用root运行(sudo sh deploy/debian.sh …)。" "Please run it as root (sudo sh deploy/debian.sh ...)."
command -v apt-get >/dev/null || stop "这不是Debian或Ubuntu;各步骤见docs/deploy.md。" "This is neither Debian nor Ubuntu; docs/deploy.md has the steps."
[ -n "$certificate" ] && [ -z "$key" ] && stop "有--certificate时还要--key。" "With --certificate, --key is needed as well."
for file in "$certificate" "$key"; do
    [ -z "$file" ] || [ -r "$file" ] || stop "读不到文件 $file。" "The file $file cannot be read."
done
if [ "$replicas" -gt 1 ] && [ -z "$store" ] && ! grep -q '^RENEWAL_STORE=postgres' /etc/renewal/renewal.env 2>/dev/null; then
    stop "数据是一个文件时只能有一个进程;几个进程须用--store postgres://…。" \
        "A data file has one process only; several need --store postgres://..."
fi

if [ -n "$certificate" ]; then
    certificate=$(readlink -f "$certificate") key=$(readlink -f "$key")
fi
[ -z "$wheels" ] || wheels=$(readlink -f "$wheels")
source=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
home=/opt/renewal-scorecard settings=/etc/renewal data=/var/lib/renewal
umask 022

say "[1/6] 软件包" "[1/6] packages"
export DEBIAN_FRONTEND=noninteractive
if [ -z "$wheels" ]; then
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends python3-venv nginx-light openssl ca-certificates >/dev/null
fi
for program in python3 nginx openssl; do
    command -v $program >/dev/null || stop "缺少$program。请先安装。" "$program is missing. Please install it first."
done

say "[2/6] 程序:$home" "[2/6] the program: $home"
id renewal >/dev/null 2>&1 || useradd --system --user-group --home-dir $data --shell /usr/sbin/nologin renewal
if [ "$source" != "$home" ]; then
    mkdir -p $home/data $home/.streamlit
    for part in core pages deploy docs; do # what is run comes anew; data, .venv and secrets.toml stay
        rm -rf "${home:?}/$part"
        cp -R "$source/$part" $home/
    done
    cp -R "$source"/data/*.csv "$source"/data/seed "$source"/data/schemes "$source"/data/standards $home/data/
    cp "$source"/.streamlit/config.toml $home/.streamlit/
    cp "$source"/*.py "$source"/requirements*.txt "$source"/pyproject.toml "$source"/Makefile "$source"/*.md $home/
fi
chown -R root:root $home
chmod -R go+rX,go-w $home
cd $home
if [ -n "$wheels" ]; then
    PIP_CONFIG_FILE=/dev/null PIP_NO_INDEX=1
    PIP_FIND_LINKS=$(python3 -c 'import pathlib, sys; print(pathlib.Path(sys.argv[1]).resolve().as_uri())' "$wheels")
    export PIP_CONFIG_FILE PIP_NO_INDEX PIP_FIND_LINKS
fi
sh deploy/venv.sh requirements-postgres.txt
.venv/bin/python -m compileall -q core pages deploy app.py

say "[3/6] 设置和证书:$settings" "[3/6] settings and certificate: $settings"
install -d -m 0755 $settings
install -d -m 0700 -o renewal -g renewal $data /var/backups/renewal
if [ ! -e $settings/renewal.env ]; then
    sed "s/board\.example/$name/g" deploy/renewal.env >$settings/renewal.env
    if [ -n "$store" ]; then
        python3 - "$store" $settings/renewal.env <<'PYTHON'
import re, sys
store, file = sys.argv[1:]
text = open(file, encoding="utf-8").read()
open(file, "w", encoding="utf-8").write(re.sub(r"(?m)^RENEWAL_STORE=.*$", lambda _: f"RENEWAL_STORE={store}", text))
PYTHON
    fi
fi
if [ ! -e $settings/secrets.env ]; then
    (umask 077 && sed "s/^STREAMLIT_SERVER_COOKIE_SECRET=.*/STREAMLIT_SERVER_COOKIE_SECRET=$(openssl rand -hex 32)/" \
        deploy/secrets.env >$settings/secrets.env)
    # The password of the database comes by PGPASSWORD, so that it stands in no list of processes.
    [ -z "${PGPASSWORD:-}" ] || printf 'PGPASSWORD=%s\n' "$PGPASSWORD" >>$settings/secrets.env
fi
if [ -z "$certificate" ]; then
    certificate=$settings/certificate.pem key=$settings/key.pem
    if [ ! -e $key ]; then
        (umask 077 && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 825 \
            -subj "/CN=$name" -addext "subjectAltName=DNS:$name,IP:127.0.0.1" -keyout $key -out $certificate 2>/dev/null)
    fi
fi

say "[4/6] 数据和账号" "[4/6] data and accounts"
core() { sh deploy/command.sh "$@"; }
core init
if grep -q '^RENEWAL_MODE=accounts' $settings/renewal.env && [ "$(core users list --json)" = "[]" ]; then
    password=$(openssl rand -base64 15)
    core users add "$admin" --name 管理员 --role admin
    printf '%s\n' "$password" | core users password "$admin"
    say "管理员的登录名:$admin  密码:$password  (只显示这一次;换一个:sh $home/deploy/command.sh users password $admin)" \
        "The administrator's login: $admin  password: $password  (shown this once; to change it: as above)"
fi

say "[5/6] nginx" "[5/6] nginx"
units='' replica_words='' number=0
while [ "$number" -lt "$replicas" ]; do
    port=$((8501 + number)) number=$((number + 1))
    units="$units renewal@$port" replica_words="$replica_words --replica 127.0.0.1:$port"
done
# shellcheck disable=SC2086 # words
.venv/bin/python -m deploy.nginx --name "$name" --certificate "$certificate" --key "$key" $replica_words \
    >/etc/nginx/conf.d/renewal.conf
rm -f /etc/nginx/sites-enabled/default # it wants to be the default, too
nginx -t -q

say "[6/6] 服务" "[6/6] services"
cp deploy/renewal@.service deploy/renewal-backup.service deploy/renewal-backup.timer /etc/systemd/system/
# shellcheck disable=SC2086
systemctl enable --quiet $units renewal-backup.timer nginx
if [ ! -d /run/systemd/system ]; then
    say "已装好。systemd没有在运行:服务会随机器启动。" "Installed. systemd is not running here: the services start with the machine."
    exit 0
fi
systemctl daemon-reload
# shellcheck disable=SC2086
systemctl restart $units renewal-backup.timer nginx
tries=0
until python3 -c 'import ssl, urllib.request as u
u.urlopen("https://127.0.0.1/_stcore/health", timeout=5, context=ssl._create_unverified_context())' 2>/dev/null; do
    tries=$((tries + 1))
    [ "$tries" -lt 90 ] || stop "看板没有启动:journalctl -u 'renewal@*'" "The dashboard did not start: journalctl -u 'renewal@*'"
    sleep 1
done
say "看板已打开:https://$name" "The dashboard is at https://$name"
