# What people and CI run. The logic is in scripts/; `make` alone lists the targets.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test test-sqlite test-postgres lint format messages messages-check requirements \
	screenshots backup restore clean

# Arguments for pytest: make test-sqlite ARGS="tests/core -k audience"
ARGS ?=

help: ## cette liste
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## lance le portail et sa démonstration (HOST=127.0.0.1 PORT=8000)
	@scripts/run.sh

test: ## vérifie tout : style, migrations, essais sur SQLite puis PostgreSQL
	@scripts/test.sh all

test-sqlite: ## les essais sur SQLite, navigateur compris (ARGS="tests/core -k mot")
	@scripts/test.sh sqlite $(ARGS)

test-postgres: ## les essais sur un PostgreSQL jetable, sans navigateur (ARGS=…)
	@scripts/test.sh postgres $(ARGS)

backup: ## sauve la base et les fichiers dans une archive relue (BACKUP_KEY la chiffre)
	@scripts/environment.sh
	@.venv/bin/python manage.py backup $(if $(FILE),--to "$(FILE)")

restore: ## remet une sauvegarde dans une base et un dossier vides (FILE=archive)
	@scripts/environment.sh
	@.venv/bin/python manage.py restore "$(FILE)"

bench: ## mesure ce que coûtent les pages, à côté d’un pair (var/bench.json)
	@scripts/environment.sh
	@.venv/bin/python scripts/bench.py

lint: ## style et migrations seulement
	@scripts/test.sh lint

format: ## met le code en forme
	@scripts/environment.sh
	@.venv/bin/python -m ruff check --fix .
	@.venv/bin/python -m ruff format .

messages: ## collecte et compile les textes à traduire (site/locale)
	@scripts/environment.sh
	@.venv/bin/python scripts/messages.py

messages-check: ## vérifie que les traductions sont complètes et à jour
	@scripts/environment.sh
	@.venv/bin/python scripts/messages.py --check

requirements: ## recompile requirements.txt (ARGS="--upgrade" ou ARGS="--upgrade-package nom")
	@scripts/environment.sh
	@scripts/requirements.sh $(ARGS)

screenshots: ## refait les images des guides, avec Chromium (ARGS="agenda" : celle-là)
	@scripts/environment.sh
	@.venv/bin/python scripts/screenshots.py $(ARGS)

clean: ## retire .venv et les caches ; garde les données de var/
	@rm -rf .venv .ruff_cache .pytest_cache .hypothesis var/pip-tools
	@find . -name __pycache__ -type d -not -path './var/*' -prune -exec rm -rf {} +
