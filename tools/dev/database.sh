# The private MariaDB of ./dev in a folder of the checkout. Sourced by up.sh, down.sh, demo.sh and
# db.sh.
. tools/dev/mariadb.sh

DB_DIR=$RUN_DIR/db
SERVICES="tenancy teams metrics incentives"

# A socket's path may have 107 bytes at most; a deep checkout gets a short one beside /tmp.
database_socket() {
  local path=$DB_DIR/mysqld.sock
  if [ ${#path} -gt 100 ]; then
    path=/tmp/argosy-$(id -u)-$(printf '%s' "$RUN_DIR" | cksum | cut -d' ' -f1).sock
  fi
  echo "$path"
}

database_pid() { mariadb_pid "$DB_DIR"; }

database_sql() { mariadb_sql "$(database_socket)" "$@"; }

database_start() {
  local socket
  if database_pid >/dev/null; then return 0; fi
  socket=$(database_socket)
  [ -d "$DB_DIR/data/mysql" ] || say "making a private MariaDB in ${DB_DIR#"$ROOT"/}"
  mariadb_install "$DB_DIR"
  mariadb_serve "$DB_DIR" "$socket" \
    --innodb-buffer-pool-size=256M --innodb-log-file-size=128M --max-connections=200 &
  mariadb_wait "$DB_DIR" "$socket" $!
}

database_stop() { mariadb_stop "$DB_DIR"; }

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
  # What tenants/directory.h reads, and no more.
  database_sql -e "GRANT SELECT (tenant_id, id, kind, state, time_zone, currency, epoch)
                   ON argosy_tenancy.tenants TO 'argosy_directory'@'localhost'"
}
