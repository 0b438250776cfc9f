#!/usr/bin/env bash
# make generate: everything in the tree that a program wrote, written anew.

# shellcheck source=configs/dev/lib.sh
. "$(dirname "$0")/lib.sh"
. configs/dev/install.sh

need_go
# Pages first: other generators may run code that imports them.
go tool templ generate
go generate ./...
