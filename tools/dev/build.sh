# ./dev build [PRESET]
word_build() {
  ensure_packages build
  mkdir -p build
  build_preset "${1:-dev}"
}
