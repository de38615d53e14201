#!/bin/sh
# The temporary MariaDB of the db and e2e tests: a folder, a unix socket, no TCP port.
#
#   tools/dev/test_db.sh start FOLDER [SERVER ARGUMENT...]   does nothing when it runs already
#   tools/dev/test_db.sh stop FOLDER                         ends it by its pid and keeps no data
#   tools/dev/test_db.sh kill FOLDER                         kill -9, the data stays
#   tools/dev/test_db.sh release FOLDER                      ends it unless somebody started it by hand
#
# The ctest fixture starts it with ARGOSY_TEST_DB_OWNER=ctest, and then only "release" of that owner
# ends it; a server started by hand stays for the next run.
set -eu

die() { echo "test_db: $*" >&2; exit 1; }
. "$(dirname "$0")/mariadb.sh"

[ $# -ge 2 ] || die "usage: test_db.sh start|stop|kill|release FOLDER [SERVER ARGUMENT...]"
verb=$1
mkdir -p "$2"
folder=$(cd "$2" && pwd)
shift 2
socket=$folder/mysqld.sock

[ "${#socket}" -le 107 ] || die "a socket's path may have 107 bytes: $socket"

start() {
  if mariadb_pid "$folder" >/dev/null && mariadb_sql "$socket" -e 'SELECT 1' >/dev/null 2>&1; then return 0; fi
  mariadb_install "$folder"
  # Commits are not flushed to disk: no test survives a power cut, and the suite is twice as fast.
  mariadb_serve "$folder" "$socket" --innodb-buffer-pool-size=64M --innodb-log-file-size=64M \
    --innodb-flush-log-at-trx-commit=2 --max-connections=400 --performance-schema=OFF "$@" &
  mariadb_wait "$folder" "$socket" $!
  echo "${ARGOSY_TEST_DB_OWNER:-hand}" >"$folder/owner"
}

stop() {
  mariadb_stop "$folder"
  rm -rf "$folder/data" "$folder/owner"
}

crash() {
  pid=$(mariadb_pid "$folder") || die "it does not run"
  kill -9 "$pid"
  while kill -0 "$pid" 2>/dev/null; do sleep 0.02; done
}

case $verb in
  kill) crash ;;
  start) start "$@" ;;
  stop) stop ;;
  release) if [ "$(cat "$folder/owner" 2>/dev/null)" = "${ARGOSY_TEST_DB_OWNER:-hand}" ]; then stop; fi ;;
  *) die "unknown word '$verb'" ;;
esac
