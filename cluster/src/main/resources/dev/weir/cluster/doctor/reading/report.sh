# Reports what a node of a swarm shows of itself. It reads only, and leaves nothing behind.
# Each part begins with "@@ NAME EXIT-CODE"; its lines are indented by one space.
PATH=/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin:$PATH
LC_ALL=C
export PATH LC_ALL

as_root=
if [ "$(id -u)" = 0 ]; then
  rights=root
elif sudo -n true 2> /dev/null < /dev/null; then
  rights=root as_root='sudo -n'
else
  rights=none
fi

run() { timeout 6 "$@" 2> /dev/null < /dev/null; }
root() { run $as_root "$@"; }

part() {
  said=$("$1")
  printf '@@ %s %s\n' "$1" "$?"
  printf '%s\n' "$said" | head -c 262144 | while IFS= read -r line; do printf ' %s\n' "$line"; done
}

user() { echo "$rights"; }
info() { root docker info --format '{{json .}}'; }

# The socket may be known by either path; a filter matches either value.
holders() {
  root docker ps --no-trunc --filter volume=/var/run/docker.sock --filter volume=/run/docker.sock \
    --format '{{.Names}}|{{.Image}}|{{.Ports}}|{{.Label "com.docker.swarm.service.name"}}'
}

cards() {
  for card in /sys/class/net/*; do
    [ ! -r "$card/mtu" ] || echo "${card##*/} $(cat "$card/mtu")"
  done
}

addresses() { run ip -o addr show; }
routes() { run ip -4 route show; }
disk() { run df -Pk "$folder"; }
inodes() { run df -Pi "$folder"; }
listening() { root ss -ltnp; }

# Only certificates: a key in the same file must stay where it is.
certificate() {
  pem=$(root cat "$folder/swarm/certificates/swarm-node.crt") || return 1
  case $pem in *"PRIVATE KEY"*) return 1 ;; *) echo "$pem" ;; esac
}

# Only the settings that matter here.
settings() {
  [ "$rights" = root ] || [ -r /etc/docker/daemon.json ] || [ ! -e /etc/docker/daemon.json ] || return 1
  text=$(root cat /etc/docker/daemon.json | tr -d ' \t\n')
  for setting in '"live-restore":true' '"iptables":false'; do
    case $text in *"$setting"*) echo "$setting" ;; esac
  done
}

forward() { root iptables -S FORWARD; }

firewall() {
  ! run firewall-cmd --state > /dev/null || echo firewalld
  case $(root ufw status) in *"Status: active"*) echo ufw ;; esac
}

ipvs() {
  if [ -e /proc/net/ip_vs ]; then
    echo loaded
  elif run modprobe -n -q ip_vs; then
    echo module
  else
    case $(run cat "/lib/modules/$(uname -r)/modules.builtin" "/lib/modules/$(uname -r)/modules.dep") in
      */ip_vs.ko*) echo module ;;
      *) echo none ;;
    esac
  fi
}

# An engine warns each time a member answers it by TCP and not by UDP.
gossip() {
  [ -n "$(root journalctl -u docker -n 1 -o cat --no-pager -q)" ] || return 1
  root journalctl -u docker --since '-1 min' -o cat --no-pager -q | grep -c 'memberlist: Was able to connect to'
  return 0
}

folder=$(root docker info --format '{{.DockerRootDir}}')
folder=${folder:-/var/lib/docker}

for one in user info holders cards addresses routes disk inodes listening certificate settings forward \
  firewall ipvs gossip; do
  part "$one"
done
