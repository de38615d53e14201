# ./dev bench [NAME]...: against a database and a server of their own, which end with the run.
word_bench() {
  RUN_DIR=$ROOT/build/bench-run
  . tools/dev/database.sh
  ARGOSY_PORT=7410 ARGOSY_ADMIN_PORT=7411
  . tools/dev/server.sh
  bring_up yes
  build_preset release argosy_bench
  "$ROOT/build/release/tests/bench/argosy_bench" --address "127.0.0.1:$SERVER_PORT" \
    --operator-token-file "$RUN_DIR/secrets/operator-token" --database-socket "$(database_socket)" \
    --results bench-results "$@"
}
