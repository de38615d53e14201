# ./dev db [SERVICE]: the database client on the running database.
word_db() {
  . tools/dev/database.sh
  database_pid >/dev/null || die "the database is not running; start it with ./dev up or ./dev demo"
  exec mariadb --no-defaults --socket="$(database_socket)" --user=root ${1:+"argosy_$1"}
}
