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

say() { echo "test_db: $*" >&2; }
die() { say "$*"; exit 1; }

[ $# -ge 2 ] || die "usage: test_db.sh start|stop|kill|release FOLDER [SERVER ARGUMENT...]"
verb=$1
mkdir -p "$2"
folder=$(cd "$2" && pwd)
shift 2
socket=$folder/mysqld.sock
READY_SECONDS=60
STOP_SECONDS=30

[ "${#socket}" -le 107 ] || die "a socket's path may have 107 bytes: $socket"

# The pid of this folder's server. A pid file outlives a crash, so the process is looked at.
running_pid() {
  pid=$(cat "$folder/mysqld.pid" 2>/dev/null) || return 1
  [ -r "/proc/$pid/cmdline" ] && tr '\0' ' ' <"/proc/$pid/cmdline" | grep -qF -- "--datadir=$folder/data" || return 1
  echo "$pid"
}

answers() { mariadb --no-defaults --socket="$socket" --user=root -e 'SELECT 1' >/dev/null 2>&1; }

install() {
  [ -d "$folder/data/mysql" ] && return 0
  rm -rf "$folder/data"
  mariadb-install-db --no-defaults --datadir="$folder/data" --user="$(id -un)" \
    --auth-root-authentication-method=normal --skip-test-db --skip-name-resolve --force \
    >"$folder/install.log" 2>&1 || die "mariadb-install-db failed; see $folder/install.log"
}

start() {
  if pid=$(running_pid) && answers; then return 0; fi
  install
  # Commits are not flushed to disk: no test survives a power cut, and the suite is twice as fast.
  mariadbd --no-defaults --user="$(id -un)" --datadir="$folder/data" --socket="$socket" \
    --pid-file="$folder/mysqld.pid" --log-error="$folder/mysqld.log" --skip-name-resolve --skip-log-bin \
    --character-set-server=utf8mb4 --collation-server=utf8mb4_bin --innodb-buffer-pool-size=64M \
    --innodb-log-file-size=64M --innodb-flush-log-at-trx-commit=2 --max-connections=400 \
    --performance-schema=OFF --skip-networking "$@" </dev/null >/dev/null 2>&1 &
  child=$!
  deadline=$(($(date +%s) + READY_SECONDS))
  until answers; do
    kill -0 "$child" 2>/dev/null || die "MariaDB ended at start; see $folder/mysqld.log"
    [ "$(date +%s)" -lt "$deadline" ] || die "MariaDB did not come up; see $folder/mysqld.log"
    sleep 0.05
  done
  echo "${ARGOSY_TEST_DB_OWNER:-hand}" >"$folder/owner"
}

stop() {
  if pid=$(running_pid); then
    kill "$pid"
    deadline=$(($(date +%s) + STOP_SECONDS))
    while kill -0 "$pid" 2>/dev/null; do
      [ "$(date +%s)" -lt "$deadline" ] || die "MariaDB (pid $pid) did not end within $STOP_SECONDS s"
      sleep 0.05
    done
  fi
  rm -rf "$folder/data" "$folder/owner"
}

crash() {
  pid=$(running_pid) || die "it does not run"
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
