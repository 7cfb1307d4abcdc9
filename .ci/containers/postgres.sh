#!/bin/bash
# Starts as the public image does: a server for the set-up that nobody reaches, then the one that stays.
set -e
PATH=$(echo /usr/lib/postgresql/*/bin):$PATH
data=/var/lib/postgresql/stand-in
secret=$(gosu postgres mktemp)
echo "$POSTGRES_PASSWORD" >"$secret"
install -d -o postgres /var/run/postgresql
gosu postgres initdb -D "$data" -U postgres -A scram-sha-256 --pwfile="$secret"
rm "$secret"
echo 'host all all all scram-sha-256' >>"$data/pg_hba.conf"
gosu postgres pg_ctl -D "$data" -w -o "-c listen_addresses=''" start
gosu postgres pg_ctl -D "$data" -w -m fast stop
exec gosu postgres postgres -D "$data" -c "listen_addresses=*"
