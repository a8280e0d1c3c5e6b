# Bare machines: their Debian, the package source that they install from, and how they are switched on.
# Sourced by machines and node, after machine.bash and root.bash.

# A minimal server image: no Docker, no iptables, no tools beyond Debian's important ones.
MACHINE_PACKAGES=systemd,systemd-sysv,dbus,openssh-server,sudo,iproute2,iputils-ping,procps,kmod,ca-certificates,netbase
# What the package source has, with all that these depend on; and the server that it is served with.
SOURCE_PACKAGES='docker.io containerd iptables'
SOURCE_PORT=3142
SOURCE=http://$NET.1:$SOURCE_PORT

# machine_root: sets MACHINE to a folder with root (an installed Debian), packages (the source) and
# busybox; made if it is not there.
machine_root() {
  local key part=$CACHE/machine.new
  key=$(printf '%s %s 1' "$MACHINE_PACKAGES" "$SOURCE_PACKAGES" | cksum)
  MACHINE=$CACHE/machine-bookworm-${key%% *}
  [ -d "$MACHINE" ] && return 0
  say "installing a minimal Debian bookworm into $MACHINE, once"
  rm -rf --one-file-system "$part"
  mkdir -p "$part/packages"
  local fetch="apt-get install -qy --download-only --no-install-recommends busybox-static $SOURCE_PACKAGES"
  mmdebstrap --quiet --mode=root --variant=minbase --include="$MACHINE_PACKAGES" \
    --aptopt='Acquire::Check-Valid-Until "false"' --dpkgopt=force-unsafe-io \
    --customize-hook="chroot \"\$1\" apt-get clean" \
    --customize-hook="chroot \"\$1\" $fetch > '$CACHE/machine-apt.log' 2>&1" \
    --customize-hook="cp \"\$1\"/var/cache/apt/archives/*.deb '$part/packages/'" \
    bookworm "$part/root" > "$CACHE/machine.log" 2>&1 \
    || die "Debian bookworm cannot be installed: $(tail -n 1 "$CACHE/machine.log") (all of it: $CACHE/machine.log)"
  package_source "$part"
  finish_machine "$part/root"
  mv "$part" "$MACHINE"
}

# package_source FOLDER: makes a source for apt from the files in its folder packages. apt trusts it
# by what sources.list says, as there is nobody to sign it.
package_source() {
  local packages=$1/packages file size sum
  dpkg-deb -x "$packages"/busybox-static_*.deb "$1/busybox"
  rm "$packages"/busybox-static_*.deb
  for file in "$packages"/*.deb; do
    quick_package "$file" "$1/unpacked"
    rename_plain "$file"
  done
  for file in "$packages"/*.deb; do
    dpkg-deb --field "$file"
    read -r size sum <<< "$(size_and_sum "$file")"
    printf 'Filename: %s\nSize: %s\nSHA256: %s\n\n' "${file##*/}" "$size" "$sum"
  done > "$packages/Packages"
  {
    printf 'Origin: Debian\nLabel: Debian\nSuite: oldstable\nCodename: bookworm\nComponents: main\n'
    printf 'Architectures: %s\nDate: %s\nSHA256:\n' "$(dpkg --print-architecture)" "$(date -Ru)"
    read -r size sum <<< "$(size_and_sum "$packages/Packages")"
    printf ' %s %s Packages\n' "$sum" "$size"
  } > "$packages/Release"
}

size_and_sum() { echo "$(stat -c %s "$1") $(sha256sum < "$1" | cut -d' ' -f1)"; }

# quick_package FILE FOLDER: packs a large package again so that it unpacks in a tenth of the time.
# An old dpkg here cannot, and leaves it as it is.
quick_package() {
  [ "$(stat -c %s "$1")" -gt 2000000 ] || return 0
  rm -rf "$2"
  dpkg-deb -R "$1" "$2" && dpkg-deb --root-owner-group -Zzstd -z1 -b "$2" "$1.quick" > /dev/null 2>&1 && mv "$1.quick" "$1"
  rm -rf "$2" "$1.quick"
}

# A file's name without the epoch's escaped colon.
rename_plain() { [[ $1 != *%3a* ]] || mv "$1" "${1//%3a/.}"; }

# What the first setup of a cloud image does; and no service that would touch the kernel's settings
# or devices, which all machines share.
finish_machine() {
  local root=$1 unit
  chroot "$root" apt-get clean
  rm -rf "$root"/var/lib/apt/lists/* "$root"/etc/apt/sources.list.d/* "$root"/etc/machine-id "$root"/var/lib/dbus/machine-id
  rm -f "$root"/etc/ssh/ssh_host_* "$root"/etc/apt/apt.conf.d/*mmdebstrap* "$root"/etc/dpkg/dpkg.cfg.d/*mmdebstrap*
  echo "deb [trusted=yes] $SOURCE ./" > "$root/etc/apt/sources.list"
  echo force-unsafe-io > "$root/etc/dpkg/dpkg.cfg.d/testbed" # disks that nobody needs after a power failure of the host
  chroot "$root" useradd --create-home --shell /bin/bash --uid 1000 admin
  echo 'admin ALL=(ALL) NOPASSWD:ALL' > "$root/etc/sudoers.d/90-admin"
  chmod 440 "$root/etc/sudoers.d/90-admin"
  for unit in systemd-sysctl systemd-modules-load systemd-udevd systemd-udev-trigger systemd-logind systemd-networkd \
    systemd-networkd-wait-online systemd-resolved systemd-firstboot getty@tty1 console-getty systemd-remount-fs \
    apt-daily apt-daily-upgrade e2scrub_reap; do
    ln -sf /dev/null "$root/etc/systemd/system/$unit.service"
  done
  for unit in dev-hugepages.mount sys-kernel-debug.mount sys-kernel-tracing.mount sys-kernel-config.mount \
    sys-fs-fuse-connections.mount proc-sys-fs-binfmt_misc.automount proc-sys-fs-binfmt_misc.mount \
    systemd-udevd-control.socket systemd-udevd-kernel.socket apt-daily.timer apt-daily-upgrade.timer; do
    ln -sf /dev/null "$root/etc/systemd/system/$unit"
  done
}

# source_on: serves the packages at the hub's address. The server is one of the hub's processes and
# ends with it.
source_on() {
  source_responds && return 0
  (
    exec 9<&-
    cd /
    join hub
    exec env -i setsid nsenter --net="/proc/$(pid_of hub)/ns/net" \
      "$(cat "$STATE/machine-root")/../busybox/bin/busybox" httpd -f -p "$NET.1:$SOURCE_PORT" -h "$(cat "$STATE/machine-root")/../packages"
  ) < /dev/null > "$STATE/hub/source.log" 2>&1 &
  disown
  until_true 10 source_responds || die "the package source does not respond: $(tail -n 1 "$STATE/hub/source.log")"
}

source_responds() { nsenter --net="/proc/$(pid_of hub)/ns/net" bash -c "exec 3<> /dev/tcp/$NET.1/$SOURCE_PORT"; } 2> /dev/null

# bare_new NAME: its folder, with the host key that everybody knows it by.
bare_new() {
  local folder=$STATE/machines/$1
  [ -e "$STATE/machine-key" ] || ssh-keygen -q -t ed25519 -N '' -C weir-testbed -f "$STATE/machine-key"
  [ ! -d "$folder/hostkeys" ] || return 0
  rm -rf "$folder"
  mkdir -p "$folder/hostkeys.part"
  ssh-keygen -q -t ed25519 -N '' -C "root@$1" -f "$folder/hostkeys.part/ssh_host_ed25519_key"
  sed -i "/^$1,/d" "$STATE/machine-known-hosts" 2> /dev/null || true
  echo "$1,$(address_of "$1") $(cut -d' ' -f1,2 "$folder/hostkeys.part/ssh_host_ed25519_key.pub")" >> "$STATE/machine-known-hosts"
  mv "$folder/hostkeys.part" "$folder/hostkeys"
}

# ssh_to NAME ARG...: logs in as admin.
ssh_to() {
  local name=$1
  shift
  nsenter --net="/proc/$(pid_of hub)/ns/net" ssh -F none -i "$STATE/machine-key" -o IdentitiesOnly=yes -o BatchMode=yes \
    -o UserKnownHostsFile="$STATE/machine-known-hosts" -o StrictHostKeyChecking=yes -o ConnectTimeout=10 -o LogLevel=ERROR \
    "admin@$(address_of "$name")" "$@"
}

# inside NAME COMMAND...: as root on the machine.
inside() {
  local name=$1 pid
  shift
  pid=$(pid_of "$name") || die "$name is off (to switch it on: testbed/machines start $name)"
  nsenter --target "$pid" --all --root --wd env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
    DEBIAN_FRONTEND=noninteractive "$@"
}

# Booted, and sshd responds. It does not log in: a changed host key or clock must not matter.
bare_responds() {
  local knock="exec 3<> /dev/tcp/$(address_of "$1")/22 && read -rt 2 -u 3 line && [[ \$line == SSH-* ]]"
  inside "$1" systemctl is-active --quiet multi-user.target && nsenter --net="/proc/$(pid_of hub)/ns/net" bash -c "$knock"
}

await_bare() {
  until_true 60 bare_responds "$1" \
    || die "$1: its sshd does not respond; see $STATE/machines/$1/log and: testbed/machines exec $1 journalctl"
}

# bare_row NAME: its line of status; fails if it is not on.
bare_row() {
  local state has='no Docker'
  state=$(machine_state "$1")
  [ "$state" = on ] || has=unknown
  if [ "$state" = on ] && inside "$1" test -S /run/docker.sock; then
    has=$(inside "$1" timeout 5 docker info --format 'Docker {{.ServerVersion}}, swarm {{.Swarm.LocalNodeState}}' 2> /dev/null) || has='Docker does not respond'
  fi
  printf '%-6s %-14s %-8s %s\n' "$1" "$(address_of "$1")" "$state" "$has"
  [ "$state" = on ]
}
