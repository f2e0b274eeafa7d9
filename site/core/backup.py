"""One archive of all that a network keeps: its database and its files.

    base            the database: SQLite's own copy, or `pg_dump --format=custom`
    fichiers/…      MEDIA_ROOT
    sommaire.json   version, kind of database, and the SHA-256 of everything above

A gzipped tar, sealed with BACKUP_KEY when there is one (`core.sealed`). It is read back whole after
it is written, and before anything is restored.
"""

import datetime as dt
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from django.conf import settings
from django.db import connection

from core import __version__
from core.sealed import MAGIC, SealedReader, SealedWriter, SealError

DATABASE, FILES, SUMMARY = "base", "fichiers/", "sommaire.json"
BLOCK = 1024 * 1024


class BackupError(Exception):
    """Why nothing was saved or restored, in French, for the administrator."""


def write_backup(target: Path, *, key: str) -> dict:
    """Save everything into `target`, which must not exist, readable by its owner only. Gives the
    summary, once the archive was read back. Raises `BackupError`, and then leaves no file."""
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise BackupError(f"« {target.name} » existe déjà.") from error
    try:
        with os.fdopen(descriptor, "wb") as raw:
            _write(raw, key)
        return check_backup(target, key=key)
    except OSError as error:
        target.unlink(missing_ok=True)
        raise BackupError(f"Un fichier a manqué ou changé : {error}. Relancez.") from error
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _write(raw: BinaryIO, key: str) -> None:
    stream = SealedWriter(raw, key) if key else raw
    sums: dict[str, str] = {}
    with (
        tempfile.TemporaryDirectory(prefix="maillage-sauvegarde.") as folder,
        tarfile.open(fileobj=stream, mode="w|gz") as archive,
    ):
        dump = Path(folder) / DATABASE
        _dump_database(dump)
        _add(archive, DATABASE, dump, sums)
        media = Path(settings.MEDIA_ROOT)
        for path in sorted(media.rglob("*")) if media.exists() else []:
            if path.is_file():
                _add(archive, FILES + path.relative_to(media).as_posix(), path, sums)
        summary = Path(folder) / SUMMARY
        summary.write_text(
            json.dumps(
                {
                    "version": __version__,
                    "database": connection.vendor,
                    "made": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
                    "sums": sums,
                }
            ),
            encoding="utf-8",
        )
        archive.add(summary, SUMMARY)
    if key:
        stream.close()


def _add(archive: tarfile.TarFile, name: str, path: Path, sums: dict[str, str]) -> None:
    """A file that changes while it is read makes the sums differ: the reading back says so."""
    with path.open("rb") as content:
        sums[name] = hashlib.file_digest(content, "sha256").hexdigest()
    archive.add(path, name)


def check_backup(source: Path, *, key: str, into: Path | None = None) -> dict:
    """Read a whole archive and compare every sum; with `into`, keep what is read in that folder.
    Gives the summary. Raises `BackupError`."""
    sums: dict[str, str] = {}
    summary: dict = {}
    try:
        with source.open("rb") as raw, _opened(raw, key) as archive:
            for member in archive:
                content = archive.extractfile(member)
                if not member.isfile() or not _is_ours(member.name) or content is None:
                    raise BackupError("Cette archive n’est pas une sauvegarde du portail.")
                if member.name == SUMMARY:
                    summary = json.load(content)
                else:
                    target = into / member.name if into else None
                    sums[member.name] = _copy(content, target)
    except SealError as error:
        raise BackupError(
            "La clé n’est pas la bonne, ou l’archive est incomplète ou abîmée."
        ) from error
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        raise BackupError("L’archive est incomplète ou abîmée.") from error
    if DATABASE not in sums or summary.get("sums") != sums:
        raise BackupError("L’archive ne contient pas tout ce que son sommaire annonce.")
    return summary


@contextmanager
def _opened(raw: BinaryIO, key: str) -> Iterator[tarfile.TarFile]:
    is_sealed = raw.read(len(MAGIC)) == MAGIC
    raw.seek(0)
    if is_sealed and not key:
        raise BackupError("Cette sauvegarde est chiffrée : donnez BACKUP_KEY.")
    stream = SealedReader(raw, key) if is_sealed else raw
    with tarfile.open(fileobj=stream, mode="r|gz") as archive:
        yield archive
    if is_sealed:
        stream.read()


def _is_ours(name: str) -> bool:
    path = PurePosixPath(name)
    return name in {DATABASE, SUMMARY} or (
        name.startswith(FILES) and ".." not in path.parts and not path.is_absolute()
    )


def _copy(content: BinaryIO, target: Path | None) -> str:
    digest = hashlib.sha256()
    if target is None:
        while block := content.read(BLOCK):
            digest.update(block)
        return digest.hexdigest()
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as kept:
        while block := content.read(BLOCK):
            digest.update(block)
            kept.write(block)
    return digest.hexdigest()


def restore_backup(source: Path, *, key: str) -> dict:
    """Put everything back, into an empty database and an empty folder of files. The archive is
    read whole first: nothing is touched when something is wrong. Raises `BackupError`."""
    media = Path(settings.MEDIA_ROOT)
    if connection.introspection.table_names():
        raise BackupError("La base n’est pas vide : rien n’est remis.")
    if media.exists() and any(media.iterdir()):
        raise BackupError("Le dossier des fichiers n’est pas vide : rien n’est remis.")
    media.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".remise.", dir=media.parent) as folder:
        summary = check_backup(source, key=key, into=Path(folder))
        if summary["database"] != connection.vendor:
            kind = summary["database"]
            raise BackupError(f"Cette sauvegarde vient de {kind}, pas de la base choisie ici.")
        _load_database(Path(folder) / DATABASE)
        files = Path(folder) / FILES
        if files.exists():
            shutil.copytree(files, media, dirs_exist_ok=True)
    return summary


def _dump_database(target: Path) -> None:
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        copy = sqlite3.connect(target)
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        found = copy.execute("PRAGMA integrity_check").fetchone()[0]
        copy.close()
        if found != "ok":
            raise BackupError(f"La base est abîmée : {found}")
    else:
        _postgres("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def _load_database(dump: Path) -> None:
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        copy = sqlite3.connect(dump)
        copy.backup(connection.connection)
        copy.close()
    else:
        name = str(connection.settings_dict["NAME"])
        options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
        _postgres("pg_restore", *options, f"--dbname={name}", str(dump))


def _postgres(program: str, *arguments: str) -> None:
    """One of PostgreSQL's own programs, on this portal's database. No password on its command."""
    told = connection.settings_dict
    environment = os.environ | {
        "PGHOST": str(told["HOST"] or ""),
        "PGPORT": str(told["PORT"] or ""),
        "PGUSER": str(told["USER"] or ""),
        "PGPASSWORD": str(told["PASSWORD"] or ""),
        "PGDATABASE": str(told["NAME"]),
    }
    try:
        done = subprocess.run(
            [program, *arguments], env=environment, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise BackupError(f"« {program} » manque : installez postgresql-client.") from error
    if done.returncode:
        raise BackupError(f"{program} : {done.stderr.strip()[:500]}")
