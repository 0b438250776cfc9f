# shellcheck shell=bash
# A private Redis on a port of its own.

# redis_start DIR PORT PASSWORD SETTING… starts it and waits until it answers.
redis_start() {
  local dir=$1 port=$2 password=$3 tenths=300
  shift 3
  mkdir -p "$dir"
  chmod 700 "$dir"
  # The title lets a later run recognise the process as this checkout's.
  (
    umask 077
    printf '%s\n' 'bind 127.0.0.1' "port $port" "requirepass $password" "dir \"$dir\"" \
      'save ""' 'maxmemory-policy noeviction' \
      'proc-title-template "{title} {listen-addr} {config-file}"' "$@" >"$dir/redis.conf"
  )
  start_background "$dir/redis.pid" "$dir/log" "$redis_server" "$dir/redis.conf"
  until redis_answers "$port" "$password"; do
    tenths=$((tenths - 1))
    ours "$dir/redis.pid" "$dir/redis.conf" && [ "$tenths" -gt 0 ] || return 1
    sleep 0.1
  done
}

redis_answers() (
  exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
  printf 'AUTH %s\r\nPING\r\n' "$2" >&3
  IFS= read -r -t 5 _ <&3
  IFS= read -r -t 5 line <&3
  case $line in +PONG*) ;; *) exit 1 ;; esac
) 2>/dev/null

# redis_stop DIR stops the server of DIR if it runs.
redis_stop() { stop_ours "$1/redis.pid" "$1/redis.conf" TERM 15; }
