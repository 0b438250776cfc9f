# shellcheck shell=bash
# A PostgreSQL and a Redis to throw away, for tests and measurements: on free
# ports, in .local/KIND/<process id>, gone when the script ends. Any number of
# them may run at once. SMARTAGENDA_TEST_DATABASE_URL (a superuser's) and
# SMARTAGENDA_TEST_REDIS_URL, when the caller sets them, are used instead.

instance='' scratch='' own_postgres='' own_redis=''

# begin KIND clears away what killed runs left and makes the folder of this one.
begin() {
  check_owner
  sweep "$1"
  instance=$state/$1/$$
  on_exit discard_own
  mkdir -p "$instance"
  # Programs under test write below TMPDIR. Browsers put sockets there, whose
  # paths must be short, so it cannot be in the clone.
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/smartagenda-$1.XXXXXX")
  echo "$scratch" >"$instance/scratch"
  child_file=$instance/child.pid
  # No test may reach the servers that the caller's own settings point to.
  local name
  for name in "${!SMARTAGENDA_@}"; do
    case $name in SMARTAGENDA_TEST_*) ;; *) unset "$name" ;; esac
  done
  [ -n "${SMARTAGENDA_TEST_DATABASE_URL:-}" ] || own_postgres=yes
  [ -n "${SMARTAGENDA_TEST_REDIS_URL:-}" ] || own_redis=yes
}

# servers_needed prints what must be installed for the rest to work.
servers_needed() {
  [ -z "$own_postgres" ] || echo postgres
  [ -z "$own_redis" ] || echo redis
}

# start_own_postgres SETTING…
start_own_postgres() {
  local password port try
  [ -n "$own_postgres" ] || return 0
  pg_place "$instance/postgres"
  password=$(random_hex 16)
  pg_create "CREATE ROLE smartagenda_test LOGIN SUPERUSER PASSWORD '$password'"
  for try in 1 2 3 4 5; do
    port=$(random_port)
    if pg_start "$port" "$@" 2>"$instance/start.log"; then
      export SMARTAGENDA_TEST_DATABASE_URL="postgres://smartagenda_test:$password@127.0.0.1:$port/postgres?sslmode=disable"
      return
    fi
    # Somebody may have taken the port in between.
    grep -qi 'in use' "$pg_dir/log" || break
  done
  die "PostgreSQL did not start (attempt $try): $(cat "$instance/start.log")"
}

# start_own_redis SETTING…
start_own_redis() {
  local password port try
  [ -n "$own_redis" ] || return 0
  password=$(random_hex 16)
  for try in 1 2 3 4 5; do
    port=$(random_port)
    if redis_start "$instance/redis" "$port" "$password" "$@"; then
      export SMARTAGENDA_TEST_REDIS_URL="redis://:$password@127.0.0.1:$port/0"
      return
    fi
  done
  die "Redis did not start (attempt $try)."
}

# discard_own STATUS ends this run's servers; after a failure their logs stay.
discard_own() {
  local logs=$instance-logs
  if [ "$1" -ne 0 ] && [ "$1" -lt 128 ] && [ -e "$instance/redis/log" ]; then
    mkdir -p "$logs"
    cp "$instance/redis/log" "$logs/redis.log"
    [ -z "$own_postgres" ] || cp "$instance/postgres/log" "$logs/postgres.log"
    say "The servers' logs: ${logs#"$root/"}"
  fi
  discard "$instance"
}

# discard DIR ends all that belongs to that run, then deletes its folders.
discard() {
  local dir=$1 tmp='' pid
  [ ! -e "$dir/scratch" ] || read -r tmp <"$dir/scratch"
  if ours "$dir/child.pid" "go -C $root "; then stop_group "$(pid_in "$dir/child.pid")"; fi
  # Browsers and helpers that left the process group.
  if [ -n "$tmp" ]; then
    for pid in $(pids_with "$tmp"); do kill -s KILL "$pid" 2>/dev/null || true; done
  fi
  redis_stop "$dir/redis"
  pg_stop "$dir/postgres"
  if [ -L "$dir/postgres" ]; then rm -rf "$(readlink "$dir/postgres")"; fi
  rm -rf "$dir" ${tmp:+"$tmp"}
}

# sweep KIND discards the runs whose script is gone, and the logs they left.
sweep() {
  local dir pid
  for dir in "$state/$1"/*; do
    pid=${dir##*/}
    case $pid in
    '*') ;;
    *-logs) rm -rf "$dir" ;;
    *) owner_alive "$pid" "$1" || discard "$dir" ;;
    esac
  done
}

# owner_alive PID KIND: that process is a script of ours other than this one.
owner_alive() {
  [ "$1" -ne $$ ] || return 1
  case $(command_of "$1") in *"$root/configs/dev/$2.sh"*) ;; *) return 1 ;; esac
}
