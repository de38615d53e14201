# Shared by the words of ./dev. What stands behind "#:" is the help text.
#: ./dev demo [--once] [--reset]      three synthetic companies from facts to pay, then serve
#: ./dev up [--reset]                 database and server, no data; serves until Ctrl-C
#: ./dev down                         end what an interrupted demo or up left running
#: ./dev build [PRESET]               build (presets: dev, release, asan, tsan, clang, coverage)
#: ./dev test [unit|db|e2e|slow]...   build and run the tests; without a tier: unit, db and e2e
#: ./dev check                        test, then clang, clang-tidy, format and sanitizers
#: ./dev fmt                          format the sources in place
#: ./dev db [SERVICE]                 database client shell on the running database
#: ./dev bench [NAME]...              benchmarks as ratios; results in bench-results/
#: ./dev golden                       rewrite the golden files; review the diff

RUN_DIR=${ARGOSY_RUN_DIR:-$ROOT/.run}

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }
die() {
  echo "dev: $*" >&2
  exit 1
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  else
    command -v sudo >/dev/null || die "packages are missing and this is neither root nor a sudoer; install: $missing"
    sudo "$@"
  fi
}

# Installs the packages of tools/dev/packages/<set>.txt that are missing, and says which.
ensure_packages() {
  local set_name package
  missing=
  for set_name in "$@"; do
    while read -r package; do
      dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' ||
        missing="$missing $package"
    done < <(sed 's/#.*//; /^[[:space:]]*$/d' "tools/dev/packages/$set_name.txt")
  done
  missing=${missing# }
  [ -n "$missing" ] || return 0
  say "installing with apt: $missing"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
  # shellcheck disable=SC2086  # a list of words
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    -o Dpkg::Use-Pty=0 $missing >&2
}

# Configures and builds one preset: build_preset PRESET [TARGET...].
build_preset() {
  local preset=$1
  shift
  export CCACHE_DIR=${CCACHE_DIR:-$ROOT/build/ccache}
  # The same sources give the same cache entry wherever the checkout stands.
  export CCACHE_BASEDIR=$ROOT CCACHE_NOHASHDIR=1
  say "building preset $preset"
  cmake --preset "$preset" >"$ROOT/build/configure-$preset.log" 2>&1 || {
    cat "$ROOT/build/configure-$preset.log" >&2
    die "cmake failed"
  }
  local targets=()
  [ $# = 0 ] || targets=(--target "$@")
  cmake --build --preset "$preset" "${targets[@]}" >&2
}
