# shellcheck shell=bash
# The settings of `make run`. What the caller's environment sets wins, then the
# defaults; the secrets are made once and kept in .local/secrets. The whole is
# written to .local/env at each run, for people and their programs to read.

setting_names='SMARTAGENDA_DATABASE_URL SMARTAGENDA_DATABASE_APP_URL
  SMARTAGENDA_DATABASE_PLATFORM_URL SMARTAGENDA_DATABASE_CONSOLE_URL
  SMARTAGENDA_REDIS_URL SMARTAGENDA_HTTP_ADDR SMARTAGENDA_OPS_ADDR
  SMARTAGENDA_WORKER_OPS_ADDR SMARTAGENDA_BASE_DOMAIN SMARTAGENDA_DEMO SMARTAGENDA_RATE_WRITES
  SMARTAGENDA_MASTER_KEY SMARTAGENDA_DATA_DIR SMARTAGENDA_SMTP_ADDR
  SMARTAGENDA_SMS_URL'

private_postgres='' private_redis=''

settings() {
  case ${SMARTAGENDA_DATABASE_URL:-} in
  '') private_postgres=yes ;;
  postgres://* | postgresql://*) ;;
  *) die "SMARTAGENDA_DATABASE_URL must read postgres://login:password@host:port/database." ;;
  esac
  [ -n "${SMARTAGENDA_REDIS_URL:-}" ] || private_redis=yes
  SMARTAGENDA_PG_PORT=${SMARTAGENDA_PG_PORT:-54329}
  SMARTAGENDA_REDIS_PORT=${SMARTAGENDA_REDIS_PORT:-63799}
  SMARTAGENDA_HTTP_ADDR=${SMARTAGENDA_HTTP_ADDR:-127.0.0.1:8080}
  SMARTAGENDA_OPS_ADDR=${SMARTAGENDA_OPS_ADDR:-127.0.0.1:9090}
  SMARTAGENDA_WORKER_OPS_ADDR=${SMARTAGENDA_WORKER_OPS_ADDR:-127.0.0.1:9091}
  SMARTAGENDA_BASE_DOMAIN=${SMARTAGENDA_BASE_DOMAIN:-smartagenda.localhost}
  SMARTAGENDA_DEMO=${SMARTAGENDA_DEMO:-true}
  SMARTAGENDA_RATE_WRITES=${SMARTAGENDA_RATE_WRITES:-600} # who tries things out is many people
  SMARTAGENDA_DATA_DIR=${SMARTAGENDA_DATA_DIR:-$state/data}
  check_ports
  # Nobody types the catchers' addresses, so they go where there is room.
  SMARTAGENDA_SMTP_ADDR=${SMARTAGENDA_SMTP_ADDR:-127.0.0.1:$(free_port 8025)}
  claimed="$claimed$(port_of "$SMARTAGENDA_SMTP_ADDR") "
  SMARTAGENDA_SMS_URL=${SMARTAGENDA_SMS_URL:-http://127.0.0.1:$(free_port 8026)/1.0}
}

# secret NAME BYTES prints a secret in hexadecimal; the first time it is made.
secret() {
  local file=$state/secrets
  if ! grep -q "^$1=" "$file" 2>/dev/null; then
    (umask 077 && echo "$1=$(random_hex "$2")" >>"$file")
  fi
  sed -n "s/^$1=//p" "$file"
}

# login_url URL LOGIN prints URL with that login and its kept password.
login_url() {
  local rest=${1#*://} authority
  authority=${rest%%[/?]*}
  echo "${1%%://*}://$2:$(secret "$2" 24)@${authority##*@}${rest#"$authority"}"
}

# secure fills in the addresses that hold a password, and the master key.
secure() {
  local url login
  if [ -n "$private_postgres" ]; then
    url="postgres://127.0.0.1:$SMARTAGENDA_PG_PORT/smartagenda?sslmode=disable"
    SMARTAGENDA_DATABASE_URL=$(login_url "$url" smartagenda_migrator)
  fi
  for login in app platform console; do
    url=SMARTAGENDA_DATABASE_$(echo $login | tr '[:lower:]' '[:upper:]')_URL
    [ -n "${!url:-}" ] || printf -v "$url" %s "$(login_url "$SMARTAGENDA_DATABASE_URL" "smartagenda_$login")"
  done
  if [ -n "$private_redis" ]; then
    SMARTAGENDA_REDIS_URL=redis://:$(secret redis 24)@127.0.0.1:$SMARTAGENDA_REDIS_PORT/0
  fi
  SMARTAGENDA_MASTER_KEY=${SMARTAGENDA_MASTER_KEY:-$(secret master_key 32)}
}

# publish exports the settings and writes .local/env.
publish() {
  local name
  (umask 077 && : >"$state/env.new")
  for name in $setting_names; do
    export "${name?}"
    echo "$name=${!name}" >>"$state/env.new"
  done
  mv "$state/env.new" "$state/env"
}

# --- Ports -----------------------------------------------------------------

claimed=' ' seen=' ' refused='' remedy=''

# claim ADDRESS WHAT VARIABLE PREFIX checks that a port can be ours, or notes
# why not; VARIABLE=PREFIX followed by another port is the way out.
claim() {
  local port why=''
  port=$(port_of "$1")
  if port_taken "$(host_of "$1")" "$port"; then
    why="is taken by another program: end it, or set"
  elif [ "${seen/ $port /}" != "$seen" ]; then
    why="is asked for twice: set"
  fi
  seen="$seen$port "
  [ -n "$why" ] || return 0
  why="Port $port ($2) $why $3 to another"
  port=$(free_port "$port")
  claimed="$claimed$port "
  refused="$refused$why, for instance $3=$4$port.
"
  remedy="$remedy$3=$4$port "
}

# free_port FROM prints the next port that nobody has and we have not claimed.
free_port() {
  local port=$1
  while [ "${claimed/ $port /}" != "$claimed" ] || port_taken 127.0.0.1 "$port"; do
    port=$((port + 1))
  done
  echo "$port"
}

check_ports() {
  local name http=$SMARTAGENDA_HTTP_ADDR ops=$SMARTAGENDA_OPS_ADDR worker=$SMARTAGENDA_WORKER_OPS_ADDR
  for name in HTTP_ADDR OPS_ADDR WORKER_OPS_ADDR PG_PORT REDIS_PORT; do
    name=SMARTAGENDA_$name
    case $(port_of "${!name}") in
    '' | *[!0-9]*) die "$name names no port: ${!name}" ;;
    esac
    claimed="$claimed$(port_of "${!name}") "
  done
  claim "$http" "the web pages" SMARTAGENDA_HTTP_ADDR "${http%:*}:"
  claim "$ops" "health and metrics of the web" SMARTAGENDA_OPS_ADDR "${ops%:*}:"
  claim "$worker" "health and metrics of the worker" SMARTAGENDA_WORKER_OPS_ADDR "${worker%:*}:"
  [ -z "$private_postgres" ] || claim "127.0.0.1:$SMARTAGENDA_PG_PORT" PostgreSQL SMARTAGENDA_PG_PORT ''
  [ -z "$private_redis" ] || claim "127.0.0.1:$SMARTAGENDA_REDIS_PORT" Redis SMARTAGENDA_REDIS_PORT ''
  [ -z "$refused" ] || die "${refused}Nothing was started. This would work now:
    ${remedy}make run"
}
