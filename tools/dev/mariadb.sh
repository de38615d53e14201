#!/bin/sh
# A MariaDB that lives in one folder: its data, its temporary files, a unix socket, no TCP port,
# never the user's own daemon. Sourced, with a `die` of the caller's, by database.sh and test_db.sh.

MARIADB_READY_SECONDS=60
MARIADB_STOP_SECONDS=30

# Temporary files stand apart as well: a server that starts deletes every temporary table that it
# finds where its own would be, those of servers that run as well.

# mariadb_install FOLDER: makes FOLDER/data unless it is there.
mariadb_install() {
  [ -d "$1/data/mysql" ] && return 0
  mkdir -p "$1/tmp"
  rm -rf "$1/data"
  # mariadb-install-db does not quote its folders: it is given a name of this one without spaces.
  mariadb_link=$(mktemp -d /tmp/argosy-install-XXXXXX)
  ln -s "$1" "$mariadb_link/db"
  # --force: a machine whose own name does not resolve is no hindrance to a unix socket.
  mariadb-install-db --no-defaults --datadir="$mariadb_link/db/data" --tmpdir="$mariadb_link/db/tmp" \
    --user="$(id -un)" --auth-root-authentication-method=normal --skip-test-db --skip-name-resolve --force \
    >"$1/install.log" 2>&1 || { rm -r "$mariadb_link"; die "mariadb-install-db failed; see $1/install.log"; }
  rm -r "$mariadb_link"
}

# mariadb_serve FOLDER SOCKET [ARGUMENT...]: this shell becomes the server.
mariadb_serve() {
  mariadb_folder=$1
  mariadb_socket=$2
  shift 2
  mkdir -p "$mariadb_folder/tmp"
  exec mariadbd --no-defaults --user="$(id -un)" --datadir="$mariadb_folder/data" \
    --tmpdir="$mariadb_folder/tmp" --socket="$mariadb_socket" --pid-file="$mariadb_folder/mysqld.pid" \
    --log-error="$mariadb_folder/mysqld.log" --skip-networking --skip-name-resolve --skip-log-bin \
    --character-set-server=utf8mb4 --collation-server=utf8mb4_bin "$@" </dev/null >/dev/null 2>&1
}

# mariadb_pid FOLDER: a pid file outlives a crash, so the process is looked at.
mariadb_pid() {
  mariadb_found=$(cat "$1/mysqld.pid" 2>/dev/null) || return 1
  [ -n "$mariadb_found" ] && [ -r "/proc/$mariadb_found/cmdline" ] || return 1
  tr '\0' ' ' 2>/dev/null <"/proc/$mariadb_found/cmdline" | grep -qF -- "--datadir=$1/data" || return 1
  echo "$mariadb_found"
}

# mariadb_sql SOCKET [ARGUMENT...]: a client as root, rows as tab-separated text.
mariadb_sql() {
  mariadb_socket=$1
  shift
  mariadb --no-defaults --socket="$mariadb_socket" --user=root --batch --skip-column-names "$@"
}

# mariadb_wait FOLDER SOCKET PID: until the server PID answers.
mariadb_wait() {
  mariadb_deadline=$(($(date +%s) + MARIADB_READY_SECONDS))
  until mariadb_sql "$2" -e 'SELECT 1' >/dev/null 2>&1; do
    kill -0 "$3" 2>/dev/null || die "MariaDB ended at start; see $1/mysqld.log"
    [ "$(date +%s)" -lt "$mariadb_deadline" ] || die "MariaDB did not come up; see $1/mysqld.log"
    sleep 0.05
  done
}

# mariadb_stop FOLDER: ends the server by its pid; nothing to do when there is none.
mariadb_stop() {
  mariadb_ending=$(mariadb_pid "$1") || return 0
  kill "$mariadb_ending"
  mariadb_deadline=$(($(date +%s) + MARIADB_STOP_SECONDS))
  while kill -0 "$mariadb_ending" 2>/dev/null; do
    [ "$(date +%s)" -lt "$mariadb_deadline" ] ||
      die "MariaDB (pid $mariadb_ending) did not end within $MARIADB_STOP_SECONDS s"
    sleep 0.05
  done
}
