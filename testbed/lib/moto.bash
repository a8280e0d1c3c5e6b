# Moto: how it is installed, started, found and ended. Sourced by moto, which sets MOTO.

MOTO_VERSION=5.2.0

# moto_installed: sets PROGRAM, installed in a Python environment of its own in the cache.
moto_installed() {
  local home=$CACHE/moto-$MOTO_VERSION log=$CACHE/moto.log
  PROGRAM=$home/bin/moto_server
  [ -e "$home/complete" ] && return 0
  command -v python3 > /dev/null || die "python3: not found (expected: Python 3.9 or newer; Debian: python3-venv)"
  mkdir -p "$CACHE"
  exec 8> "$CACHE/moto.lock"
  flock -w 600 8 || die "another command has been installing Moto for 10 minutes; see: fuser -v $CACHE/moto.lock"
  [ -e "$home/complete" ] && exec 8>&- && return 0
  say "installing Moto $MOTO_VERSION from PyPI, once; this takes a minute"
  rm -rf "$home"
  if ! { python3 -m venv "$home" && "$home/bin/pip" install --disable-pip-version-check "moto[server]==$MOTO_VERSION"; } \
    > "$log" 2>&1; then
    die "Moto cannot be installed: $(tail -n 1 "$log") (all of it: $log; Debian needs python3-venv)"
  fi
  touch "$home/complete"
  exec 8>&-
}

# moto_pid: its process, by what the kernel says that it runs; nothing if it is off.
moto_pid() {
  local pid
  for pid in $(cat "$MOTO/pid" 2> /dev/null); do
    [ "$(readlink "/proc/$pid/cwd" 2> /dev/null)" = "$MOTO" ] && grep -qz moto_server "/proc/$pid/cmdline" && echo "$pid" && return 0
  done
  return 1
}

moto_responds() { (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null; }

# moto_start PORT: on loopback.
moto_start() {
  ! moto_responds "$1" || die "port $1: in use by something else (expected: a free one; --port N)"
  mkdir -p "$MOTO"
  echo "$1" > "$MOTO/port"
  (
    cd "$MOTO"
    exec setsid "$PROGRAM" -H 127.0.0.1 -p "$1" > "$MOTO/log" 2>&1 < /dev/null
  ) &
  echo $! > "$MOTO/pid"
  until_true 60 moto_responds "$1" || die "moto: no response on port $1 after 60 s: $(tail -n 1 "$MOTO/log")"
}

# moto_stop: ends it if it runs.
moto_stop() {
  local pid
  pid=$(moto_pid) || return 0
  kill "$pid"
  until_true 10 moto_is_gone "$pid" || kill -9 "$pid"
}

moto_is_gone() { ! kill -0 "$1"; }
