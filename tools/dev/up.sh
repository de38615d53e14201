# ./dev up [--reset]
word_up() {
  local reset=no
  while [ $# -gt 0 ]; do
    case $1 in --reset) reset=yes ;; *) die "up: unknown option $1" ;; esac
    shift
  done
  . tools/dev/database.sh
  . tools/dev/server.sh
  bring_up $reset
  say "the platform operator's API token is in ${RUN_DIR#"$ROOT"/}/secrets/operator-token"
  serve_until_interrupted
}
