#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# with-display.sh PROGRAM [ARGUMENT…]: runs PROGRAM on a virtual display of its own, with nothing of the user's session in reach.
set -eu

command -v Xvfb > /dev/null || {
  echo '1..0 # SKIP Xvfb is not installed'
  exit 0
}

dir=$(mktemp -d)
server=
clean () {
  if [ -n "$server" ]; then
    kill "$server" 2> /dev/null || true
    wait "$server" 2> /dev/null || true
  fi
  rm -rf "$dir"
}
trap clean EXIT
trap 'exit 143' TERM INT

unset WAYLAND_DISPLAY DESKTOP_STARTUP_ID
export XDG_CONFIG_HOME="$dir/config" XDG_CACHE_HOME="$dir/cache"
# with-bus.sh around this brings a bus with a keyring; else it is a keyring in a file of this run: libsecret then needs no bus.
if [ -z "${BATON_TEST_BUS:-}" ]; then
  unset DBUS_SESSION_BUS_ADDRESS
  mkdir -m 700 "$dir/run"
  export XDG_RUNTIME_DIR="$dir/run" XDG_DATA_HOME="$dir/data"
  export SECRET_BACKEND=file SECRET_FILE_TEST_PATH="$dir/keyring" SECRET_FILE_TEST_PASSWORD='a keyring of a test'
fi

# The server picks a free number itself and tells it when it listens.
mkfifo "$dir/number"
Xvfb -displayfd 3 -screen 0 1280x900x24 -nolisten tcp 3> "$dir/number" > "$dir/log" 2>&1 &
server=$!
read -r number < "$dir/number" || {
  echo 'Bail out! Xvfb did not start'
  sed 's/^/# /' "$dir/log"
  exit 1
}
export DISPLAY=":$number" GDK_BACKEND=x11
status=0
"$@" || status=$?
exit "$status"
