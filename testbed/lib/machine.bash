# Machines: switched on, off, and gone. Sourced.

# join NAME: puts the calling shell into the machine's control groups, which are made here.
join() {
  local tree level path
  for tree in "${TREES[@]}"; do
    [ -L "$tree" ] && continue
    path=$tree
    for level in weir-testbed "$ID" "$1"; do
      [ "$CGROUPS" = 2 ] && delegate "$path"
      mkdir -p "$path/$level"
      [ -e "$path/cpuset.cpus" ] && inherit_cpus "$path" "$path/$level"
      path=$path/$level
    done
    echo "$BASHPID" > "$path/cgroup.procs"
  done
}

# Version 2: children may have what the parent has.
delegate() {
  local controller
  for controller in $(cat "$1/cgroup.controllers"); do
    echo "+$controller" > "$1/cgroup.subtree_control" || true
  done
}

# Version 1: a new cpuset is empty, and nothing may enter it.
inherit_cpus() {
  cat "$1/cpuset.cpus" > "$2/cpuset.cpus"
  cat "$1/cpuset.mems" > "$2/cpuset.mems"
}

# power_on NAME SERVICE ARG...: starts its first process and puts its network card in. Its folder is
# what it has on disk. A bare machine has no service but systemd.
power_on() {
  local name=$1 folder init=init root
  folder=$(folder_of "$1")
  root=$(cat "$STATE/engine")
  [[ $name != b* ]] || { init=bare-init && root=$(cat "$STATE/machine-root"); }
  shift
  mkdir -p "$folder"
  rm -f "$folder/docker.sock"
  (
    exec 9<&- # the lock is not for those who stay
    cd /
    join "$name"
    # A shell's exported variables must not make nodes differ. `container` keeps the engine from
    # AppArmor: a node lacks its tools.
    exec env -i PATH="$PATH" container=weir setsid unshare --fork --kill-child --pid --net --mount --uts --ipc --cgroup \
      "$HERE/lib/$init" "$folder" "$name" "$(address_of "$name")/24" "$root" "$@"
  ) < /dev/null > "$folder/log" 2>&1 &
  disown
  until_true 10 pid_of "$name" || die "$name does not start: $(tail -n 1 "$folder/log")"
  [ "$name" = hub ] || plug "$name"
}

# plug NODE: a cable from the hub's bridge into the node. The address of the card never changes, so
# that a node that was off is found again at once. It has its name only once it is whole, so that
# one cut short does not look like one that is cut on purpose.
plug() {
  local node=$1 pid last
  pid=$(pid_of "$node")
  last=$(address_of "$node")
  bridge_ip link del "$node" 2> /dev/null || true
  bridge_ip link del "new-$node" 2> /dev/null || true
  bridge_ip link add "new-$node" type veth peer name eth0 netns "$pid" \
    || die "$node: its network card cannot be made (see the message above)"
  nsenter --net="/proc/$pid/ns/net" ip link set eth0 address "$(printf '02:77:00:00:00:%02x' "${last##*.}")"
  bridge_ip link set "new-$node" master br0
  printf 'link set new-%s name %s\nlink set %s up\n' "$node" "$node" "$node" | bridge_ip -batch -
}

# ip, as the hub sees it.
bridge_ip() { nsenter --net="/proc/$(pid_of hub)/ns/net" ip "$@"; }

# hub_ready: switches it on if it is off. The cables of the others ended in it, so they go off first.
hub_ready() {
  if ! pid_of hub > /dev/null; then
    # shellcheck disable=SC2046 # they are words
    all_off $(nodes) $(bare_machines) hub
    say "hub: bridge and registry $REGISTRY"
    hub_on
  fi
  until_true 10 bridge_ip link show br0 || die "the hub has no bridge: $(tail -n 1 "$STATE/hub/log")"
}

# Switched on and connected: an `up` that was killed may have left it disconnected.
plugged() { pid_of "$1" > /dev/null && bridge_ip link show "$1" > /dev/null 2>&1; }

# The registry's files are the cache's, as the hub's disk: images outlive the testbed.
hub_on() {
  mkdir -p "$STATE/hub" "$CACHE/registry"
  ln -sfn "$CACHE/registry" "$STATE/hub/data"
  cat > "$STATE/hub/registry.yml" << END
version: 0.1
log: {level: warn, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: /var/lib/docker}, delete: {enabled: true}}
http: {addr: "$REGISTRY"}
END
  power_on hub docker-registry serve /testbed/registry.yml
}

node_on() {
  power_on "$1" dockerd --host unix:///run/docker.sock --host unix:///testbed/docker.sock \
    --data-root /var/lib/docker --insecure-registry "$REGISTRY" --exec-opt native.cgroupdriver=cgroupfs
}

# freeze NAME FROZEN|THAWED: all its processes at once, containers included.
freeze() {
  local group=$FREEZER/$OURS/$1
  [ -d "$group" ] || return 0
  if [ "$CGROUPS" = 2 ]; then
    [ "$2" = FROZEN ] && echo 1 > "$group/cgroup.freeze" || echo 0 > "$group/cgroup.freeze"
  else
    echo "$2" > "$group/freezer.state"
  fi
}

is_frozen() {
  case $(cat "$FREEZER/$OURS/$1/freezer.state" "$FREEZER/$OURS/$1/cgroup.freeze" 2> /dev/null) in
    FROZEN | FREEZING | 1) return 0 ;;
  esac
  return 1
}

# machine_state NAME: its state from the kernel's view.
machine_state() {
  pid_of "$1" > /dev/null || { echo off && return; }
  is_frozen "$1" && echo paused && return
  [ "$1" = hub ] || bridge_ip link show "$1" up 2> /dev/null | grep -q . || { echo cut && return; }
  echo on
}

no_members() { [ -z "$(members "$1")" ]; }

# power_off NAME: as when the cable is pulled. Nothing gets to end in order.
power_off() {
  local pid
  freeze "$1" THAWED
  pid=$(pid_of "$1") && kill -9 "$pid" 2> /dev/null
  until_true 15 off_by_now "$1" || die "$1: these processes do not die: $(members "$1" | tr '\n' ' ')"
}

# all_off NAME...: like power_off, but they die at the same time; each takes the kernel seconds.
all_off() {
  local name pid
  for name in "$@"; do
    freeze "$name" THAWED
    pid=$(pid_of "$name") && kill -9 "$pid" 2> /dev/null
  done
  for name in "$@"; do power_off "$name"; done
}

off_by_now() {
  local pids
  pids=$(members "$1")
  [ -z "$pids" ] && return 0
  # shellcheck disable=SC2086 # they are words
  kill -9 $pids
  return 1
}

# shut_down NAME: in order, as `shutdown` does; pulls the cable when it takes too long.
shut_down() {
  local pid signal=TERM
  [[ $1 != b* ]] || signal=RTMIN+4 # systemd's word for it
  freeze "$1" THAWED
  pid=$(pid_of "$1") && kill -"$signal" "$pid"
  until_true 40 no_members "$1" || true
  power_off "$1"
}

# Removes the control groups that are left, the deepest first.
forget_groups() {
  local tree
  for tree in "${TREES[@]}"; do
    [ -d "$tree/weir-testbed" ] || continue
    find "$tree/$OURS" -depth -type d -exec rmdir {} + 2> /dev/null
    rmdir "$tree/weir-testbed" 2> /dev/null # stays while another testbed is up
  done
  ! compgen -G "$FREEZER/$OURS" > /dev/null
}
