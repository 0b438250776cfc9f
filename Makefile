# The commands of this repository. The work is done by the scripts in configs/dev.
.DEFAULT_GOAL := help
.PHONY: help run test bench lint generate reset

# make test ARGS='-run TestName ./tenants/booking'
export ARGS

# exec: so that a signal to make reaches the script itself.
script = @command -v bash >/dev/null 2>&1 || { echo 'bash is needed: install the package bash, then run make again.' >&2; exit 1; }; \
	exec bash '$(CURDIR)/configs/dev/$(1).sh'

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

run: ## install what is missing, start everything with demo data, print the addresses
	$(call script,run)

test: ## run every test on private PostgreSQL and Redis; ARGS='-run X ./tenants/booking' for some
	$(call script,test)

bench: ## print the performance table
	$(call script,bench)

lint: ## formatting, vet, golangci-lint, govulncheck, generated code up to date
	$(call script,lint)

generate: ## write the generated code anew
	$(call script,generate)

reset: ## stop what runs here and delete its data (.local, except .local/bin)
	$(call script,reset)
