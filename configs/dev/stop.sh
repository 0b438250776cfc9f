# shellcheck shell=bash
# Stops the servers of this checkout's `make run`, in order: first who asks,
# then who answers.

stop_servers() {
  # A build or a migration whose script was killed.
  if ours "$state/run/child.pid" "$root/"; then stop_group "$(pid_in "$state/run/child.pid")"; fi
  stop_ours "$state/run/serve.pid" "$state/bin/smartagenda serve" TERM 20
  stop_ours "$state/run/worker.pid" "$state/bin/smartagenda worker" TERM 20
  redis_stop "$state/redis"
  pg_stop "$state/postgres"
}
