# Sends to ports of other machines, or sends back what comes to ports of this one.
#   listen SECONDS TARGETS             opens ports, prints a line for each, and goes on in the background
#   serve SECONDS TARGETS              the same in the foreground
#   send SECONDS SIZES HOSTS TARGETS   prints a line HOST TARGET SIZE RESULT for each
# TARGETS are tcp:PORT and udp:PORT; all lists have commas.
import os, select, signal, socket, sys, threading


def opened(target):
    protocol, port = target.split(":")
    kind = socket.SOCK_STREAM if protocol == "tcp" else socket.SOCK_DGRAM
    made = socket.socket(socket.AF_INET, kind)
    if protocol == "tcp":
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind(("", int(port)))
    if protocol == "tcp":
        made.listen(64)
    return made


def echo(connection):
    try:
        data = connection.recv(65536)
        while data:
            connection.sendall(data)
            data = connection.recv(65536)
    except OSError:
        pass
    connection.close()


def serve(sockets, seconds):
    signal.alarm(seconds)
    while True:
        for ready in select.select(sockets, [], [])[0]:
            if ready.type == socket.SOCK_DGRAM:
                data, peer = ready.recvfrom(65536)
                ready.sendto(data, peer)
            else:
                threading.Thread(target=echo, args=(ready.accept()[0],), daemon=True).start()


def listen(background, seconds, targets):
    sockets = []
    for target in targets.split(","):
        try:
            sockets.append(opened(target))
            print("open", target)
        except OSError as e:
            print("busy", target, e.strerror)
    sys.stdout.flush()
    if background:
        child = os.fork()
        if child:
            print("pid", child)
            return
        os.setsid()
        for stream in (0, 1, 2):
            os.dup2(os.open(os.devnull, os.O_RDWR), stream)
    if sockets:
        serve(sockets, seconds)


def exchanged(seconds, size, host, target):
    protocol, port = target.split(":")
    sent = bytes(i * 7 % 251 for i in range(size))
    kind = socket.SOCK_STREAM if protocol == "tcp" else socket.SOCK_DGRAM
    with socket.socket(socket.AF_INET, kind) as peer:
        peer.settimeout(seconds if protocol == "tcp" else seconds / 3)
        peer.connect((host, int(port)))
        for attempt in range(3):
            peer.send(sent) if protocol == "udp" else peer.sendall(sent)
            got = b""
            try:
                while len(got) < size:
                    more = peer.recv(65536)
                    if not more:
                        return "closed"
                    got += more
                return "ok" if got == sent else "different"
            except socket.timeout:
                if protocol == "tcp":
                    raise
        return "timeout"


def send(seconds, size, host, target):
    try:
        result = exchanged(seconds, size, host, target)
    except ConnectionRefusedError:
        result = "refused"
    except socket.timeout:
        result = "timeout"
    except OSError as e:
        result = (e.strerror or "failed").lower().replace(" ", "-")
    sys.stdout.write("%s %s %d %s\n" % (host, target, size, result))


mode, seconds = sys.argv[1], int(sys.argv[2])
if mode == "send":
    sizes, hosts, targets = [word.split(",") for word in sys.argv[3:6]]
    threads = [
        threading.Thread(target=send, args=(seconds, int(size), host, target))
        for host in hosts
        for target in targets
        for size in sizes
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
else:
    listen(mode == "listen", seconds, sys.argv[3])
