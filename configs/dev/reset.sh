#!/usr/bin/env bash
# make reset: stops everything of this checkout and forgets its data. Built
# programs stay (.local/bin).

# shellcheck source=configs/dev/lib.sh
. "$(dirname "$0")/lib.sh"
. configs/dev/postgres.sh
. configs/dev/redis.sh
. configs/dev/stop.sh
. configs/dev/throwaway.sh

main() {
  local kind file
  check_owner
  stop_ours "$state/run/run.pid" "$root/configs/dev/run.sh" TERM 90
  stop_servers
  for kind in test bench; do
    stop_owners "$kind"
    sweep "$kind"
  done
  rm -rf "$(outside)"
  rmdir /var/lib/smartagenda-dev 2>/dev/null || true
  for file in "$state"/* "$state"/.[!.]*; do
    case $file in "$state/bin" | *'*'*) ;; *) rm -rf "$file" ;; esac
  done
  say "Everything under .local is deleted, except .local/bin."
}

# stop_owners KIND ends the runs of that kind; they clear up themselves.
stop_owners() {
  local dir pid
  for dir in "$state/$1"/*[0-9]; do
    pid=${dir##*/}
    if [ -d "$dir" ] && owner_alive "$pid" "$1"; then
      kill -s TERM "$pid" 2>/dev/null || true
      wait_gone "$pid" 60 || true
    fi
  done
}

main
