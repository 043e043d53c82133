# One implementation behind make and the PowerShell scripts: develop.py. Each target does all of its own set-up.
PYTHON ?= python3

.PHONY: run test-fast test test-deep coverage bench lock audit

run:
	@$(PYTHON) develop.py run

# While you work: a minute and a half.
test-fast:
	@$(PYTHON) develop.py test-fast

# The tests. Of cases that are alike, some.
test:
	@$(PYTHON) develop.py test

# All cases, and hundreds of generated ones; before a release.
test-deep:
	@$(PYTHON) develop.py test-deep

coverage:
	@$(PYTHON) develop.py coverage

bench:
	@$(PYTHON) develop.py bench

# After a change to requirements.in or requirements-dev.in.
lock:
	@$(PYTHON) develop.py lock

# Before a release: what it is made of, and whether a weakness of any of it is known.
audit:
	@$(PYTHON) develop.py audit
