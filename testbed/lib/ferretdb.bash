# FerretDB: how it is built, started, found and ended. Sourced by mongo, which sets MONGO.

FERRETDB=v1.24.2

# go_command: the Go on the PATH, else the usual place.
go_command() {
  command -v go && return 0
  [ -x /usr/local/go/bin/go ] && echo /usr/local/go/bin/go
}

# ferretdb_built: sets PROGRAM, built from its module if it is not in the cache.
ferretdb_built() {
  PROGRAM=$CACHE/ferretdb-$FERRETDB
  [ -x "$PROGRAM" ] && return 0
  local go version modules part=$CACHE/ferretdb.new.$$
  go=$(go_command) || die "go: not found (expected: Go 1.24 or newer on the PATH or in /usr/local/go; see https://go.dev/dl)"
  version=$("$go" env GOVERSION)
  [ "$(printf 'go1.24\n%s\n' "$version" | sort -V | head -n 1)" = go1.24 ] \
    || die "$go: $version (expected: go1.24 or newer; see https://go.dev/dl)"
  mkdir -p "$CACHE"
  exec 8> "$CACHE/ferretdb.lock"
  flock -w 900 8 || die "another command has been building FerretDB for 15 minutes; see: fuser -v $CACHE/ferretdb.lock"
  [ -x "$PROGRAM" ] && exec 8>&- && return 0
  say "building FerretDB $FERRETDB with $version, once; this takes minutes"
  rm -rf "$CACHE"/ferretdb.new.*
  mkdir "$part"
  # Its own go.sum pins what it is made of. It will not start without a file that its makers' build
  # would have written.
  if ! {
    modules=$("$go" env GOMODCACHE) \
      && (cd "$part" && GOFLAGS= "$go" mod download -json "github.com/FerretDB/FerretDB@$FERRETDB") \
      && cp -r "$modules/github.com/!ferret!d!b/!ferret!d!b@$FERRETDB" "$part/source" \
      && chmod -R u+w "$part/source" \
      && echo "$FERRETDB" > "$part/source/build/version/version.txt" \
      && cd "$part/source" \
      && GOFLAGS=-buildvcs=false GOTOOLCHAIN=local CGO_ENABLED=0 nice -n 10 "$go" build -trimpath \
        -tags ferretdb_no_postgresql -o "$part/ferretdb" ./cmd/ferretdb
  } > "$CACHE/ferretdb.log" 2>&1; then
    rm -rf "$part"
    die "FerretDB cannot be built: $(tail -n 1 "$CACHE/ferretdb.log") (all of it: $CACHE/ferretdb.log)"
  fi
  mv "$part/ferretdb" "$PROGRAM"
  rm -rf "$part"
  exec 8>&-
}

# ferretdb_pid: its process, by what the kernel says that it runs; nothing if it is off.
ferretdb_pid() {
  local pid
  for pid in $(cat "$MONGO/pid" 2> /dev/null); do
    [ "$(readlink "/proc/$pid/cwd" 2> /dev/null)" = "$MONGO" ] && grep -qz ferretdb "/proc/$pid/cmdline" && echo "$pid" && return 0
  done
  return 1
}

# ferretdb_secure: from now on with a user, a replica set and TLS; before the first start only.
ferretdb_secure() {
  [ ! -d "$MONGO/data" ] || die "--secure: mongo is there without (expected: testbed/mongo down before)"
  command -v openssl > /dev/null || die "openssl: not found (expected: OpenSSL's command, for --secure)"
  mkdir -p "$MONGO"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost \
    -addext 'subjectAltName=DNS:localhost,IP:127.0.0.1' -keyout "$MONGO/key.pem" -out "$MONGO/cert.pem" 2> /dev/null
  (umask 077 && openssl rand -hex 12 > "$MONGO/secure")
}

# ferretdb_addresses PORT: prints how a client names it.
ferretdb_addresses() {
  if [ -e "$MONGO/secure" ]; then
    say "mongo responds at mongodb://weir:$(cat "$MONGO/secure")@127.0.0.1:$1/?replicaSet=rs0"
    say "mongo responds at mongodb://weir:$(cat "$MONGO/secure")@localhost:$(($1 + 1))/?tls=true&tlsCAFile=$MONGO/cert.pem"
  else
    say "mongo responds at 127.0.0.1:$1"
  fi
}

ferretdb_responds() { (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null; }

# ferretdb_start PORT: on loopback, with telemetry off.
ferretdb_start() {
  local secure=()
  if [ -e "$MONGO/secure" ]; then
    secure=("--listen-tls=127.0.0.1:$(($1 + 1))" "--listen-tls-cert-file=$MONGO/cert.pem"
      "--listen-tls-key-file=$MONGO/key.pem" --repl-set-name=rs0 --test-enable-new-auth
      --setup-database=admin --setup-username=weir)
    export FERRETDB_SETUP_PASSWORD
    FERRETDB_SETUP_PASSWORD=$(cat "$MONGO/secure")
  fi
  ! ferretdb_responds "$1" || die "--port: $1 is taken (expected: a free one)"
  mkdir -p "$MONGO/data"
  echo "$1" > "$MONGO/port"
  (
    cd "$MONGO"
    exec 8>&- 9>&- < /dev/null >> log 2>&1
    exec setsid "$PROGRAM" --handler=sqlite --sqlite-url="file:$MONGO/data/" --listen-addr="127.0.0.1:$1" "${secure[@]}" \
      --debug-addr=- --telemetry=disable --state-dir="$MONGO" --log-level=warn
  ) &
  echo "$!" > "$MONGO/pid"
  until_true 30 ferretdb_responds "$1" || die "mongo: does not respond: $(tail -n 1 "$MONGO/log") (all of it: $MONGO/log)"
}

# ferretdb_end PID SIGNAL
ferretdb_end() {
  kill "-$2" "$1" 2> /dev/null || return 0
  until_true 10 is_gone "$1"
}

is_gone() { ! [ -e "/proc/$1" ] || grep -qs '^State:.Z' "/proc/$1/status"; }
