#!/usr/bin/env bash
# Checks that the .NET SDK which global.json asks for is installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

wanted=$(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' global.json)
if ! command -v dotnet >/dev/null; then
  echo "error: no .NET SDK found; install $wanted or a later ${wanted%.*.*} from https://dot.net/download" >&2
  exit 1
fi
if ! dotnet --version >/dev/null 2>&1; then
  found=$(dotnet --list-sdks 2>/dev/null | cut -d ' ' -f 1 | paste -s -d ' ' -)
  echo "error: global.json asks for .NET SDK $wanted or a later ${wanted%.*}.x, found ${found:-none}; see https://dot.net/download" >&2
  exit 1
fi
