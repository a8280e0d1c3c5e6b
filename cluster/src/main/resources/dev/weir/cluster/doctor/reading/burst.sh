# Sends datagrams of one byte: the input line is "HOST PORT COUNT". A port for VXLAN drops them.
PATH=/usr/bin:/bin:/usr/local/bin:$PATH
export PATH

read -r host port count
if command -v bash > /dev/null; then
  bash -c 'exec 3<> "/dev/udp/$0/$1" && for ((i = 0; i < $2; i++)); do printf x >&3; done; :' "$host" "$port" "$count" 2> /dev/null
elif command -v python3 > /dev/null; then
  python3 -c '
import socket, sys
host, port, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
udp = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM)
for _ in range(count):
    udp.sendto(b"x", (host, port))
' "$host" "$port" "$count" 2> /dev/null
else
  exit 99
fi
