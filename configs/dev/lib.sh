# shellcheck shell=bash
# What every script of this folder shares: talking to the person, signals,
# processes and ports. It knows nothing of PostgreSQL, Redis or SmartAgenda.
# Written for bash 3.2 (macOS) and for machines without ps, curl or setsid.

set -euo pipefail
unset CDPATH

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
# The command line must name this clone, for a later run to recognise it.
self=$root/configs/dev/${0##*/}
[ "$0" = "$self" ] || exec bash "$self" "$@"
state=$root/.local
cd "$root"

# A person may have closed the terminal: a failed echo must not end a clean-up.
say() { echo "$*" 2>/dev/null || true; }
warn() { echo "$*" >&2 2>/dev/null || true; }

# die says why in one go and ends the script through its EXIT trap.
die() {
  warn "$*"
  exit 1
}

# --- Signals ---------------------------------------------------------------
# A signal ends the script through its EXIT trap, which stops all it started.
# Between hold and release it waits, so that nothing is started without its
# process id being known.

held='' caught=''

on_signal() {
  caught=$1
  [ -n "$held" ] || exit "$1"
}

hold() { held=yes; }

release() {
  held=''
  [ -z "$caught" ] || exit "$caught"
}

# on_exit COMMAND runs COMMAND STATUS once, however the script ends. A second Ctrl-C cannot interrupt it: each wait in it has a limit.
on_exit() {
  exit_command=$1
  trap finish EXIT
  trap 'on_signal 129' HUP
  trap 'on_signal 130' INT
  trap 'on_signal 131' QUIT
  trap 'on_signal 141' PIPE
  trap 'on_signal 143' TERM
}

finish() {
  local status=$?
  trap '' HUP INT QUIT PIPE TERM
  set +e
  [ -z "$child" ] || stop_group "$child"
  [ -z "$child_file" ] || rm -f "$child_file"
  "$exit_command" "$status"
  exit "$status"
}

# --- Processes -------------------------------------------------------------

child='' child_file=''

# interruptible COMMAND… runs a long command in a process group of its own and
# waits for it, so that a signal to this script ends it at once, children too.
# child_file, when set, keeps its process id for the run after a kill -9.
interruptible() {
  local status=0
  hold
  set -m
  "$@" </dev/null &
  child=$!
  [ -z "$child_file" ] || echo "$child" >"$child_file"
  set +m
  release
  wait "$child" || status=$?
  child=''
  [ -z "$child_file" ] || rm -f "$child_file"
  return "$status"
}

# undisturbed COMMAND… lets a short command come to its end whatever signals
# arrive, also from the terminal, and obeys them then.
undisturbed() {
  local pid status
  hold
  set -m
  "$@" </dev/null &
  pid=$!
  set +m
  while :; do
    status=0
    wait "$pid" || status=$?
    kill -0 "$pid" 2>/dev/null || break
  done
  release
  return "$status"
}

# start_background PIDFILE LOG COMMAND… starts a server in a process group of
# its own (Ctrl-C in the terminal reaches this script only, which stops the
# servers in order) and writes down its process id.
start_background() {
  local pidfile=$1 log=$2
  shift 2
  hold
  set -m
  "$@" </dev/null >>"$log" 2>&1 &
  echo $! >"$pidfile"
  set +m
  # Until it has become COMMAND nobody could recognise it as ours.
  while [ "$(command_of $!)" = "$(command_of $$)" ]; do sleep 0.02; done
  disown $!
  release
}

# command_of PID prints its command line; nothing for one that is gone, nor
# for a zombie, which some containers keep for ever.
command_of() {
  if [ -d /proc/self ]; then
    tr '\0' ' ' <"/proc/$1/cmdline"
  else
    ps -o args= -p "$1"
  fi 2>/dev/null || true
}

running() { [ -n "$(command_of "$1")" ]; }

# pid_in FILE prints the process id on its first line, nothing when there is none.
pid_in() {
  local pid=''
  if [ -r "$1" ]; then read -r pid <"$1" || true; fi
  case $pid in '' | *[!0-9]*) ;; *) echo "$pid" ;; esac
}

# ours PIDFILE TEXT: the process named there is alive and its command line
# holds TEXT. A process id alone proves nothing: it may have been given anew.
ours() {
  local pid
  pid=$(pid_in "$1")
  [ -n "$pid" ] || return 1
  case $(command_of "$pid") in *"$2"*) ;; *) return 1 ;; esac
}

# wait_gone PID SECONDS
wait_gone() {
  local tenths=$(($2 * 10))
  while running "$1"; do
    [ "$tenths" -gt 0 ] || return 1
    tenths=$((tenths - 1))
    sleep 0.1
  done
}

# stop_ours PIDFILE TEXT SIGNAL SECONDS asks a process of ours to stop, then
# insists: QUIT is PostgreSQL's immediate stop and makes a Go program tell
# where it hung.
stop_ours() {
  local pid
  if ours "$1" "$2"; then
    pid=$(pid_in "$1")
    kill -s "$3" "$pid" 2>/dev/null || true
    if ! wait_gone "$pid" "$4"; then
      warn "process $pid did not stop within $4 seconds and is ended: $(command_of "$pid")"
      kill -s QUIT "$pid" 2>/dev/null || true
      wait_gone "$pid" 5 || kill -s KILL "$pid" 2>/dev/null || true
    fi
  fi
}

# stop_group PGID ends a process group that this script started.
stop_group() {
  local tenths=50
  kill -s INT -- "-$1" 2>/dev/null || return 0
  while kill -0 -- "-$1" 2>/dev/null && [ "$tenths" -gt 0 ]; do
    tenths=$((tenths - 1))
    sleep 0.1
  done
  kill -s KILL -- "-$1" 2>/dev/null || true
}

# pids_with TEXT prints the processes whose command line holds TEXT.
pids_with() {
  local pid all
  all=$(ps -axo pid= 2>/dev/null || ls /proc)
  for pid in $all; do
    case $pid in *[!0-9]* | "$$") continue ;; esac
    case $(command_of "$pid") in *"$1"*) echo "$pid" ;; esac
  done
}

# check_owner: two users cannot share what one of them has in .local.
check_owner() {
  local file
  for file in "$state" "$state"/*; do
    case $file in */postgres) continue ;; esac
    if [ -e "$file" ] && [ ! -O "$file" ]; then
      die "$file belongs to another user: run make as that user, or have that user run make reset."
    fi
  done
  mkdir -p "$state"
}

# take_lock PIDFILE WHAT: at most one of this script at a time in this checkout.
take_lock() {
  mkdir -p "$(dirname "$1")"
  while ! (set -o noclobber && echo $$ >"$1") 2>/dev/null; do
    if ours "$1" "$self"; then
      die "$2 is running already in this checkout (process $(pid_in "$1")): stop it there with Ctrl-C first."
    fi
    rm -f "$1" || die "$1 cannot be replaced."
  done
}

# --- Ports and secrets -----------------------------------------------------

# port_of ADDRESS and host_of ADDRESS take 127.0.0.1:8080, :8080 and [::1]:8080.
port_of() { echo "${1##*:}"; }

host_of() {
  case ${1%:*} in
  '' | 0.0.0.0 | '[::]' | '*') echo 127.0.0.1 ;;
  '['*) local host=${1%]*} && echo "${host#[}" ;;
  *) echo "${1%:*}" ;;
  esac
}

# port_taken HOST PORT: something answers there.
port_taken() { (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; }

# random_port prints a free port below the range that systems give out to
# outgoing connections. Another program may still be faster: try again then.
random_port() {
  local port
  while :; do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
    port_taken 127.0.0.1 "$port" || break
  done
  echo "$port"
}

# http_ok ADDRESS PATH: GET answers 200 within five seconds.
http_ok() (
  exec 3<>"/dev/tcp/$(host_of "$1")/$(port_of "$1")" || exit 1
  printf 'GET %s HTTP/1.0\r\nHost: %s\r\n\r\n' "$2" "$1" >&3
  IFS= read -r -t 5 line <&3
  case $line in 'HTTP/'*' 200'*) ;; *) exit 1 ;; esac
) 2>/dev/null

# random_hex BYTES
random_hex() { od -An -v -tx1 -N "$1" /dev/urandom | tr -d ' \n'; }
