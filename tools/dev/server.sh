# argosyd on the private database: configuration, migration, the platform's operator, start and end.
# Sourced after database.sh.

SERVER_READY_SECONDS=60
SERVER_PORT=${ARGOSY_PORT:-7400}
SERVER_ADMIN_PORT=${ARGOSY_ADMIN_PORT:-7401}

server_binary() { echo "$ROOT/build/release/argosyd/argosyd"; }
client_binary() { echo "$ROOT/build/release/argosyctl/argosyctl"; }

server_write_config() {
  local secret
  for secret in token-pepper signing-seal page-key; do secret_file "$secret" >/dev/null; done
  {
    echo "environment: dev"
    echo "listen: 127.0.0.1:$SERVER_PORT"
    echo "admin_port: $SERVER_ADMIN_PORT"
    echo "migrations_folder: $ROOT/migrations"
    echo "secrets:"
    echo "  token_pepper_file: secrets/token-pepper"
    echo "  signing_seal_file: secrets/signing-seal"
    echo "  page_key_file: secrets/page-key"
    echo "database:"
    echo "  socket: $(database_socket)"
    echo "  accounts:"
    local account
    for account in $SERVICES directory migrate; do
      echo "    $account: {user: argosy_$account, password_file: secrets/db-$account}"
    done
  } >"$RUN_DIR/argosyd.yaml"
}

# Runs a subcommand of argosyd that ends by itself.
server_run() { "$(server_binary)" --config "$RUN_DIR/argosyd.yaml" "$@"; }

server_pid() {
  local pid
  pid=$(cat "$RUN_DIR/argosyd.pid" 2>/dev/null) || return 1
  [ -n "$pid" ] && [ -r "/proc/$pid/cmdline" ] && tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF -- "$RUN_DIR/argosyd.yaml" && echo "$pid"
}

server_refuse_second() {
  if server_pid >/dev/null; then die "argosyd already runs here (pid $(server_pid)); ./dev down ends it"; fi
}

server_prepare() {
  database_accounts
  server_write_config
  server_run migrate >"$RUN_DIR/migrate.log" 2>&1 || { cat "$RUN_DIR/migrate.log" >&2; die "migration failed"; }
  database_grants
  if [ ! -s "$RUN_DIR/secrets/operator-token" ]; then
    # A run that was cut off may have made the operator and lost its token.
    (umask 077 && { server_run bootstrap || server_run bootstrap --new-token; } \
      >"$RUN_DIR/secrets/operator-token.new" 2>"$RUN_DIR/bootstrap.log") || die "bootstrap failed; see $RUN_DIR/bootstrap.log"
    mv "$RUN_DIR/secrets/operator-token.new" "$RUN_DIR/secrets/operator-token"
  fi
}

server_start() {
  local pid deadline=$((SECONDS + SERVER_READY_SECONDS))
  # The program itself, not a function around it: the pid must be its own.
  "$(server_binary)" --config "$RUN_DIR/argosyd.yaml" serve \
    >"$RUN_DIR/argosyd.out" 2>"$RUN_DIR/argosyd.log" </dev/null &
  pid=$!
  echo "$pid" >"$RUN_DIR/argosyd.pid"
  until grep -q '^serving on port' "$RUN_DIR/argosyd.out" 2>/dev/null; do
    kill -0 "$pid" 2>/dev/null || { tail -n 5 "$RUN_DIR/argosyd.log" >&2; die "argosyd ended at start; see $RUN_DIR/argosyd.log"; }
    [ $SECONDS -lt $deadline ] || die "argosyd did not come up; see $RUN_DIR/argosyd.log"
    sleep 0.1
  done
}

# SIGINT: a person waits, so no time is spent on telling a balancer.
server_stop() {
  local pid deadline=$((SECONDS + 45))
  pid=$(server_pid) || return 0
  kill -INT "$pid" 2>/dev/null || return 0
  while kill -0 "$pid" 2>/dev/null; do
    [ $SECONDS -lt $deadline ] || die "argosyd (pid $pid) did not end within 45 s"
    sleep 0.1
  done
  rm -f "$RUN_DIR/argosyd.pid"
}

stop_all() {
  trap - EXIT INT TERM
  server_stop
  database_stop
}

serve_until_interrupted() {
  say "serving gRPC on 127.0.0.1:$SERVER_PORT, metrics and health on 127.0.0.1:$SERVER_ADMIN_PORT; Ctrl-C ends it"
  local ended=0
  wait "$(cat "$RUN_DIR/argosyd.pid")" || ended=$?
  # Ctrl-C ends this shell by its trap, and ./dev down ends the server in order.
  [ $ended -eq 0 ] || die "argosyd ended by itself (exit code $ended); see $RUN_DIR/argosyd.log"
}

# Everything up to a served argosyd: bring_up RESET, where RESET is "yes" to start from nothing.
bring_up() {
  # Before anything that ends with this shell: what runs belongs to another.
  [ "$1" = yes ] || server_refuse_second
  ensure_packages build
  mkdir -p build "$RUN_DIR"
  build_preset release argosyd argosyctl
  if [ "$1" = yes ]; then
    stop_all
    rm -rf "$RUN_DIR"
    mkdir -p "$RUN_DIR"
  fi
  trap stop_all EXIT
  trap 'exit 130' INT TERM
  database_start
  server_prepare
  server_start
}
