#!/usr/bin/env bash
# make run: the whole product on this machine, from nothing. See `make help`.

# shellcheck source=configs/dev/lib.sh
. "$(dirname "$0")/lib.sh"
. configs/dev/install.sh
. configs/dev/postgres.sh
. configs/dev/redis.sh
. configs/dev/settings.sh
. configs/dev/stop.sh

program=$state/bin/smartagenda
started=''
child_file=$state/run/child.pid

main() {
  check_owner
  take_lock "$state/run/run.pid" "make run"
  on_exit stop_run
  # After a kill -9 the servers of the last run may still be at work.
  stop_servers
  need_go
  settings
  check_data
  install_servers
  secure
  started=yes
  start_postgres
  start_redis
  publish
  build
  start_program
  greet
  # From here on being told to stop is the ordinary end, not a failure.
  trap 'on_signal 0' HUP INT TERM
  watch
}

# The data can only be read by the PostgreSQL that made them, and only with
# the passwords and the master key of then.
check_data() {
  [ -n "$private_postgres" ] || return 0
  [ -d "$state/postgres/data" ] || return 0
  read -r pg_major <"$state/postgres/data/PG_VERSION"
  [ -e "$state/secrets" ] || die "The data in .local/postgres cannot be opened: their passwords were in .local/secrets, which is gone. Put it back, or run make reset to start afresh."
}

install_servers() {
  # shellcheck disable=SC2046 # words are words
  need $([ -z "$private_postgres" ] || echo postgres) $([ -z "$private_redis" ] || echo redis)
}

start_postgres() {
  [ -n "$private_postgres" ] || return 0
  pg_place "$state/postgres"
  # Only what `migrate` could not make for itself: its login and its database.
  pg_create "CREATE ROLE smartagenda_migrator LOGIN CREATEROLE PASSWORD '$(secret smartagenda_migrator 24)'" \
    "CREATE DATABASE smartagenda OWNER smartagenda_migrator TEMPLATE template0"
  say "Starting PostgreSQL on port $SMARTAGENDA_PG_PORT"
  pg_start "$SMARTAGENDA_PG_PORT" 'max_connections = 200' ||
    die "PostgreSQL did not start; its log: $pg_dir/log"
}

start_redis() {
  [ -n "$private_redis" ] || return 0
  say "Starting Redis on port $SMARTAGENDA_REDIS_PORT"
  redis_start "$state/redis" "$SMARTAGENDA_REDIS_PORT" "$(secret redis 24)" 'appendonly yes' ||
    die "Redis did not start; its log: .local/redis/log"
}

build() {
  say "Building (the first time this fetches the libraries)"
  mkdir -p "$state/bin" "$state/log"
  interruptible go build -o "$program" ./cmd/smartagenda || die "The build failed."
  mkdir -p "$SMARTAGENDA_DATA_DIR"
  chmod 700 "$SMARTAGENDA_DATA_DIR"
  say "Bringing the database up to date"
  interruptible "$program" migrate || die "smartagenda migrate failed."
  [ "$SMARTAGENDA_DEMO" = true ] || return 0
  interruptible "$program" demo || die "smartagenda demo failed."
}

start_program() {
  local part
  for part in serve worker; do
    if [ -e "$state/log/$part.log" ]; then mv "$state/log/$part.log" "$state/log/$part.log.1"; fi
    start_background "$state/run/$part.pid" "$state/log/$part.log" "$program" "$part"
  done
  await serve "$SMARTAGENDA_OPS_ADDR"
  await worker "$SMARTAGENDA_WORKER_OPS_ADDR"
}

# await PART ADDRESS waits until it says that it is ready.
await() {
  local tenths=600
  until http_ok "$2" /readyz; do
    ours "$state/run/$1.pid" "$program $1" || ended "$1"
    tenths=$((tenths - 1))
    [ "$tenths" -gt 0 ] || die "smartagenda $1 was not ready after a minute; its log: .local/log/$1.log"
    sleep 0.1
  done
}

ended() {
  tail -n 20 "$state/log/$1.log" >&2 || true
  die "smartagenda $1 ended by itself; above are the last lines of .local/log/$1.log"
}

# watch returns never: it ends the script when one of the servers is gone, or
# make, which does not always say so.
watch() {
  while :; do
    ours "$state/run/serve.pid" "$program serve" || ended serve
    ours "$state/run/worker.pid" "$program worker" || ended worker
    [ -z "$private_postgres" ] || ours "$pg_dir/data/postmaster.pid" "$pg_dir/data" ||
      die "PostgreSQL ended by itself; its log: $pg_dir/log"
    [ -z "$private_redis" ] || ours "$state/redis/redis.pid" "$state/redis/redis.conf" ||
      die "Redis ended by itself; its log: .local/redis/log"
    ! make_is_ending || exit 0
    sleep 1 &
    wait $!
  done
}

# GNU make passes on SIGTERM alone. A SIGHUP or SIGINT that reaches it and not
# us (not from Ctrl-C, which reaches both) leaves it waiting for us with that
# signal blocked; and killed, it tells nobody.
make_is_ending() {
  local blocked
  [ -n "${MAKELEVEL:-}" ] || return 1
  running "$PPID" || return 0
  [ -r "/proc/$PPID/status" ] || return 1
  blocked=$(sed -n 's/^SigBlk:[[:space:]]*//p' "/proc/$PPID/status" 2>/dev/null || true)
  # HUP, INT and TERM are the bits 0, 1 and 14.
  [ $((16#${blocked:-0} & 16#4003)) -ne 0 ]
}

greet() {
  local base slug
  base=$SMARTAGENDA_BASE_DOMAIN:$(port_of "$SMARTAGENDA_HTTP_ADDR")
  say "
SmartAgenda is ready.

  Site             http://$base"
  if [ "$SMARTAGENDA_DEMO" = true ]; then
    say "  Mails and SMS    http://$base/dev/messages
"
    for slug in cabinet-bellecour ecole-lingua salon-lumiere; do
      say "  SiteRDV          http://$slug.$base
  Agenda           http://$slug.$base/agenda   login owner@$slug.test"
    done
    say "  Console          http://admin.$base   logins staff@smartagenda.test, staff2@smartagenda.test

  Password of each login: demo-smartagenda-2026"
  fi
  say "
  Addresses and database logins: .local/env    Logs: .local/log/
  Ctrl-C stops everything; make run finds its data again; make reset forgets it.
"
}

stop_run() {
  [ -z "$started" ] || say "Stopping"
  stop_servers
  rm -f "$state/run/run.pid"
}

main
