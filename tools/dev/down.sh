# ./dev down: ends the server, then the database, each by its own pid.
word_down() {
  . tools/dev/database.sh
  . tools/dev/server.sh
  if ! server_pid >/dev/null && ! database_pid >/dev/null; then
    say "nothing runs"
    return
  fi
  server_stop
  database_stop
  say "stopped"
}
