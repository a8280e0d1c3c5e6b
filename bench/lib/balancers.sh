# Starts and stops the load balancers of bench/tails, one at a time. Sourced by bench/tails.
#
# Each gets its own configuration, pid file and logs in a folder and stays in the foreground. The peers
# are set as in production: connections are kept on both sides, timeouts are a minute, and there is room
# for every connection. HAProxy checks its servers each second; nginx and Weir keep their defaults.
# The number of threads is each one's own default, one for each core.
#
# It uses: work, weir, connections (how many may be open), replica_ports, slots.

# balancer_needs NAME: the command that it takes, and the Debian package that has it.
balancer_needs() {
  case $1 in
    haproxy-*) echo haproxy haproxy ;;
    nginx-*) echo nginx nginx-light ;;
  esac
}

# balancer_start NAME FOLDER PORT: starts it, waits until it listens, and sets balancer_pid.
balancer_start() {
  local name=$1 folder=$2 port=$3
  mkdir -p "$folder"
  case $name in
    haproxy-*)
      haproxy_config "$name" "$port" > "$folder/haproxy.cfg"
      haproxy -db -f "$folder/haproxy.cfg" >> "$folder/log" 2>&1 &
      ;;
    nginx-*)
      nginx_config "$name" "$port" "$folder" > "$folder/nginx.conf"
      nginx -e "$folder/error.log" -p "$folder" -c "$folder/nginx.conf" >> "$folder/log" 2>&1 &
      ;;
    weir*)
      local args=() replica
      for replica in $replica_ports; do args+=(--replica "http://127.0.0.1:$replica"); done
      case $name in
        weir-rr) args+=(--policy round-robin) ;;
        weir-lr) args+=(--policy least-requests) ;;
      esac
      "$weir" balance "${args[@]}" --listen "127.0.0.1:$port" --admin off >> "$folder/log" 2>&1 &
      ;;
  esac
  balancer_pid=$!
  started "$balancer_pid"
  await_port "$port" "$balancer_pid" || die_later "$name did not start; see $folder/log"
}

# balancer_stop NAME PID: by its own graceful way; by force after 45 s.
balancer_stop() {
  local signal=TERM
  case $1 in
    haproxy-*) signal=USR1 ;;
    nginx-*) signal=QUIT ;;
  esac
  kill -s "$signal" "$2" 2> /dev/null || true
  await_end "$2" 45
}

haproxy_config() {
  local algorithm=leastconn maxconn= replica number=0
  [ "$1" != haproxy-rr ] || algorithm=roundrobin
  [ "$1" != haproxy-maxconn ] || maxconn=" maxconn $slots"
  cat << END
global
  maxconn $connections
  hard-stop-after 30s
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  timeout queue 60s
  timeout http-keep-alive 60s
  option redispatch
  http-reuse always
frontend clients
  bind 127.0.0.1:$2
  default_backend replicas
backend replicas
  balance $algorithm
END
  for replica in $replica_ports; do
    number=$((number + 1))
    echo "  server replica-$number 127.0.0.1:$replica check inter 1s$maxconn"
  done
}

# The zone lets nginx's workers share what they know of the replicas.
nginx_config() {
  local replica
  cat << END
daemon off;
worker_processes auto;
worker_rlimit_nofile $((connections * 2 + 500));
pid $3/nginx.pid;
events { worker_connections $((connections * 2 + 200)); }
http {
  access_log off;
  client_body_temp_path $3/body;
  proxy_temp_path $3/proxy;
  fastcgi_temp_path $3/fastcgi;
  uwsgi_temp_path $3/uwsgi;
  scgi_temp_path $3/scgi;
  keepalive_timeout 60s;
  keepalive_requests 1000000;
  upstream replicas {
    zone replicas 512k;
END
  [ "$1" != nginx-lc ] || echo "    least_conn;"
  for replica in $replica_ports; do echo "    server 127.0.0.1:$replica;"; done
  cat << END
    keepalive 512;
    keepalive_requests 1000000;
  }
  server {
    listen 127.0.0.1:$2 backlog=4096;
    location / {
      proxy_pass http://replicas;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_connect_timeout 5s;
      proxy_read_timeout 60s;
      proxy_send_timeout 60s;
    }
  }
}
END
}
