#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# with-bus.sh SITUATION PROGRAM [ARGUMENT…]: runs PROGRAM where SITUATION holds, with nothing of the user's session in reach.
set -eu

situation=$1
shift
here=$(cd "$(dirname "$0")" && pwd)
password='a keyring of a test'

skip () {
  echo "1..0 # SKIP $1"
  exit 0
}

if [ -z "${BATON_TEST_BUS:-}" ]; then
  dir=$(mktemp -d)
  trap 'rm -rf "$dir"' EXIT
  mkdir -m 700 "$dir/run" "$dir/data"
  unset DBUS_SESSION_BUS_ADDRESS DISPLAY WAYLAND_DISPLAY GNOME_KEYRING_CONTROL SECRET_BACKEND
  export XDG_RUNTIME_DIR="$dir/run" XDG_DATA_HOME="$dir/data" BATON_TEST_SITUATION="$situation"

  case $situation in
    file)
      export SECRET_BACKEND=file SECRET_FILE_TEST_PATH="$dir/keyring" SECRET_FILE_TEST_PASSWORD="$password"
      # libsecret leaks the etag of its file at each writing (g_file_replace_contents_finish() overwrites the last one), from a
      # stack that names only GIO, as much else does. The other situations look for leaks.
      export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0"
      "$@"
      exit
      ;;
    no-bus)
      "$@"
      exit
      ;;
  esac

  command -v dbus-run-session > /dev/null || skip 'dbus-run-session is not installed'

  # No services to start by themselves: neither a keyring nor a dialog that no one would answer.
  cat > "$dir/bus.conf" <<END
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=$dir/run</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
END
  BATON_TEST_BUS=1 dbus-run-session --config-file="$dir/bus.conf" -- "$0" "$situation" "$@"
  exit
fi

wait_for_service () {
  gdbus wait --session --timeout 20 org.freedesktop.secrets
}

# Our own strictness is not the daemon's: it logs warnings of its own.
daemon () {
  exec env -u G_DEBUG -u MALLOC_CHECK_ -u MALLOC_PERTURB_ \
    gnome-keyring-daemon --foreground --components=secrets "$@" > /dev/null 2>&1
}

start_keyring () {
  command -v gnome-keyring-daemon > /dev/null || skip 'gnome-keyring-daemon is not installed'
  if [ "$1" = unlocked ]; then
    printf %s "$password" > "$XDG_RUNTIME_DIR/password"
    daemon --unlock < "$XDG_RUNTIME_DIR/password" &
  else
    daemon < /dev/null &
  fi
  service=$!
  wait_for_service
}

stop_service () {
  kill "$service"
  wait "$service" || true
}

case $situation in
  no-service)
    "$@"
    ;;
  keyring)
    start_keyring unlocked
    "$@"
    stop_service
    ;;
  locked)
    # One that has something of ours, and was not unlocked since the user came.
    start_keyring unlocked
    BATON_TEST_SITUATION=seed "$@" > "$XDG_RUNTIME_DIR/seed.log" 2>&1 || {
      sed 's/^/# /' "$XDG_RUNTIME_DIR/seed.log"
      exit 1
    }
    stop_service
    start_keyring locked
    "$@"
    stop_service
    ;;
  prompts)
    python=/usr/bin/python3
    "$python" -c 'import gi' 2> /dev/null || skip 'the gi module of /usr/bin/python3 is not installed'
    # One that ends well, because the test told it to go away, comes back.
    (
      child=
      trap 'kill $child; exit' TERM
      while :; do
        "$python" "$here/mock-secret-service.py" &
        child=$!
        wait $child || exit
      done
    ) &
    service=$!
    wait_for_service
    "$@"
    stop_service
    ;;
esac
