# Prints what this machine is: a line KEY=VALUE for each fact. Changes nothing.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
LC_ALL=C
export PATH LC_ALL
say() { printf '%s=%s\n' "$1" "$2"; }
have() { command -v "$1" > /dev/null 2>&1; }

# What hangs must not hold up the check.
soon() { if have timeout; then timeout 10 "$@"; else "$@"; fi; }

ID='' ID_LIKE='' VERSION_ID='' PRETTY_NAME=''
[ ! -r /etc/os-release ] || . /etc/os-release
say os "$ID"
say os.like "$ID_LIKE"
say os.version "$VERSION_ID"
say os.name "$PRETTY_NAME"
say arch "$(uname -m)"
say kernel "$(uname -r)"
say hostname "$(uname -n)"
say user "$(id -un)"
say groups "$(id -Gn)"

if [ "$(id -u)" = 0 ]; then
  sudo=root
elif ! have sudo; then
  sudo=absent
elif soon sudo -n true > /dev/null 2>&1; then
  sudo=yes
else
  sudo=no
fi
say sudo "$sudo"
as_root() {
  case $sudo in
    root) soon "$@" ;;
    yes) soon sudo -n "$@" ;;
    *) return 1 ;;
  esac
}

while read -r key value _; do
  [ "$key" != MemTotal: ] || say memory.kib "$value"
done < /proc/meminfo
df -Pk /var/lib | {
  read -r _
  read -r _ _ _ free _
  say disk.kib "$free"
}

# A module counts as there if it is loaded, built in, or among the kernel's files.
module() {
  local files=/lib/modules/$(uname -r)
  if [ -d "/sys/module/$1" ] || grep -qw "$1" /proc/filesystems; then
    echo yes
  elif [ ! -e "$files/modules.dep" ]; then
    echo unknown
  elif grep -qs "/$1\.ko" "$files/modules.dep" "$files/modules.builtin"; then
    echo yes
  else
    echo no
  fi
}
for name in overlay vxlan bridge; do say "module.$name" "$(module "$name")"; done

# Lines "N: eth0    inet 10.0.0.4/24 ..."; those of Docker itself are of no use to others.
if have ip; then
  ip -o -4 addr show scope global | while read -r _ card _ address _; do
    case $card in docker* | br-* | veth* | virbr* | lo) continue ;; esac
    say address "$card ${address%%/*} $(cat "/sys/class/net/$card/mtu" 2> /dev/null)"
  done
fi

have systemctl && [ -d /run/systemd/system ] && say systemd yes
for name in apt-get dnf yum; do have "$name" && say "has.$name" yes; done
for name in python3 perl; do have "$name" && say "has.$name" "$(command -v "$name")"; done
for name in /usr /bin /lib /lib64; do [ -d "$name" ] && say folder "$name"; done
[ "$(cat /sys/module/apparmor/parameters/enabled 2> /dev/null)" = Y ] && say apparmor yes
have getenforce && say selinux "$(getenforce)"
have firewall-cmd && [ "$(as_root firewall-cmd --state 2> /dev/null)" = running ] && say firewall firewalld
have ufw && as_root ufw status 2> /dev/null | grep -q '^Status: active' && say firewall ufw
if have cloud-init; then
  case $(soon cloud-init status 2> /dev/null) in *running* | *'not started'* | *'not run'*) say cloud-init running ;; esac
fi
grep -qs '^enabled *= *1' /etc/yum.repos.d/docker-ce.repo && say docker.repository yes

if have dockerd; then
  path=$(readlink -f "$(command -v dockerd)")
  say docker.version "$(soon dockerd --version 2> /dev/null)"
  if have dpkg-query; then
    package=$(dpkg-query -S "$path" 2> /dev/null)
    say docker.package "${package%%:*}"
  elif have rpm; then
    say docker.package "$(rpm -qf --queryformat '%{NAME}' "$path" 2> /dev/null)"
  fi
fi
[ -e /snap/bin/docker ] && say docker.snap yes
have podman && [ "$(readlink -f "$(command -v docker)")" = "$(readlink -f "$(command -v podman)")" ] && say docker.podman yes
for name in /run/user/*/docker.sock; do [ -S "$name" ] && say docker.rootless "$name"; done
[ -S /var/run/docker.sock ] && as_root grep -qs . /var/run/docker.pid && say docker.running yes

# Who this machine is in a swarm stands in its certificate, which is public; its key stays unread.
certificate=$(as_root base64 -w 0 /var/lib/docker/swarm/certificates/swarm-node.crt 2> /dev/null) && say swarm "$certificate"
[ -z "$certificate" ] && as_root test -e /var/lib/docker/swarm/docker-state.json && say swarm.pending yes
say end yes
