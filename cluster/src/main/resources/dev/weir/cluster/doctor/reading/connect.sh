# Tries TCP connections from this machine; each input line is "HOST PORT". Prints "HOST PORT STATE",
# where the state is open, refused, silent, unreachable or unknown. Nothing is sent.
PATH=/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin:$PATH
LC_ALL=C
export PATH LC_ALL

connect() {
  if command -v bash > /dev/null; then
    timeout 3 bash -c 'exec 3<> "/dev/tcp/$0/$1"' "$1" "$2" 2>&1
  elif command -v python3 > /dev/null; then
    timeout 4 python3 -c 'import socket, sys; socket.create_connection((sys.argv[1], int(sys.argv[2])), 3)' "$1" "$2" 2>&1
  elif command -v nc > /dev/null; then
    timeout 4 nc -z -v -w 3 "$1" "$2" 2>&1
  else
    return 99
  fi
}

try() {
  said=$(connect "$1" "$2" < /dev/null)
  code=$?
  case "$code $said" in
    0*) state=open ;;
    99*) state=unknown ;;
    124* | *[Tt]imed\ out* | *timeout*) state=silent ;;
    *efused*) state=refused ;;
    *[Nn]o\ route* | *nreachable*) state=unreachable ;;
    *) state=silent ;;
  esac
  echo "$1 $2 $state"
}

count=0
while read -r host port; do
  try "$host" "$port" &
  count=$((count + 1))
  [ $((count % 40)) != 0 ] || wait
done
wait
