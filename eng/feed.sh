#!/usr/bin/env bash
# Asks the configured NuGet feed which optional packages it has and writes the answer to artifacts/feed.props, which
# Directory.Build.props imports. Asks only once, and again when the NuGet configuration or the versions change; --force asks anyway.
# Prints the answer as MSBuild properties (Feed.targets reads that line), or nothing where the old one still holds.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

answer=artifacts/feed.props

# Everything an answer depends on: our versions, and each configuration file that NuGet reads.
fingerprint() (
  shopt -s nullglob nocaseglob
  files=(Directory.Packages.props eng/Feed.csproj ~/.nuget/NuGet/{,config/}*.config ~/.config/NuGet/{,config/}*.config)
  directory=$PWD
  until [[ $directory == / ]]; do
    files+=("$directory"/[n]uget.config)
    directory=$(dirname "$directory")
  done
  cat "${files[@]}" | cksum | cut -d ' ' -f 1
)

holds() {
  local library
  [[ -f $answer ]] && grep -q "fingerprint $1 " "$answer" || return
  library=$(sed -n 's|.*<LibrdkafkaPath>\(.*\)</LibrdkafkaPath>.*|\1|p' "$answer")
  [[ -z $library || -f $library ]]
}

# Restoring is the only question that every kind of feed (folder, proxy, private) answers truthfully.
ask() {
  dotnet restore eng/Feed.csproj -p:Feature="$1" -p:Scratch="$scratch" -nodeReuse:false >"$scratch/$1.log" 2>&1 || touch "$scratch/$1.failed"
}

# Turns a failed restore into an answer: false where the feed lacks a package or refuses it, an error where it could not be asked.
answer_of() {
  local log=$scratch/$1.log reason
  if [[ ! -f $scratch/$1.failed ]]; then echo true && return; fi
  reason=$(grep --max-count 1 --only-matching 'NU[0-9]\{4\}: .*' "$log" || grep --max-count 1 error "$log" || cat "$log")
  if [[ $reason != NU* ]] || { grep -q 'error NU13' "$log" && ! grep -q 'does not indicate success: \(403\|404\|451\)' "$log"; }; then
    echo "error: could not ask the NuGet feed; is there a network? $reason" >&2
    exit 1
  fi
  echo "Doing without $1: ${reason%%. *}" >&2
  echo false
}

fingerprint=$(fingerprint)
if [[ ${1:-} != --force ]] && holds "$fingerprint"; then exit; fi

echo "Asking the NuGet feed which packages it has" >&2
mkdir -p artifacts
scratch=$(mktemp -d "$PWD/artifacts/feed.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
export DOTNET_CLI_UI_LANGUAGE=en NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT=2
for feature in Aspire Mongo Librdkafka; do ask "$feature" & done
wait

aspire=$(answer_of Aspire)
if [[ $aspire == true ]]; then
  ask AspireTools
  aspire=$(answer_of AspireTools)
fi
mongo=$(answer_of Mongo)
redist=$(answer_of Librdkafka)
library=
[[ $redist == true ]] || library=$(eng/librdkafka.sh)

cat >"$scratch/feed.props" <<PROPS
<Project>
  <!-- Written by eng/feed.sh; fingerprint $fingerprint of the NuGet configuration. -->
  <PropertyGroup>
    <UseAspire>$aspire</UseAspire>
    <UseMongo>$mongo</UseMongo>
    <UseRedistLibrdkafka>$redist</UseRedistLibrdkafka>
    <LibrdkafkaPath>$library</LibrdkafkaPath>
  </PropertyGroup>
</Project>
PROPS
mv "$scratch/feed.props" "$answer"
echo "UseAspire=$aspire;UseMongo=$mongo;UseRedistLibrdkafka=$redist"
