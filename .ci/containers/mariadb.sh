#!/bin/bash
# Starts as the public image does: a server for the set-up that nobody reaches, then the one that stays.
set -e
data=/var/lib/mysql/stand-in
server=(mariadbd --no-defaults --user=mysql --datadir="$data" --socket=/run/mysqld/stand-in.sock)
install -d -o mysql /run/mysqld
mariadb-install-db --no-defaults --user=mysql --datadir="$data" >/dev/null
"${server[@]}" --skip-networking &
until mariadb --socket=/run/mysqld/stand-in.sock -e "
    CREATE DATABASE IF NOT EXISTS \`$MARIADB_DATABASE\`;
    CREATE USER root@'%' IDENTIFIED BY '$MARIADB_ROOT_PASSWORD';
    GRANT ALL ON *.* TO root@'%' WITH GRANT OPTION;" 2>/dev/null; do kill -0 $!; sleep 0.1; done
kill $!
wait $! || true
exec "${server[@]}" --bind-address=0.0.0.0 --port=3306
