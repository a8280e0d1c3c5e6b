# What can go wrong with a bare machine. Sourced by machines, after bare.bash.

# hold_lock NAME SECONDS: as on a fresh cloud machine that still installs its updates. It takes all
# that apt-get update, apt-get install and dpkg want.
hold_lock() {
  inside "$1" systemctl stop testbed-lock.service 2> /dev/null || true
  inside "$1" sh -c 'rm -f /run/testbed-lock && cat > /run/testbed-lock.pl' < "$HERE/lib/hold-lock.pl"
  [ "$2" != 0 ] || return 0
  inside "$1" systemd-run --quiet --collect --unit testbed-lock perl /run/testbed-lock.pl "$2"
  until_true 10 inside "$1" test -e /run/testbed-lock || die "$1: its package manager is at work (expected: idle)"
}

# hub_rules ARG...: the firewall in the hub's bridge, where packets between machines pass. No machine
# sees it, as with a cloud's security group.
hub_rules() { nsenter --target "$(pid_of hub)" --all --root --wd /usr/sbin/ebtables-nft "$@"; }

# block ONE OTHER PORTS: drops all packets between these two to and from these ports.
block() {
  local port protocol from to one other direction
  one=$(address_of "$1") other=$(address_of "$2")
  for port in ${3//,/ }; do
    for direction in "$one $other" "$other $one"; do
      read -r from to <<< "$direction"
      if [ "$port" = all ]; then
        drop "$from" "$to"
        continue
      fi
      for protocol in tcp udp; do
        [[ $port != */* || $port == */$protocol ]] || continue
        drop "$from" "$to" --ip-proto "$protocol" --ip-dport "${port%/*}"
        drop "$from" "$to" --ip-proto "$protocol" --ip-sport "${port%/*}"
      done
    done
  done
}

drop() {
  local from=$1 to=$2 chain=FORWARD
  shift 2
  [ "$from" != "$NET.1" ] || chain=OUTPUT
  [ "$to" != "$NET.1" ] || chain=INPUT
  hub_rules -A "$chain" -p IPv4 --ip-src "$from" --ip-dst "$to" "$@" -j DROP
}

# clock_library: sets LIBRARY, compiled by this machine's compiler or else by a small one from Debian.
clock_library() {
  local key
  [ "$(uname -m)" = x86_64 ] || die "clock: $(uname -m) (expected: x86_64; see lib/clock.c)"
  key=$(cksum < "$HERE/lib/clock.c")
  LIBRARY=$CACHE/clock-${key%% *}.so
  [ ! -e "$LIBRARY" ] || return 0
  if command -v cc > /dev/null; then
    cc -shared -fPIC -O2 -nostdlib -fno-stack-protector -o "$LIBRARY.part.$$" "$HERE/lib/clock.c" || die "clock: cc cannot compile $HERE/lib/clock.c"
  else
    [ -d "$CACHE/clock-tcc" ] || unpack bookworm tcc "$CACHE/clock-tcc" \
      || die "clock: no cc here, and Debian's tcc cannot be unpacked: $(tail -n 1 "$CACHE/unpack.log")"
    chroot "$CACHE/clock-tcc" /usr/bin/tcc -nostdlib -nostdinc -shared -o /clock.so - < "$HERE/lib/clock.c" || die "clock: tcc cannot compile $HERE/lib/clock.c"
    mv "$CACHE/clock-tcc/clock.so" "$LIBRARY.part.$$"
  fi
  mv "$LIBRARY.part.$$" "$LIBRARY"
}

# set_clock NAME OFFSET: a new offset counts at once; the first one restarts the services that tell
# the time, since the library has to be loaded into them.
set_clock() {
  inside "$1" mkdir -p /usr/lib/testbed
  if ! inside "$1" test -e /etc/ld.so.preload; then
    [ "$2" != 0 ] || return 0
    clock_library
    inside "$1" sh -c 'cat > /usr/lib/testbed/clock.so' < "$LIBRARY"
    write_offset "$1" "$2"
    inside "$1" sh -c 'echo /usr/lib/testbed/clock.so > /etc/ld.so.preload'
    inside "$1" systemctl try-restart ssh containerd docker 2> /dev/null || true
  else
    write_offset "$1" "$2"
  fi
}

# Written in place, because it is mapped.
write_offset() { printf '%+011d\n' "$2" | inside "$1" dd of=/usr/lib/testbed/clock conv=notrunc status=none; }

# new_host_key NAME: as after a machine was made anew under the same address.
new_host_key() {
  inside "$1" sh -c 'rm -f /etc/ssh/ssh_host_* && ssh-keygen -q -t ed25519 -N "" -f /etc/ssh/ssh_host_ed25519_key && systemctl restart ssh'
}

# no_sudo NAME: admin still logs in and has sudo's command, and would need a password that nobody knows.
no_sudo() { inside "$1" rm -f /etc/sudoers.d/90-admin; }

# give_sudo NAME
give_sudo() {
  inside "$1" sh -c 'umask 227; echo "admin ALL=(ALL) NOPASSWD:ALL" > /etc/sudoers.d/90-admin'
}

# install_docker NAME: what `apt-get install docker.io` does, and nothing if that was done before.
install_docker() {
  inside "$1" sh -c 'command -v dockerd > /dev/null || { apt-get update -q && apt-get install -qy docker.io; }' \
    > "$STATE/machines/$1/apt.log" 2>&1 \
    || die "$1: Docker cannot be installed: $(tail -n 1 "$STATE/machines/$1/apt.log") (all of it: $STATE/machines/$1/apt.log)"
  inside "$1" systemctl is-active --quiet docker || die "$1: Docker does not start; see: testbed/machines exec $1 journalctl -u docker"
}

# trust_registry NAME: its engine, now or later, may pull from the testbed's registry, which has no TLS.
# An engine that runs takes this up without a restart.
trust_registry() {
  # shellcheck disable=SC2016 # they are the machine's variables
  inside "$1" sh -c '
    file=/etc/docker/daemon.json
    mkdir -p /etc/docker
    if grep -qs "\"$1\"" "$file"; then
      exit 0
    elif [ ! -e "$file" ] || [ "$(tr -d "[:space:]" < "$file")" = "{}" ]; then
      printf "{\"insecure-registries\": [\"%s\"]}\n" "$1" > "$file"
    elif grep -q insecure-registries "$file"; then
      exit 3
    else
      sed -i "0,/{/s//{\"insecure-registries\": [\"$1\"],/" "$file"
    fi
    ! systemctl is-active --quiet docker || systemctl reload docker' sh "$REGISTRY" \
    || die "$1: /etc/docker/daemon.json names other insecure registries (expected: none, or $REGISTRY among them)"
}
