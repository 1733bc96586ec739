#!/bin/sh
# `python -m core` on a server, as the service runs it: its settings, its user. As root:
#   sh /opt/renewal-scorecard/deploy/command.sh users list
# Files named in a command must be where the service may read them: /var/lib/renewal.
set -eu
cd "$(dirname -- "$0")/.."
for file in /etc/renewal/renewal.env /etc/renewal/secrets.env; do
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in [A-Z]*=*) export "${line?}" ;; esac
    done <"$file"
done
umask 077
HOME=/var/lib/renewal PYTHONDONTWRITEBYTECODE=1
export HOME PYTHONDONTWRITEBYTECODE
exec setpriv --reuid renewal --regid renewal --clear-groups .venv/bin/python -m core "$@"
