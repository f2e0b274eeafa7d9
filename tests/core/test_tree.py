"""The import direction of docs/en/development.md, read from the code."""

import ast
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.SITE).parent

# Lowest first. An app may import those of its own row's left and of the rows above it.
LAYERS = [
    ["config"],
    ["core", "accounts"],
    ["coordination.directory"],
    ["coordination.welcome"],
    ["groupes"],
    ["agenda"],
    ["search"],
    ["home"],
]
FOLDERS = {
    "core": "site/core",
    "accounts": "site/accounts",
    "coordination.directory": "coordination/directory",
    "coordination.welcome": "coordination/welcome",
    "groupes": "groupes",
    "agenda": "agenda",
    "search": "search",
    "home": "home",
}
RANK = {app: rank for rank, row in enumerate(LAYERS) for app in row}


def app_of(module: str) -> str | None:
    return next((app for app in RANK if module == app or module.startswith(f"{app}.")), None)


def imports_of(path: Path) -> set[str]:
    modules = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules.add(node.module)
    return modules


def test_no_app_imports_one_above_it():
    wrong = []
    for app, folder in FOLDERS.items():
        files = list((ROOT / folder).rglob("*.py"))
        assert files, folder
        for path in files:
            for module in imports_of(path):
                other = app_of(module)
                if other and RANK[other] > RANK[app]:
                    wrong.append(f"{path.relative_to(ROOT)} imports {module}")
    assert not wrong


def test_core_does_not_know_accounts():
    files = (ROOT / "site/core").rglob("*.py")
    assert not [str(p) for p in files if any(app_of(m) == "accounts" for m in imports_of(p))]


def test_site_is_a_folder_and_not_a_package():
    assert not (ROOT / "site" / "__init__.py").exists()


def test_migrations_hold_no_block_definition():
    for path in ROOT.glob("*/migrations/0*.py"):
        assert "wagtail.blocks" not in path.read_text(encoding="utf-8"), path
