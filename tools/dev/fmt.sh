# ./dev fmt
word_fmt() {
  ensure_packages check
  git ls-files '*.cc' '*.h' '*.proto' | xargs clang-format -i
}
