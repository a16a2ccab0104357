#!/usr/bin/env bash
# Provides what the script sandbox needs: bubblewrap, setpriv and Python, and further interpreters where they can be had.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

if [[ $(uname -s) != Linux ]]; then
  echo "error: scripts run in a Linux sandbox (bubblewrap); use Linux, WSL 2 or a Linux virtual machine" >&2
  exit 1
fi

required=()
command -v bwrap >/dev/null || required+=(bubblewrap)
command -v setpriv >/dev/null || required+=(util-linux)
[[ -x /usr/bin/python3 ]] || required+=(python3)
optional=()
command -v node >/dev/null || optional+=(nodejs) # any node that is there stays
command -v perl >/dev/null || optional+=(perl)
command -v ruby >/dev/null || optional+=(ruby)

if ((EUID == 0)); then
  ./apt.sh ${required[@]+"${required[@]}"} ${optional[@]+"${optional[@]}"}
else
  ./apt.sh ${required[@]+"${required[@]}"}
  ((${#optional[@]} == 0)) || echo "Languages that are not installed will not be offered: sudo apt-get install --yes ${optional[*]}"
fi

oldest=0.8.0 # the first with --disable-userns
version=$(bwrap --version | cut -d ' ' -f 2)
if [[ $(printf '%s\n' "$oldest" "$version" | sort -V | head -n 1) != "$oldest" ]]; then
  echo "error: bubblewrap $version is too old; $oldest or newer is needed" >&2
  exit 1
fi

# Only who is not root needs them; Ubuntu 23.10 and later refuse them unless told otherwise.
if ((EUID != 0)) && ! problem=$(bwrap --unshare-user --ro-bind / / true 2>&1); then
  if [[ $(cat /proc/sys/kernel/apparmor_restrict_unprivileged_userns 2>/dev/null) == 1 ]]; then
    echo "error: bubblewrap may make no user namespace; run: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0" >&2
  else
    echo "error: bubblewrap cannot start a sandbox here ($problem); docs/deploy.md says what it needs" >&2
  fi
  exit 1
fi
