"""Serves a screen that was fetched before, with our static files: no Django, no database."""

import mimetypes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

from django.contrib.staticfiles import finders

from tests.screens import Sheet


class Shelf(ThreadingHTTPServer):
    """One screen at a time, under its own address."""

    sheet: Sheet

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.missing: list[str] = []
        Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, *_arguments) -> None:
        """A browser that leaves a page takes no more of what it had asked for."""

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Shelf

    def do_GET(self) -> None:
        sheet = self.server.sheet
        path = unquote(urlsplit(self.path).path)
        if self.path == sheet.address:
            self.answer(sheet.status, sheet.html.encode(), sheet.headers)
        elif path.startswith("/static/") and (found := finders.find(path.removeprefix("/static/"))):
            kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
            kept = {"Content-Type": kind, "Cache-Control": "public, max-age=600"}
            self.answer(200, Path(found).read_bytes(), kept)
        elif path in sheet.pictures:
            body, kind = sheet.pictures[path]
            self.answer(200, body, {"Content-Type": kind})
        else:
            self.server.missing.append(path)
            self.answer(404, b"", {})

    def answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if name != "Content-Length":
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments) -> None:
        """Nothing is said of each request."""
