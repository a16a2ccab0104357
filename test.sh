#!/usr/bin/env bash
# Sets up whatever is missing, then checks everything: format, build without warnings, all tests.
# Arguments go to dotnet test, for example: ./test.sh --filter FullyQualifiedName~Sandboxing
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

eng/sdk.sh
eng/sandbox.sh
eng/browser.sh
eng/feed.sh >/dev/null

dotnet restore Integr8sCode.sln --verbosity quiet
echo "Checking the format"
dotnet format Integr8sCode.sln --no-restore --verify-no-changes
echo "Building"
dotnet build Integr8sCode.sln --no-restore --configuration Release --verbosity quiet --nologo -warnaserror -consoleLoggerParameters:NoSummary

results=artifacts/test-results
rm -rf "$results" && mkdir -p "$results"
status=0
dotnet test Integr8sCode.sln --no-build --configuration Release --nologo --results-directory "$results" \
  --logger "console;verbosity=minimal" --logger "trx;LogFilePrefix=tests" "$@" |
  sed -u '/^  Skipped /d; /\[SKIP\]$/d' || status=$? # their reasons are told below, once each

find "$results" -name '*.trx' -exec awk -f eng/results.awk {} +

# One result file for each test assembly; a skipped test counts in total but not in executed.
count() {
  find "$results" -name '*.trx' -exec sed -n "s/.*<Counters.* $1=\"\([0-9]*\)\".*/\1/p" {} + | awk '{ sum += $1 } END { print sum + 0 }'
}
passed=$(count passed) failed=$(count failed) skipped=$(($(count total) - $(count executed)))
((passed > 0 && failed == 0)) || status=1
echo "$passed passed, $failed failed$( ((skipped == 0)) || echo ", $skipped skipped")"
exit "$status"
