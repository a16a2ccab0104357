#!/usr/bin/env bash
# Prints the path of a librdkafka of exactly the Kafka client's version, building it first where the cache has none.
# For NuGet feeds without librdkafka.redist. The sources are those bundled in Confluent's npm package.
set -euo pipefail

version=2.15.1
package=@confluentinc/kafka-javascript@1.10.1
sha256=ada7d703bb1d3237e2292bfabf438d663b6160c9f1ac2a2406b5dc4257c81b66

cache=${XDG_CACHE_HOME:-$HOME/.cache}/integr8scode/librdkafka/$version
library=$cache/librdkafka.so

fail() {
  echo "error: librdkafka: $*" >&2
  exit 1
}

require_tools() {
  local packages=()
  command -v npm >/dev/null || packages+=(npm)
  command -v gcc >/dev/null || packages+=(gcc libc6-dev)
  command -v make >/dev/null || packages+=(make)
  "$(dirname "${BASH_SOURCE[0]}")/apt.sh" ${packages[@]+"${packages[@]}"} >&2
}

download() {
  npm pack "$package" --loglevel=error --fetch-retries=1 >npm.log 2>&1 ||
    fail "could not download $package with npm; is there a network? $(grep -m 1 error npm.log || true)"
  echo "$sha256  $(echo ./*.tgz)" | sha256sum --check --status ||
    fail "the checksum of $package is not the expected one; nothing was built"
}

build() {
  tar -xzf ./*.tgz --strip-components=3 package/deps/librdkafka
  { # only the C library is built, so any program may stand in for the C++ compiler that configure insists on
    ./configure --cxx=gcc --disable-sasl --disable-ssl --disable-curl --disable-zstd --disable-lz4-ext --disable-gssapi &&
      make -C src -j"$(getconf _NPROCESSORS_ONLN)" librdkafka.so.1 &&
      strip --strip-unneeded src/librdkafka.so.1
  } >build.log 2>&1 || fail "the build failed: $(tail -n 1 build.log)"
}

if [[ ! -f $library ]]; then
  [[ $(uname -s) == Linux ]] || fail "the NuGet feed has no librdkafka.redist, and it is built from source on Linux only"
  require_tools
  mkdir -p "$cache"
  exec 9>"$cache/lock"
  flock 9
fi
if [[ ! -f $library ]]; then # nobody built it while we waited for the lock
  echo "Building librdkafka $version (about a minute, once)" >&2
  rm -rf "$cache"/build.* # of a build that was killed
  scratch=$(mktemp -d "$cache/build.XXXXXX") # beside the target, so that the move is atomic
  trap 'rm -rf "$scratch"' EXIT
  cd "$scratch"
  download
  build
  mv src/librdkafka.so.1 "$library"
fi
echo "$library"
