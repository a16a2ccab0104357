#!/usr/bin/env bash
# Provides the browser in which the pages are tested. Without one those tests skip, so nothing here stops the others.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

for program in chromium chromium-browser google-chrome; do
  if command -v "$program" >/dev/null; then exit; fi
done

if ((EUID == 0)); then
  ./apt.sh chromium && exit
fi
echo "The pages will not be tested in a browser: sudo apt-get install --yes chromium"
