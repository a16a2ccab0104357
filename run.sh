#!/usr/bin/env bash
# Sets up whatever is missing, then runs the whole platform until Ctrl-C.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'USAGE'
Usage: ./run.sh [--local | --aspire] [options]

Runs the platform with .NET Aspire where the NuGet feed has it and a container engine answers, and as plain local
processes otherwise. --local and --aspire force one of them. These are options of local mode, and choose it:

  --reset              start with empty data
  --data DIR           where data is kept (default .data)
  --api-port N         API (default 8080)
  --trace-port N       trace page and query API (default 16686)
  --otlp-port N        OTLP over HTTP (default 4318)
  --kafka-port N       Kafka broker (default 9092)
USAGE
}

engine_answers() {
  docker info >/dev/null 2>&1 || podman info >/dev/null 2>&1
}

mode=
local_option=
options=()
for argument in "$@"; do
  case $argument in
    --local | --aspire) mode=${argument#--} ;;
    --help | -h) usage && exit ;;
    --reset | --data | --*-port) local_option=$argument && options+=("$argument") ;;
    *) options+=("$argument") ;;
  esac
done
if [[ $mode == aspire && -n $local_option ]]; then
  echo "error: $local_option is an option of local mode; leave out --aspire" >&2
  exit 1
fi

eng/sdk.sh
eng/sandbox.sh
eng/feed.sh >/dev/null

why="as asked"
if ! grep -q '<UseAspire>true' artifacts/feed.props; then
  if [[ $mode == aspire ]]; then
    echo "error: the NuGet feed has no Aspire packages; run ./run.sh --local" >&2
    exit 1
  fi
  mode=local why="because the NuGet feed has no Aspire"
elif [[ -z $mode && -n $local_option ]]; then
  mode=local why="because of $local_option"
elif [[ -z $mode ]]; then
  if engine_answers; then
    mode=aspire why="because a container engine answers; ./run.sh --local does without"
  else
    mode=local why="because no container engine answers"
  fi
fi
case $mode in
  aspire) echo "With Aspire, in containers, $why" ;;
  local) echo "Local mode, plain processes, $why" ;;
esac

echo "Building"
if ! log=$(dotnet build Integr8sCode.AppHost --configuration Release --verbosity quiet --nologo 2>&1); then
  echo "$log" >&2
  exit 1
fi

if [[ $mode == aspire ]]; then
  exec dotnet run --project Integr8sCode.AppHost --configuration Release --no-build -- ${options[@]+"${options[@]}"}
fi
# The program itself rather than dotnet run, so that it gets every signal; it finds the runtime of the SDK that built it.
export DOTNET_ROOT=${DOTNET_ROOT:-$(dirname "$(readlink -f "$(command -v dotnet)")")}
exec artifacts/bin/Integr8sCode.AppHost/release/Integr8sCode.AppHost --local ${options[@]+"${options[@]}"}
