#!/usr/bin/env bash
# make test: every test, on a PostgreSQL, a Redis and a browser of its own.
# ARGS are arguments of `go test`; without a package among them all are tested.

# shellcheck source=configs/dev/lib.sh
. "$(dirname "$0")/lib.sh"
. configs/dev/install.sh
. configs/dev/postgres.sh
. configs/dev/redis.sh
. configs/dev/throwaway.sh

# Where several goroutines share something, or several clients one row: these
# run with the race detector. The others would only be slower for it.
race='./cmd/... ./jobs/... ./migrations/... ./tenants ./tenants/booking/...
  ./tenants/messages/... ./tenants/provisioning/... ./configs/platform/audit/...
  ./configs/platform/clock/... ./configs/platform/files/... ./configs/platform/jobstore/...
  ./configs/platform/limit/... ./configs/platform/live/... ./configs/platform/mail/...
  ./configs/platform/postgres/... ./configs/platform/queue/... ./configs/platform/secure/...
  ./configs/platform/session/... ./configs/platform/signin/... ./configs/platform/web/...'

flags=() packages=()

main() {
  need_go
  begin test
  read_args
  list_packages
  install_needed
  # Nothing of these data is to survive, so nothing waits for the disk.
  start_own_postgres 'max_connections = 300' 'max_locks_per_transaction = 256' \
    'fsync = off' 'synchronous_commit = off' 'full_page_writes = off' \
    'wal_level = minimal' 'max_wal_senders = 0'
  # Many databases, so that packages tested side by side can have one each.
  start_own_redis 'appendonly no' 'databases 256'
  run_tests
}

install_needed() {
  # shellcheck disable=SC2046 # words are words
  need $(servers_needed) chromium compiler
  export CHROME CGO_ENABLED=1
}

# xargs understands the quotes in ARGS without running anything.
read_args() {
  local word
  while IFS= read -r word; do
    case $word in
    '') ;;
    . | ./* | smartagenda | smartagenda/*) packages+=("$word") ;;
    *) flags+=("$word") ;;
    esac
  done < <(printf %s "${ARGS:-}" | xargs -n 1 printf '%s\n')
  [ ${#packages[@]} -gt 0 ] || packages=(./...)
}

list_packages() {
  # -e: a package that does not compile is go test's to report, beside the others.
  interruptible go list -e "${packages[@]}" >"$instance/packages" || die "go list failed."
  # shellcheck disable=SC2086 # words are words
  interruptible go list -e $race >"$instance/race" 2>/dev/null || true
}

run_tests() {
  local status=0 with without
  with=$(grep -Fx -f "$instance/race" "$instance/packages" || true)
  without=$(grep -Fxv -f "$instance/race" "$instance/packages" || true)
  # shellcheck disable=SC2086 # words are words
  {
    [ -z "$without" ] || go_test $without || status=$?
    [ -z "$with" ] || go_test -race $with || status=$?
  }
  exit "$status"
}

# -C makes the process recognisable as this clone's.
go_test() {
  interruptible env TMPDIR="$scratch" go -C "$root" test "$@" ${flags[@]+"${flags[@]}"}
}

main
