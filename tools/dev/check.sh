# ./dev check: everything ./dev test does, then what other tools find.
. tools/dev/buf.sh

word_check() {
  ensure_packages build check
  mkdir -p build
  local started=$SECONDS
  word_test_for_check
  check_format
  check_protos
  check_shell
  check_clang
  check_sanitizers
  check_demo
  say "check passed in $(((SECONDS - started) / 60)) min $(((SECONDS - started) % 60)) s"
}

word_test_for_check() {
  . tools/dev/test.sh
  word_test
}

# The README's first command, beside whatever a person has running; ./dev test runs the others. A
# second start keeps the data and prints the same report.
check_demo() {
  say "demo"
  demo_report --reset | tee "$ROOT/build/demo-first.txt"
  demo_report >"$ROOT/build/demo-second.txt"
  cmp "$ROOT/build/demo-first.txt" "$ROOT/build/demo-second.txt" || die "a second start of the demo printed another report"
}

demo_report() {
  ARGOSY_RUN_DIR=$ROOT/build/check-run ARGOSY_PORT=7420 ARGOSY_ADMIN_PORT=7421 "$ROOT/dev" demo --once "$@"
}

check_format() {
  say "clang-format"
  git ls-files '*.cc' '*.h' | xargs clang-format --dry-run --Werror
}

check_protos() {
  say "buf"
  ensure_buf
  "$BUF" lint protos
  "$BUF" format protos --diff --exit-code
}

check_shell() {
  say "shellcheck"
  shellcheck --shell=bash --exclude=SC1090,SC1091,SC2034,SC2119 dev tools/dev/*.sh .ci/run
}

# clang's thread-safety analysis, then clang-tidy over the same compile commands.
check_clang() {
  build_preset clang
  say "headers that compile alone"
  build_preset clang all_verify_interface_header_sets
  say "clang-tidy"
  # Not the tests: the macros of googletest expand to what the rules of size and complexity were not made for.
  python3 tools/tidy.py build/clang '^(?!tests/)(?!.*_test\.cc$)'
}

check_sanitizers() {
  local preset
  for preset in asan tsan; do
    build_preset "$preset"
    ctest --preset "$preset" -L '^(unit|db)$' -j "$(nproc)"
  done
}
