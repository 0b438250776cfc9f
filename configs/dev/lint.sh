#!/usr/bin/env bash
# make lint: what can be said of the code without running it. All checks run,
# then the failed ones are named.

# shellcheck source=configs/dev/lib.sh
. "$(dirname "$0")/lib.sh"
. configs/dev/install.sh

golangci_version=2.15.0
govulncheck_version=1.9.0
failed=''

main() {
  need_go
  # First, because the other checks read what it writes.
  check "generated code" generated
  check formatting formatting
  check "go vet" go vet ./...
  check golangci-lint golangci
  check "go mod tidy" go mod tidy -diff
  check "time in SQL" time_in_sql
  check govulncheck govulncheck
  [ -z "$failed" ] || die "make lint: failed:$failed"
  say "make lint: all checks passed"
}

# check NAME COMMAND…
check() {
  local name=$1
  shift
  say "--- $name"
  "$@" || failed="$failed $name;"
}

sources() {
  find . \( -path ./.local -o -path ./.git -o -name node_modules \) -prune -o -type f "$@" -print0
}

formatting() {
  local files
  files=$(sources -name '*.go' | xargs -0 gofmt -l)
  [ -z "$files" ] || { warn "not formatted by gofmt:
$files" && return 1; }
}

# Generated code is up to date when generating it again changes nothing, and
# of use to others only when it is in git.
generated() {
  local before after untracked
  before=$(fingerprint)
  bash configs/dev/generate.sh || return 1
  after=$(fingerprint)
  if [ "$before" != "$after" ]; then
    warn "these were not up to date; they are now, commit them:"
    diff <(echo "$before") <(echo "$after") | awk '/^[<>]/ { print "  " $3 }' | sort -u >&2
    return 1
  fi
  untracked=$(git ls-files --others --exclude-standard -- '*_templ.go' 2>/dev/null || true)
  [ -z "$untracked" ] || { warn "generated, but not added to git:
$untracked" && return 1; }
}

fingerprint() { sources | sort -z | xargs -0 cksum | awk '{ print $1 "-" $2, $3 }'; }

# tool NAME VERSION MODULE builds a tool unless that very version is there.
tool() {
  "$state/bin/$1" "$4" 2>/dev/null | grep -qF "$2" ||
    GOBIN=$state/bin go install "$3@v$2"
}

golangci() {
  tool golangci-lint "$golangci_version" github.com/golangci/golangci-lint/v2/cmd/golangci-lint version &&
    "$state/bin/golangci-lint" run
}

# The program's time is one it can be told (package clock), so a statement
# gets it as a parameter. In a store.go, ".Now()" is that clock.
time_in_sql() {
  local lines word='(^|[^.[:alnum:]_])'
  lines=$(sources \( -name '*.sql' -o -name store.go \) | xargs -0 grep -nEi \
    -e "$word(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday) *\(" \
    -e "$word(current_date|current_time|current_timestamp|localtime|localtimestamp)([^[:alnum:]_]|$)" || true)
  [ -z "$lines" ] || { warn "give the time as a parameter:
$lines" && return 1; }
}

# Status 3 means a vulnerability that the code calls. No database, no answer:
# that is said, and is no reason to stop work.
govulncheck() {
  local said status=0
  tool govulncheck "$govulncheck_version" golang.org/x/vuln/cmd/govulncheck -version || return 1
  said=$("$state/bin/govulncheck" ./... 2>&1) || status=$?
  if [ "$status" -ne 0 ] && [ "$status" -ne 3 ] && grep -q 'fetching vulnerabilities' <<<"$said"; then
    warn "govulncheck: SKIPPED, its database of vulnerabilities cannot be reached from here"
    return 0
  fi
  say "$said"
  return "$status"
}

main
