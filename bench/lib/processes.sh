# However bench/tails ends, it stops by process id what it started. Sourced by bench/tails.

pids=()

started() {
  pids+=("$1")
}

# stop_all: ends all that is left, within some seconds.
stop_all() {
  local pid
  for pid in "${pids[@]}"; do kill "$pid" 2> /dev/null || true; done
  for pid in "${pids[@]}"; do await_end "$pid" 5; done
  pids=()
}

# await_end PID SECONDS: waits for a process to end after a signal; then kills it.
await_end() {
  local left=$(($2 * 20)) rest=() pid
  while kill -0 "$1" 2> /dev/null && [ $((left -= 1)) -gt 0 ]; do sleep .05; done
  kill -KILL "$1" 2> /dev/null || true
  wait "$1" 2> /dev/null || true
  for pid in "${pids[@]}"; do [ "$pid" = "$1" ] || rest+=("$pid"); done
  pids=("${rest[@]}")
}

# await_port PORT PID: until something listens on it; fails after 20 s, or once the process has ended.
await_port() {
  local left=400
  until listens "$1"; do
    [ $((left -= 1)) -gt 0 ] && kill -0 "$2" 2> /dev/null || return 1
    sleep .05
  done
}

listens() {
  (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null
}

# free_port: sets port to one below the range from which the kernel takes those of clients.
free_port() {
  local tries
  for ((tries = 0; tries < 200; tries++)); do
    port=$((RANDOM % 14000 + 18000))
    [[ " $taken_ports " == *" $port "* ]] || listens "$port" || {
      taken_ports+=" $port"
      return 0
    }
  done
  die_later "no free port from 18000 to 31999 in 200 tries"
}
taken_ports=

# nap SECONDS: a sleep that signals end.
nap() {
  sleep "$1" &
  local pid=$!
  started "$pid"
  wait "$pid" || true
  await_end "$pid" 1
}
