# ./dev golden: every test that holds a golden file rewrites it when told so by the environment.
word_golden() {
  ensure_packages build
  mkdir -p build
  build_preset dev
  ARGOSY_UPDATE_GOLDENS=1 ctest --preset dev -L '^(unit|db)$' -j "$(nproc)"
  git --no-pager diff --stat
}
