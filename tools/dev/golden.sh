# ./dev golden: the tests that hold golden files rewrite them when told so by the environment.
GOLDEN_TESTS=(contract_test migration_hash_test schema_test)

word_golden() {
  local names ended=0
  ensure_packages build
  mkdir -p build
  build_preset dev "${GOLDEN_TESTS[@]}"
  names=$(IFS='|' && echo "${GOLDEN_TESTS[*]}")
  ARGOSY_UPDATE_GOLDENS=1 ctest --preset dev -R "^($names)\$" || ended=$?
  git --no-pager diff --stat -- migrations tests/goldens
  return $ended
}
