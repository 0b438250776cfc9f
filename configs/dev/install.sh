# shellcheck shell=bash
# Finds the programs that the other scripts need and installs what is missing
# with the system's package manager. It starts nothing.
# Sets go in PATH, pg_bin, redis_server and CHROME.

readonly postgres_min=15 redis_min=7

# --- Looking ---------------------------------------------------------------

# version_of COMMAND… prints the first major version in what it says of itself.
version_of() { "$@" --version 2>/dev/null | sed -n 's/^[^0-9]*\([0-9][0-9]*\).*/\1/p;q'; }

# postgres_places lists where systems keep the server's programs, mostly out
# of PATH: Debian, Fedora and PGDG, Alpine, openSUSE, Homebrew, MacPorts.
postgres_places() {
  local found
  printf '%s\n' /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/libexec/postgresql* \
    /usr/lib/postgresql*/bin /opt/homebrew/opt/postgresql@*/bin \
    /usr/local/opt/postgresql@*/bin /opt/local/lib/postgresql*/bin /usr/local/pgsql/bin
  found=$(command -v postgres) && dirname "$found"
}

# has_postgres sets pg_bin to the newest PostgreSQL here; pg_major, when set,
# asks for that one alone, since data made by one cannot be read by another.
has_postgres() {
  local place version best=0
  pg_bin=''
  while read -r place; do
    [ -x "$place/initdb" ] && [ -x "$place/pg_ctl" ] && [ -x "$place/postgres" ] || continue
    version=$(version_of "$place/postgres")
    [ "${version:-0}" -ge "$postgres_min" ] && [ "$version" -gt "$best" ] || continue
    [ -z "${pg_major:-}" ] || [ "$version" -eq "$pg_major" ] || continue
    best=$version pg_bin=$place
  done < <(postgres_places)
  [ -n "$pg_bin" ]
}

# Valkey is what several distributions give for Redis.
has_redis() {
  local name version
  for name in redis-server valkey-server; do
    redis_server=$(command -v "$name") || continue
    # "Redis server v=7.0.15 sha=…"
    version=$(version_of "$redis_server")
    [ "${version:-0}" -lt "$redis_min" ] || return 0
  done
  return 1
}

# A chromium in PATH may be a stub that only says which snap to install.
has_chromium() {
  local name
  if [ -n "${CHROME:-}" ]; then
    [ -x "$CHROME" ] || die "CHROME=$CHROME cannot be run: give the path of a Chromium or Chrome, or leave it unset."
    return 0
  fi
  for name in chromium chromium-browser google-chrome-stable google-chrome chrome headless-shell \
    '/Applications/Chromium.app/Contents/MacOS/Chromium' \
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'; do
    CHROME=$(command -v "$name") || continue
    "$CHROME" --version >/dev/null 2>&1 && return 0
  done
  CHROME=''
  return 1
}

# The race detector links with C on Linux.
has_compiler() {
  local cc
  cc=$(go env CC)
  echo '#include <stdlib.h>
int main(void) { return 0; }' | ${cc:-cc} -x c -o /dev/null - 2>/dev/null
}

has_pgbench() {
  [ -n "${pg_bin:-}" ] || has_postgres || return 1
  PGBENCH=$pg_bin/pgbench
  [ -x "$PGBENCH" ] || PGBENCH=$(command -v pgbench)
}

# need_go makes sure that go in PATH can build this module: a Go from 1.21 on
# fetches the version that go.mod asks for, unless GOTOOLCHAIN forbids it.
need_go() {
  # A clone that git refuses to look into (another user's) cannot be stamped.
  git rev-parse HEAD >/dev/null 2>&1 || export GOFLAGS="${GOFLAGS:-} -buildvcs=false"
  local wanted said='there is none here'
  wanted=$(awk '$1 == "go" { print $2 }' go.mod)
  ! command -v go >/dev/null || ! said=$(go list -m 2>&1) || return 0
  if [ -x /usr/local/go/bin/go ]; then
    PATH=/usr/local/go/bin:$PATH
    ! said=$(go list -m 2>&1) || return 0
  fi
  die "Go $wanted or newer is needed: $said
Install it, then run make again:
    curl -fLO https://go.dev/dl/go$wanted.$(go_platform).tar.gz
    sudo rm -rf /usr/local/go
    sudo tar -C /usr/local -xzf go$wanted.$(go_platform).tar.gz"
}

go_platform() {
  local machine
  case $(uname -m) in
  x86_64) machine=amd64 ;;
  aarch64) machine=arm64 ;;
  *) machine=$(uname -m) ;;
  esac
  echo "$(uname -s | tr '[:upper:]' '[:lower:]')-$machine"
}

# --- Installing ------------------------------------------------------------

what_is() {
  case $1 in
  postgres) echo "PostgreSQL ${pg_major:-$postgres_min or newer} (server programs)${pg_major:+, which made the data in .local/postgres; make reset forgets them}" ;;
  redis) echo "Redis $redis_min or newer" ;;
  chromium) echo "Chromium" ;;
  compiler) echo "a C compiler (for the race detector)" ;;
  pgbench) echo "pgbench" ;;
  esac
}

manager() {
  local name
  for name in apt-get dnf pacman apk zypper brew; do
    if command -v "$name" >/dev/null; then
      echo "$name"
      return
    fi
  done
}

# packages MANAGER NEED prints the packages that bring NEED.
packages() {
  case $1:$2 in
  apt-get:postgres | apt-get:pgbench) echo "postgresql${pg_major:+-$pg_major}" ;;
  dnf:postgres | zypper:postgres) echo postgresql-server postgresql-contrib ;;
  apk:postgres) echo "postgresql$pg_major" "postgresql$pg_major-contrib" ;;
  pacman:postgres | pacman:pgbench) echo postgresql ;;
  brew:postgres | brew:pgbench) echo "postgresql@${pg_major:-17}" ;;
  *:pgbench) echo postgresql-contrib ;;
  apt-get:redis) echo redis-server ;;
  pacman:redis) echo valkey ;;
  *:redis) echo redis ;;
  apt-get:chromium) debian_chromium ;;
  brew:chromium) echo --cask chromium ;;
  *:chromium) echo chromium ;;
  apt-get:compiler) echo gcc libc6-dev ;;
  apk:compiler) echo gcc musl-dev ;;
  dnf:compiler | zypper:compiler) echo gcc glibc-devel ;;
  *:compiler) echo gcc ;;
  esac
}

# Ubuntu's package chromium-browser brings a snap; Debian's is called chromium.
# Without a font a page has no width, and nothing on it can be clicked.
debian_chromium() {
  if grep -qi '^ID=ubuntu' /etc/os-release 2>/dev/null; then
    echo chromium-browser fonts-liberation
  else
    echo chromium fonts-liberation
  fi
}

# The command of MANAGER that installs the words after it.
install_command() {
  case $1 in
  apt-get) echo apt-get install -y --no-install-recommends ;;
  dnf) echo dnf install -y ;;
  pacman) echo pacman -S --needed --noconfirm ;;
  apk) echo apk add ;;
  zypper) echo zypper --non-interactive install ;;
  brew) echo brew install ;;
  esac
}

# become_root prints what to put before a command; it fails when there is
# neither root nor a sudo that works here without asking or can ask.
become_root() {
  [ "$(id -u)" -ne 0 ] || return 0
  if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    echo sudo
  elif command -v doas >/dev/null && { doas -n true 2>/dev/null || [ -t 0 ]; }; then
    echo doas
  else
    return 1
  fi
}

# need NEED… leaves each of postgres, redis, chromium, compiler and pgbench
# present, or ends with a sentence that says what to install and how.
need() {
  local one with words='' missing=''
  for one in "$@"; do
    "has_$one" || missing="$missing $one"
  done
  [ -n "$missing" ] || return 0

  with=$(manager)
  for one in $missing; do
    warn "Missing: $(what_is "$one")"
    [ -z "$with" ] || words="$words $(packages "$with" "$one")"
  done
  # shellcheck disable=SC2086 # words are words
  install_packages "$with" $words || cannot_install "$with" "$words"
  for one in $missing; do
    "has_$one" || still_missing "$one" "$with" "$words"
  done
}

# install_packages MANAGER PACKAGE… Only Debian's packages start the services
# they bring, so only they go through a script that prevents it.
install_packages() {
  local with=$1 sudo=''
  shift
  [ -n "$with" ] || return 1
  [ "$with" = brew ] || sudo=$(become_root) || return 1
  say "Installing with $with: $*"
  if [ "$with" = apt-get ]; then
    $sudo sh configs/dev/install-debian.sh "$@" </dev/null
  else
    # shellcheck disable=SC2046 # words are words
    $sudo $(install_command "$with") "$@"
  fi
}

cannot_install() {
  if [ -z "$1" ]; then
    die "No package manager that these scripts know (apt-get, dnf, pacman, apk, zypper, brew) is here.
Install what is missing with yours, so that its programs are in PATH, then run make again."
  fi
  die "It could not be installed from here: that takes root or sudo, and a package source that answers.
Ask for this command to be run as root, then run make again:
    $(install_command "$1")$2"
}

still_missing() {
  die "$2 installed$3, but $(what_is "$1") is still not here: this system offers another version or keeps it elsewhere.
Install it from its makers' packages (PostgreSQL: https://www.postgresql.org/download/, Redis: https://redis.io/docs/latest/operate/oss_and_stack/install/, Chromium: any Chrome, named by CHROME=path), then run make again."
}
