#!/usr/bin/env bash
# Installs the Debian packages named as arguments. Only root can: anyone else is told the one command to run.
set -euo pipefail

(($# > 0)) || exit 0
if ((EUID != 0)) || ! command -v apt-get >/dev/null; then
  echo "error: missing $*; run: sudo apt-get install --yes $*" >&2
  exit 1
fi

echo "Installing $*"
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get update --quiet && apt-get install --quiet --yes --no-install-recommends "$@"; } >/dev/null 2>&1; then
  echo "error: could not install $*; is there a network? To see why: apt-get install $*" >&2
  exit 1
fi
