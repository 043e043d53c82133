# One implementation behind make and the PowerShell scripts: develop.py. Each target does all of its own set-up.
PYTHON ?= python3

.PHONY: run test bench lock

run:
	@$(PYTHON) develop.py run

test:
	@$(PYTHON) develop.py test

bench:
	@$(PYTHON) develop.py bench

# After a change to requirements.in or requirements-dev.in.
lock:
	@$(PYTHON) develop.py lock
