# ./dev test [TIER]...
word_test() {
  local tiers=("$@") label
  [ $# -gt 0 ] || tiers=(unit db e2e)
  for label in "${tiers[@]}"; do
    case $label in unit | db | e2e | slow) ;; *) die "no such tier: $label (unit, db, e2e, slow)" ;; esac
  done
  ensure_packages build
  mkdir -p build
  build_preset dev
  label=$(IFS='|' && echo "${tiers[*]}")
  # ctest prints its closing lines last; what a failing test printed comes before them.
  ctest --preset dev -L "^($label)\$" -j "$(nproc)"
}
