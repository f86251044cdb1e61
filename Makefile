# Two commands are enough for most people: `make start` and `make test`.
# Every target works alone in a fresh clone. The steps themselves are in .ci/, one small file each.

.PHONY: help start test bench soak pictures capture pack windows release audit lock clean
.DEFAULT_GOAL := help

ARGS ?=

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

start: ## Set up, start the service and show that it works (ARGS=--once: then stop)
	@sh .ci/start $(ARGS)

test: ## Set up what the tests need and run all of them
	@bash .ci/test

bench: ## Measure, print one table a part, keep them in docs/bench.md (ARGS=engine: that part)
	@bash .ci/bench $(ARGS)

soak: ## Everything that is too long for make test, in one table; hours (ARGS="--share 0.01")
	@bash .ci/soak $(ARGS)

pictures: ## Take every screen anew, side by side in tests/output/screens/index.html, and the README's
	@bash .ci/test pictures

capture: ## Take a real chat page as a fixture, every word replaced (SITE=zalo, then also FILE=copy.html)
	@bash .ci/capture "$(SITE)" "$(FILE)"

pack: ## Make the packages for the stores, in dist/: the same bytes every time
	@sh .ci/pack

windows: ## Build Setup.exe for Windows, on Linux (needs: apt install nsis), in dist/
	@sh .ci/windows.sh $(ARGS)

release: ## Make wheel, Setup.exe, store packages, bill of materials, notes and SHA256SUMS, in dist/
	@sh .ci/release $(ARGS)

audit: ## Ask the registries for known holes in what is pinned (1: there are; 2: not all could be asked)
	@sh .ci/audit $(ARGS)

lock: ## Pin again what requirements/*.in and package.json ask for
	@sh .ci/lock

clean: ## Remove everything these commands made here (not your settings)
	rm -rf .venv node_modules build dist tests/output .pytest_cache .mypy_cache .ruff_cache
	find service -name '*.egg-info' -prune -exec rm -rf {} +
	find service tests -name __pycache__ -prune -exec rm -rf {} +
