#!/usr/bin/env bash
# make bench: the performance table, on servers set up as in production.

# shellcheck source=configs/dev/lib.sh
. "$(dirname "$0")/lib.sh"
. configs/dev/install.sh
. configs/dev/postgres.sh
. configs/dev/redis.sh
. configs/dev/throwaway.sh

main() {
  need_go
  begin bench
  # shellcheck disable=SC2046 # words are words
  need $(servers_needed) pgbench
  export PGBENCH
  # Every commit reaches the disk, as it must for a booking.
  start_own_postgres 'max_connections = 300' 'max_locks_per_transaction = 256' \
    'fsync = on' 'synchronous_commit = on' 'full_page_writes = on' \
    'shared_buffers = 512MB' 'max_wal_size = 4GB'
  start_own_redis 'appendonly yes'
  # shellcheck disable=SC2086 # words are words
  interruptible env TMPDIR="$scratch" go -C "$root" run ./cmd/bench ${ARGS:-}
}

main
