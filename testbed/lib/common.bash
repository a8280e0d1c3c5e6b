# What all commands of the testbed share: places, addresses, messages, and how machines are found.
# Sourced, never run. A machine is the hub (bridge and registry), a node (a Docker Engine) or a bare
# machine (Debian with sshd, and nothing else yet).
#
# No pid is kept in a file: a machine is the control group of its name, and what runs in it is what
# the kernel says. So nothing can be stale after a kill -9 or a reboot.

export LC_ALL=C
HERE=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
STATE=${WEIR_TESTBED:-/var/tmp/weir-testbed}
CACHE=${WEIR_TESTBED_CACHE:-/var/cache/weir-testbed}

# 198.18.0.0/15 is set aside for benchmarks (RFC 2544): no network of yours and none of Docker's.
NET=198.18.0
REGISTRY=$NET.1:5000

say() { printf 'testbed: %s\n' "$*" >&2; }
die() {
  printf 'testbed: %s\n' "$*" >&2
  exit 2
}

# The comment at the head of a command is its help.
usage() {
  sed -n '2,/^$/{s/^# \{0,1\}//p}' "$0"
  exit 0
}

need_root() {
  [ "$(uname -s)" = Linux ] || die "$(uname -s): Linux expected; namespaces are what nodes are made of"
  [ "$(id -u)" = 0 ] || die "user: $(id -un) (expected: root; try: sudo $0)"
}

case $STATE in
  /?*) ;;
  *) die "WEIR_TESTBED: '$STATE' (expected: an absolute path)" ;;
esac
[ ${#STATE} -le 70 ] || die "WEIR_TESTBED: ${#STATE} characters (expected: <= 70; a socket's path has a limit)"
STATE=${STATE%/}
case $CACHE in
  /?*) ;;
  *) die "WEIR_TESTBED_CACHE: '$CACHE' (expected: an absolute path)" ;;
esac
ID=$(printf %s "$STATE" | cksum)
ID=${ID%% *}

# Control groups, version 1 (one tree each) or 2 (a single one).
if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
  CGROUPS=2 TREES=(/sys/fs/cgroup) FREEZER=/sys/fs/cgroup
else
  CGROUPS=1 TREES=(/sys/fs/cgroup/*) FREEZER=/sys/fs/cgroup/freezer
fi
OURS=weir-testbed/$ID

# members NAME: the processes of a machine, containers and what `exec` runs included.
members() {
  local dir=$FREEZER/$OURS/$1
  [ -d "$dir" ] && find "$dir" -name cgroup.procs -exec cat {} + 2> /dev/null
}

# pid_of NAME: its first process, the one that is number 1 in there; nothing if it is off.
pid_of() {
  local pid key numbers
  for pid in $(members "$1"); do
    while read -r key numbers; do
      [ "$key" = NSpid: ] && [ "${numbers#*[[:space:]]}" = 1 ] && echo "$pid" && return 0
    done 2> /dev/null < "/proc/$pid/status"
  done
  return 1
}

# The nodes that this testbed has, on or off, the manager first.
nodes() {
  local dir
  for dir in "$STATE"/nodes/m1 "$STATE"/nodes/w[0-9]*; do
    [ ! -d "$dir" ] || echo "${dir##*/}"
  done | sort -t w -k 2n
}

# The bare machines that this testbed has, on or off.
bare_machines() {
  local dir
  for dir in "$STATE"/machines/b[1-9]; do
    [ ! -d "$dir" ] || echo "${dir##*/}"
  done
}

is_bare() { [[ $1 =~ ^b[1-9]$ ]] && [ -d "$STATE/machines/$1" ]; }

# folder_of NAME: a machine's disks, log and sockets.
folder_of() {
  case $1 in
    hub) echo "$STATE/hub" ;;
    b*) echo "$STATE/machines/$1" ;;
    *) echo "$STATE/nodes/$1" ;;
  esac
}

is_node() { [[ $1 =~ ^(m1|w[0-9]+)$ ]] && [ -d "$STATE/nodes/$1" ]; }

need_node() {
  is_node "$1" || is_bare "$1" && return 0
  local known
  known=$({ nodes && bare_machines; } | paste -sd ' ')
  [ -n "$known" ] || die "no testbed is up in $STATE (to bring it up: testbed/up)"
  die "${1:-no node}: not a node (expected: one of $known)"
}

address_of() {
  case $1 in
    hub) echo "$NET.1" ;;
    m1) echo "$NET.11" ;;
    w*) echo "$NET.$((20 + ${1#w}))" ;;
    b*) echo "$NET.$((40 + ${1#b}))" ;;
  esac
}

# A bare machine's socket is where its own engine made it, seen through its first process.
socket_of() {
  case $1 in
    b*) echo "/proc/$(pid_of "$1")/root/run/docker.sock" ;;
    *) echo "$STATE/nodes/$1/docker.sock" ;;
  esac
}

# The docker command line: the one on the PATH, else the one that came with the engine.
docker_cli() {
  command -v docker || echo "$(cat "$STATE/engine")/usr/bin/docker"
}

# on NODE ARGS: docker, against that node's engine.
on() {
  local node=$1
  shift
  env -u DOCKER_TLS_VERIFY -u DOCKER_CERT_PATH -u DOCKER_API_VERSION -u DOCKER_CONTEXT \
    DOCKER_HOST="unix://$(socket_of "$node")" DOCKER_CLI_HINTS=false DOCKER_BUILDKIT=0 "$(docker_cli)" "$@"
}

# until_true SECONDS COMMAND: tries it ten times a second; fails when the time is over.
until_true() {
  local end=$((SECONDS + $1))
  shift
  until "$@" > /dev/null 2>&1; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 0.1
  done
}

# One command at a time changes testbeds. The lock is on a folder that stays.
lock() {
  mkdir -p "$CACHE"
  exec 9< "$CACHE"
  flock -n 9 && return 0
  say "waiting for another testbed command to end"
  flock -w 300 9 || die "another testbed command has held $CACHE for 300 s; see: fuser -v $CACHE"
}
