# make run ARGS="tour --out out"   make test ARGS="-k search"
PYTHON := .venv/bin/python

.PHONY: run test lint bench soak lock

run:
	@sh setup.sh run
	@$(PYTHON) -m ilp_desk $(ARGS)

test:
	@sh setup.sh test
	@$(PYTHON) -m pytest -n auto --maxprocesses 8 --dist worksteal $(ARGS)

lint:
	@sh setup.sh test
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy
	@.venv/bin/lint-imports

bench:
	@sh setup.sh test
	@$(PYTHON) -m tests.benchmarks $(ARGS)

soak:
	@sh setup.sh test
	@ILP_DESK_SOAK=1 $(PYTHON) -m pytest tests/soak $(ARGS)

# Only for a change of dependencies; needs the tool uv.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
lock:
	@$(LOCK) pyproject.toml -o requirements.lock
	@$(LOCK) --group test -c requirements.lock -o requirements-test.lock
