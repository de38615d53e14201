# buf, the linter and formatter of protos, as the npm registry has it: one static binary, no Node.
BUF_VERSION=1.75.0
BUF_SHA256=98b19d4b2b46130e083157490c54dfdcb8ea771e53204d3c6a06a2b12edd0503

# Prints nothing; afterwards $BUF is the binary.
ensure_buf() {
  local folder=$ROOT/build/buf-$BUF_VERSION archive=$ROOT/build/buf-$BUF_VERSION.tgz
  BUF=$folder/package/bin/buf
  [ ! -x "$BUF" ] || return 0
  [ "$(uname -sm)" = "Linux x86_64" ] || die "buf is fetched for Linux on x86_64 only"
  say "fetching buf $BUF_VERSION from the npm registry"
  mkdir -p "$folder"
  curl --fail --silent --show-error --location --retry 3 --max-time 300 --output "$archive" \
    "https://registry.npmjs.org/@bufbuild/buf-linux-x64/-/buf-linux-x64-$BUF_VERSION.tgz"
  echo "$BUF_SHA256  $archive" | sha256sum --check --quiet || die "the archive of buf is not the one expected"
  tar -xzf "$archive" -C "$folder" package/bin/buf
  rm "$archive"
}
