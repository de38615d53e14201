# ./dev fmt
. tools/dev/buf.sh

word_fmt() {
  ensure_packages check
  ensure_buf
  git ls-files '*.cc' '*.h' | xargs clang-format -i
  "$BUF" format protos --write
}
