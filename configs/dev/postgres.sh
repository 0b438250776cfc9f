# shellcheck shell=bash
# A private PostgreSQL: made once, whole or not at all, started on a port of
# its own with its socket beside its data. The superuser has no password: it
# is the owner of the files, who comes in by the socket.

# PostgreSQL refuses to run as root, so root lends it to an unprivileged user
# that the system has already.
pg_user() {
  local user
  if [ "$(id -u)" -ne 0 ]; then
    id -un
    return
  fi
  for user in postgres nobody; do
    if id -u "$user" >/dev/null 2>&1; then
      echo "$user"
      return
    fi
  done
  return 1
}

# as_pg COMMAND… runs it as that user, without the caller's PG* variables,
# in a folder that everybody may enter.
as_pg() (
  cd /
  unset "${!PG@}" PSQLRC
  if [ "$(id -u)" -ne 0 ]; then
    exec "$@"
  elif setpriv --version >/dev/null 2>&1; then # not busybox's
    exec setpriv --reuid "$(pg_user)" --regid "$(id -g "$(pg_user)")" --init-groups "$@"
  elif command -v runuser >/dev/null; then
    exec runuser -u "$(pg_user)" -- "$@"
  else
    exec su -s /bin/sh "$(pg_user)" -c "exec $(printf '%q ' "$@")"
  fi
)

# outside prints where root keeps data when that user cannot enter the clone.
outside() {
  local hash
  hash=$(printf %s "$root" | { sha256sum 2>/dev/null || shasum -a 256; })
  echo "/var/lib/smartagenda-dev/${hash:0:16}"
}

# pg_place DIR makes DIR fit for PostgreSQL and sets pg_dir to where it really
# lies: there, or outside with DIR a link to it.
pg_place() {
  local dir=$1 name=${1#"$state/"}
  pg_user >/dev/null || die "PostgreSQL does not run as root and there is no user postgres to run it: create one, or run make as an ordinary user."
  mkdir -p "$(dirname "$dir")"
  if [ ! -L "$dir" ] && as_pg test -x "$(dirname "$dir")/."; then
    pg_dir=$dir
  elif [ -d "$dir" ] && [ ! -L "$dir" ]; then
    die "User $(pg_user) can no longer enter $dir: open the folders above it to that user again, or run make reset."
  else
    pg_dir=$(outside)/${name//\//-}
  fi
  mkdir -p "$pg_dir"
  if [ "$pg_dir" != "$dir" ]; then
    chmod 755 /var/lib/smartagenda-dev "$(outside)"
    # A copied clone brings the link of the other one along.
    ln -sfn "$pg_dir" "$dir"
  fi
  if [ "$(id -u)" -eq 0 ]; then chown "$(pg_user)" "$pg_dir"; fi
  chmod 700 "$pg_dir"
}

# pg_create SQL… makes the cluster in pg_dir unless it is there. What an
# interruption leaves is called data.new, and the next run throws it away.
pg_create() {
  local locale=C new=$pg_dir/data.new
  ! as_pg test -f "$pg_dir/data/PG_VERSION" || return 0
  ! locale -a 2>/dev/null | grep -qix 'c\.utf-\{0,1\}8' || locale=C.UTF-8
  say "Creating a private PostgreSQL $(version_of "$pg_bin/postgres") in $pg_dir"
  as_pg rm -rf "$new"
  interruptible as_pg "$pg_bin/initdb" -D "$new" --encoding=UTF8 --locale="$locale" \
    --auth-local=peer --auth-host=scram-sha-256 >"$state/initdb.log" 2>&1 ||
    die "initdb failed: $(cat "$state/initdb.log")"
  echo "include '../server.conf'" | as_pg tee -a "$new/postgresql.conf" >/dev/null
  as_pg touch "$pg_dir/server.conf"
  # Single-user mode needs no port, no password and no running server.
  printf '%s\n' "$@" | as_pg "$pg_bin/postgres" --single -D "$new" -c exit_on_error=on postgres >"$state/initdb.log" 2>&1 ||
    die "The first statements failed: $(cat "$state/initdb.log")"
  as_pg mv "$new" "$pg_dir/data"
  rm -f "$state/initdb.log"
}

# pg_start PORT SETTING… starts the cluster and waits until it answers.
pg_start() {
  local port=$1
  shift
  as_pg mkdir -p "$pg_dir/socket"
  # The socket's path is relative to the data: an absolute one may be too long.
  printf '%s\n' "listen_addresses = '127.0.0.1'" "port = $port" \
    "unix_socket_directories = '../socket'" "timezone = 'UTC'" "log_timezone = 'UTC'" "$@" |
    as_pg tee "$pg_dir/server.conf" >/dev/null
  forget_dead "$pg_dir/data"
  # An interrupted pg_ctl may leave a server that nobody knows of.
  undisturbed as_pg "$pg_bin/pg_ctl" start -D "$pg_dir/data" -l "$pg_dir/log" -w -t 60 -s
}

# forget_dead DATA removes the pid file of a server that is gone while its
# number lives on: given anew after a restart of the machine, or a zombie. For
# PostgreSQL that would be a server at work on its data. It gets time to go,
# since the file also protects from what a killed server's children still do.
forget_dead() {
  local pid tenths=50
  pid=$(pid_in "$1/postmaster.pid")
  [ -n "$pid" ] || return 0
  while kill -0 "$pid" 2>/dev/null; do
    ! ours "$1/postmaster.pid" "$1" || return 0
    if [ "$tenths" -eq 0 ]; then
      rm -f "$1/postmaster.pid"
      return
    fi
    tenths=$((tenths - 1))
    sleep 0.1
  done
}

# pg_stop DIR stops the server of DIR, or what it links to, if it runs.
pg_stop() {
  local dir
  dir=$(cd -P "$1" 2>/dev/null && pwd) || return 0
  stop_ours "$dir/data/postmaster.pid" "$dir/data" INT 30
}
