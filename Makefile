# Two commands do everything: `make demo` and `make test`. Nothing is installed outside this folder.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: demo test accuracy fit ablate profile lint requirements clean

demo: $(VENV)/run.stamp
	$(BIN)/councilbench demo --out demo

test: lint
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

# How accurately the annotated documents are read, by split, slot, kind, method, measure and confidence.
accuracy: $(VENV)/dev.stamp
	$(BIN)/python benchmarks/accuracy.py

# Weights and calibration of the reading, from annotated documents (needs scikit-learn; ten minutes).
fit: $(VENV)/dev.stamp
	$(BIN)/python -c "import sklearn" || $(BIN)/python -m pip install --quiet "scikit-learn>=1.7"
	$(BIN)/python benchmarks/reading/fit.py

# Rows of the vocabulary that no annotated document calls up.
ablate: $(VENV)/dev.stamp
	$(BIN)/python benchmarks/reading/ablate.py

# Where the time goes, for one report and for fifty.
profile: $(VENV)/run.stamp
	$(BIN)/python benchmarks/stages.py corpus/samples/*.pdf --times 10

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# pip compiles what it installs, but not where it stays in its folder: without it the first run is the slower.
INSTALL = $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable . && \
	$(BIN)/python -m compileall -q corpus extract normalise compare councilbench

$(VENV)/pyvenv.cfg:
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'councilbench needs Python 3.11 or later: make PYTHON=python3.11 ...')"
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: $(VENV)/pyvenv.cfg requirements.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	$(INSTALL)
	touch $@

$(VENV)/dev.stamp: $(VENV)/pyvenv.cfg requirements-dev.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	$(INSTALL)
	touch $@ $(VENV)/run.stamp

# After a change of dependencies in pyproject.toml (needs uv).
COMPILE := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --quiet
requirements:
	$(COMPILE) --group install --output-file requirements.txt
	$(COMPILE) --extra cluster --extra s3 --extra ocr --extra model --group dev --output-file requirements-dev.txt

clean:
	rm -rf $(VENV) demo dist
