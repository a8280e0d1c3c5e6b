# The file system that nodes run on: Debian packages unpacked into a folder of their own.
# Sourced by up and images. Nothing is installed on this machine but mmdebstrap and iproute2: a
# docker.io of its own would start a daemon, close the FORWARD chain, and be there after `down`.

# What a node needs to run an engine, and the hub a registry.
NODE_PACKAGES=base-files,bash,ca-certificates,coreutils,docker-registry,docker.io,iproute2,iptables,kmod,mount,procps,util-linux

# install_missing COMMAND=PACKAGE...: the few tools of this machine, by apt; these beside what all need.
install_missing() {
  local tool missing=()
  for tool in mmdebstrap=mmdebstrap ip=iproute2 nsenter=util-linux "$@"; do
    command -v "${tool%=*}" > /dev/null || missing+=("${tool#*=}")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get > /dev/null \
    || die "${missing[*]}: not installed, and there is no apt-get (expected: Debian or Ubuntu, or these tools)"
  say "installing ${missing[*]}"
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "${missing[@]}"; } \
    > "$CACHE/apt.log" 2>&1 || die "apt-get cannot install ${missing[*]}: $(tail -n 1 "$CACHE/apt.log") (all of it: $CACHE/apt.log)"
}

# unpack SUITE PACKAGES FOLDER: packages and what they depend on, unpacked, not configured. It has
# its name only once it is whole, so that one cut short is never used.
unpack() {
  local suite=$1 packages=$2 folder=$3
  rm -rf --one-file-system "$folder".part.*
  local part=$folder.part.$$
  if ! mmdebstrap --quiet --variant=extract --include="$packages" \
    --aptopt='Acquire::Check-Valid-Until "false"' "$suite" "$part" > "$CACHE/unpack.log" 2>&1; then
    rm -rf --one-file-system "$part"
    return 1
  fi
  mv "$part" "$folder"
}

# engine_root SUITE: sets ROOT to the folder, made if it is not there.
engine_root() {
  local suite=$1 packages=$NODE_PACKAGES
  [ "$suite" = bookworm ] || packages=$packages,docker-cli
  local key
  key=$(printf '%s 2' "$packages" | cksum)
  ROOT=$CACHE/engine-$suite-${key%% *}
  [ -d "$ROOT" ] && return 0
  say "unpacking Docker Engine and what it needs from Debian $suite into $ROOT"
  unpack "$suite" "$packages" "$CACHE/engine.new" \
    || die "Debian $suite cannot be unpacked: $(tail -n 1 "$CACHE/unpack.log") (all of it: $CACHE/unpack.log)"
  finish_root "$suite" "$CACHE/engine.new"
  mv "$CACHE/engine.new" "$ROOT"
}

# What the packages' own scripts would have done, as far as it matters here.
finish_root() {
  local suite=$1 root=$2 tool
  for tool in iptables iptables-save iptables-restore ip6tables ip6tables-save ip6tables-restore; do
    ln -sf "${tool/tables/tables-nft}" "$root/usr/sbin/$tool"
  done
  cat "$root"/usr/share/ca-certificates/mozilla/*.crt > "$root/etc/ssl/certs/ca-certificates.crt" 2> /dev/null || true
  rm -rf "$root/var/run" "$root/var/lock" # what is there must be gone after a power failure
  ln -s /run "$root/var/run"
  ln -s /run/lock "$root/var/lock"
  echo 'root:x:0:0:root:/root:/bin/bash' > "$root/etc/passwd"
  printf 'root:x:0:\ndocker:x:999:\n' > "$root/etc/group"
  rm -rf "$root"/usr/share/{doc,man,locale} "$root"/var/cache/apt "$root"/var/lib/apt
}
