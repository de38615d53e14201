# The private MariaDB of ./dev: a folder of the checkout, a unix socket, no TCP port, never the
# user's own daemon. Sourced by up.sh, down.sh, demo.sh and db.sh.

DB_DIR=$RUN_DIR/db
SERVICES="tenancy teams metrics incentives"
DB_READY_SECONDS=60

# A socket's path may have 107 bytes at most; a deep checkout gets a short one beside /tmp.
database_socket() {
  local path=$DB_DIR/mysqld.sock
  if [ ${#path} -gt 100 ]; then
    path=/tmp/argosy-$(id -u)-$(printf '%s' "$RUN_DIR" | cksum | cut -d' ' -f1).sock
  fi
  echo "$path"
}

database_pid() {
  local pid
  pid=$(cat "$DB_DIR/mysqld.pid" 2>/dev/null) || return 1
  # A pid file outlives a crash; the pid must still be a mariadbd of this folder.
  [ -n "$pid" ] && [ -r "/proc/$pid/cmdline" ] && tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF -- "--datadir=$DB_DIR/data" && echo "$pid"
}

database_sql() { mariadb --no-defaults --socket="$(database_socket)" --user=root --batch --skip-column-names "$@"; }

database_wait() {
  local deadline=$((SECONDS + DB_READY_SECONDS))
  until database_sql -e 'SELECT 1' >/dev/null 2>&1; do
    [ $SECONDS -lt $deadline ] || die "MariaDB did not come up; see $DB_DIR/mysqld.log"
    kill -0 "$1" 2>/dev/null || die "MariaDB ended at start; see $DB_DIR/mysqld.log"
    sleep 0.1
  done
}

database_start() {
  if database_pid >/dev/null; then return 0; fi
  mkdir -p "$DB_DIR"
  if [ ! -d "$DB_DIR/data/mysql" ]; then
    say "making a private MariaDB in ${DB_DIR#"$ROOT"/}"
    rm -rf "$DB_DIR/data"
    # --force: a machine whose own name does not resolve is no hindrance to a unix socket.
    mariadb-install-db --no-defaults --datadir="$DB_DIR/data" --user="$(id -un)" \
      --auth-root-authentication-method=normal --skip-test-db --skip-name-resolve --force \
      >"$DB_DIR/install.log" 2>&1 || die "mariadb-install-db failed; see $DB_DIR/install.log"
  fi
  mariadbd --no-defaults --user="$(id -un)" --datadir="$DB_DIR/data" \
    --socket="$(database_socket)" --pid-file="$DB_DIR/mysqld.pid" --log-error="$DB_DIR/mysqld.log" \
    --skip-networking --skip-name-resolve --skip-log-bin \
    --character-set-server=utf8mb4 --collation-server=utf8mb4_bin \
    --innodb-buffer-pool-size=256M --innodb-log-file-size=128M --max-connections=200 \
    >/dev/null 2>&1 &
  database_wait $!
}

database_stop() {
  local pid deadline=$((SECONDS + 30))
  pid=$(database_pid) || return 0
  kill "$pid"
  while kill -0 "$pid" 2>/dev/null; do
    [ $SECONDS -lt $deadline ] || die "MariaDB (pid $pid) did not end within 30 s"
    sleep 0.1
  done
}

# A random secret in a file that only this user can read; made once.
secret_file() {
  local file=$RUN_DIR/secrets/$1
  if [ ! -s "$file" ]; then
    mkdir -p "$RUN_DIR/secrets"
    chmod 700 "$RUN_DIR/secrets"
    (umask 077 && head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n' >"$file")
  fi
  echo "$file"
}

# Schemas and accounts: one account per service, one that may change schemas, one that may only read
# the directory of tenants.
database_accounts() {
  local service password
  {
    for service in $SERVICES; do
      password=$(cat "$(secret_file "db-$service")")
      echo "CREATE DATABASE IF NOT EXISTS argosy_$service CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;"
      echo "CREATE USER IF NOT EXISTS 'argosy_$service'@'localhost' IDENTIFIED BY '$password';"
    done
    password=$(cat "$(secret_file db-directory)")
    echo "CREATE USER IF NOT EXISTS 'argosy_directory'@'localhost' IDENTIFIED BY '$password';"
    password=$(cat "$(secret_file db-migrate)")
    echo "CREATE USER IF NOT EXISTS 'argosy_migrate'@'localhost' IDENTIFIED BY '$password';"
    for service in $SERVICES; do
      echo "GRANT ALL PRIVILEGES ON argosy_$service.* TO 'argosy_migrate'@'localhost';"
    done
  } | database_sql
}

# Rights per table, after migration. The audit chain can be read and appended to, never changed.
database_grants() {
  local schema table rights
  database_sql -e "SELECT table_schema, table_name FROM information_schema.tables
                   WHERE table_schema LIKE 'argosy\\_%' AND table_type = 'BASE TABLE'" |
    while read -r schema table; do
      case $table in
        audit) rights="SELECT, INSERT" ;;
        schema_migrations) rights="SELECT" ;;
        *) rights="SELECT, INSERT, UPDATE, DELETE" ;;
      esac
      echo "GRANT $rights ON $schema.$table TO '$schema'@'localhost';"
    done | database_sql
  database_sql -e "GRANT SELECT ON argosy_tenancy.tenants TO 'argosy_directory'@'localhost'"
}
