# ./dev down: ends the server, then the database, each by its own pid.
word_down() {
  . tools/dev/database.sh
  . tools/dev/server.sh
  server_stop
  database_stop
  say "stopped"
}
