# ./dev demo [--once] [--reset]
word_demo() {
  local reset=no once=no
  while [ $# -gt 0 ]; do
    case $1 in
      --once) once=yes ;;
      --reset) reset=yes ;;
      *) die "demo: unknown option $1" ;;
    esac
    shift
  done
  . tools/dev/database.sh
  . tools/dev/server.sh
  bring_up $reset
  ARGOSY_TOKEN=$(cat "$RUN_DIR/secrets/operator-token") \
    "$(client_binary)" --address "127.0.0.1:$SERVER_PORT" demo run --state-dir "$RUN_DIR/demo"
  [ $once = yes ] || serve_until_interrupted
}
