"""A backup restores: into an empty folder, and on PostgreSQL into an empty database."""

import io
import os
import secrets
import subprocess
import sys
import tarfile
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from hypothesis import given
from hypothesis import settings as thorough
from hypothesis import strategies as st

from core import sealed
from core.sealed import SealedReader, SealedWriter, SealError

ROOT = Path(__file__).resolve().parents[2]
KEY = "une clé de sauvegarde"


def seal(data: bytes, key: str = KEY) -> bytes:
    raw = io.BytesIO()
    writer = SealedWriter(raw, key)
    writer.write(data)
    writer.close()
    return raw.getvalue()


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """The key is derived at its cheapest here: it is tried hundreds of times."""
    monkeypatch.setattr(sealed.nacl.pwhash.argon2id, "OPSLIMIT_MODERATE", 1)
    monkeypatch.setattr(sealed.nacl.pwhash.argon2id, "MEMLIMIT_INTERACTIVE", 8192)
    monkeypatch.setattr(sealed, "CHUNK", 64)


@thorough(max_examples=40, deadline=None)
@given(data=st.binary(max_size=400))
def test_what_is_sealed_is_read_back(data):
    whole = seal(data)
    assert SealedReader(io.BytesIO(whole), KEY).read() == data
    if len(data) > 8:
        assert data not in whole[len(sealed.MAGIC) :]


@thorough(max_examples=40, deadline=None)
@given(data=st.data())
def test_what_was_altered_cut_or_lengthened_is_refused(data):
    whole = seal(b"x" * 200)
    place = data.draw(st.integers(0, len(whole) - 1))
    wrong = data.draw(
        st.sampled_from(
            [
                whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :],
                whole[:place],
                whole + b"x",
            ]
        )
    )
    with pytest.raises(SealError):
        SealedReader(io.BytesIO(wrong), KEY).read()


def test_another_key_reads_nothing():
    with pytest.raises(SealError):
        SealedReader(io.BytesIO(seal(b"secret")), "une autre clé du portail").read()


class Portal:
    """A portal of its own: a folder, a database, and the commands of an administrator."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "MAILLAGE_VAR": str(folder),
        }
        if connection.vendor == "postgresql":
            name = f"essai_{secrets.token_hex(6)}"
            told = connection.settings_dict
            self.server = {
                "host": told["HOST"],
                "port": told["PORT"],
                "user": told["USER"],
                "password": told["PASSWORD"],
                "dbname": "postgres",
            }
            with psycopg.connect(**self.server, autocommit=True) as server:
                server.execute(f'CREATE DATABASE "{name}"')
            self.name = name
            self.environment["DATABASE_URL"] = (
                f"postgres://{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT']}/{name}"
            )

    def run(self, *command: str, key: str = "") -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.environment | {"BACKUP_KEY": key},
            capture_output=True,
            text=True,
            check=False,
        )

    def ok(self, *command: str, key: str = "") -> str:
        done = self.run(*command, key=key)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def content(self) -> tuple[str, dict]:
        data = self.ok("dumpdata", "--exclude=sessions", "--exclude=contenttypes")
        media = self.folder / "media"
        files = {
            str(path.relative_to(media)): path.read_bytes()
            for path in sorted(media.rglob("*"))
            if path.is_file()
        }
        return data, files

    def close(self) -> None:
        if connection.vendor == "postgresql":
            with psycopg.connect(**self.server, autocommit=True) as server:
                server.execute(f'DROP DATABASE "{self.name}" WITH (FORCE)')


@pytest.fixture
def portals(tmp_path, db):
    made = []

    def make(name: str) -> Portal:
        made.append(Portal(tmp_path / name))
        return made[-1]

    yield make
    for portal in made:
        portal.close()


def test_a_backup_restores_and_anything_wrong_touches_nothing(portals, tmp_path):
    first = portals("premier")
    first.ok("migrate", "--verbosity=0")
    first.ok(
        *("bootstrap", "--host=exemple.be", "--name=Réseau", "--name-nl=Netwerk"),
        "--admin=administration@exemple.be",
    )
    (first.folder / "media" / "documents").mkdir(parents=True)
    (first.folder / "media" / "documents" / "été « 1 ».txt").write_bytes(b"\x00bonjour" * 9000)
    before = first.content()

    sealed_file, plain = tmp_path / "a.tar.gz.scelle", tmp_path / "b.tar.gz"
    assert "relue et exacte" in first.ok("backup", f"--to={sealed_file}", key=KEY)
    assert "pas chiffrée" in first.ok("backup", f"--to={plain}")
    assert sealed_file.stat().st_mode & 0o777 == 0o600
    assert b"bonjour" not in sealed_file.read_bytes()
    assert "existe déjà" in first.run("backup", f"--to={plain}").stderr
    assert "au moins" in first.run("backup", f"--to={tmp_path / 'c'}", key="court").stderr

    # Refused, each for its reason, and nothing is left behind.
    second = portals("second")
    cut = tmp_path / "coupee"
    cut.write_bytes(sealed_file.read_bytes()[:-1])
    forged = tmp_path / "forgee"
    with tarfile.open(forged, "w:gz") as archive:
        member = tarfile.TarInfo("fichiers/../../dehors.txt")
        member.size = 1
        archive.addfile(member, io.BytesIO(b"x"))
    for file, key, reason in (
        (cut, KEY, "abîmée"),
        (sealed_file, "une autre clé du portail", "clé"),
        (sealed_file, "", "BACKUP_KEY"),
        (forged, "", "sauvegarde du portail"),
        (tmp_path / "absente", "", "n’existe pas"),
    ):
        done = second.run("restore", str(file), key=key)
        assert done.returncode != 0
        assert reason in done.stderr, done.stderr
    assert not (second.folder / "media").exists()
    assert not (second.folder.parent / "dehors.txt").exists()

    assert "migrate" in second.ok("restore", str(sealed_file), key=KEY)
    assert second.content() == before
    assert "pas vide" in second.run("restore", str(plain)).stderr
    assert second.content() == before
