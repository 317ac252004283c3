"""Red Hat's language server for YAML, as an editor talks to it: JSON-RPC over its standard streams."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from outside_programs import node_program, npm_package


class Editor:
    """An editor with the server behind it.

    https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/
    """

    def __init__(self, process: subprocess.Popen[bytes], root: Path) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._in, self._out = process.stdin, process.stdout
        self._number = 0
        self._diagnostics: dict[str, list[dict[str, Any]]] = {}
        self._settings = {"hover": True, "completion": True, "validate": True, "schemaStore": {"enable": False}}
        self.ask(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": root.as_uri(),
                "workspaceFolders": [{"uri": root.as_uri(), "name": "site"}],
                "capabilities": {
                    "workspace": {"configuration": True},
                    "textDocument": {
                        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}},
                        "hover": {"contentFormat": ["markdown"]},
                        "publishDiagnostics": {},
                    },
                },
            },
        )
        self._tell("initialized", {})

    def open(self, place: Path, text: str) -> str:
        """Open a file with this text, which need not be on disk; returns its name."""
        uri = place.as_uri()
        self._diagnostics.pop(uri, None)
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def close(self, uri: str) -> None:
        """Close it."""
        self._tell("textDocument/didClose", {"textDocument": {"uri": uri}})

    def hover(self, uri: str, line: int, column: int) -> str:
        """What is shown over a place, from 0."""
        found = self.ask("textDocument/hover", _at(uri, line, column))
        if not found:
            return ""
        contents = found["contents"]
        return str(contents["value"] if isinstance(contents, dict) else contents)

    def complete(self, uri: str, line: int, column: int) -> dict[str, str]:
        """What is proposed at a place, from 0: label and words."""
        found = self.ask("textDocument/completion", _at(uri, line, column))
        items = found["items"] if isinstance(found, dict) else found
        return {
            item["label"]: str(
                (item.get("documentation") or {}).get("value", item.get("documentation"))
                if isinstance(item.get("documentation"), dict)
                else item.get("documentation") or ""
            )
            for item in items
        }

    def flaws(self, uri: str) -> list[str]:
        """What is underlined: waited for until the server has looked."""
        while uri not in self._diagnostics:
            self._handle(self._read())
        return [f"{each['range']['start']['line']}: {each['message']}" for each in self._diagnostics[uri]]

    def ask(self, method: str, params: Any) -> Any:
        """Send a request and wait for its answer."""
        self._number += 1
        number = self._number
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._read()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message["result"]
            self._handle(message)

    def _handle(self, message: dict[str, Any]) -> None:
        match message.get("method"):
            case "textDocument/publishDiagnostics":
                params = message["params"]
                self._diagnostics[params["uri"]] = params["diagnostics"]
            case "workspace/configuration":
                answer = [
                    self._settings if item.get("section") == "yaml" else {} for item in message["params"]["items"]
                ]
                self._send({"id": message["id"], "result": answer})
            case str() if "id" in message:
                self._send({"id": message["id"], "result": None})

    def _tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._in.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self._in.flush()

    def _read(self) -> dict[str, Any]:
        length = 0
        while (line := self._out.readline().strip()) or not length:
            assert line or length, "the server has ended"
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        message: dict[str, Any] = json.loads(self._out.read(length))
        return message


def _at(uri: str, line: int, column: int) -> dict[str, Any]:
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": column}}


@contextmanager
def editor(root: Path) -> Iterator[Editor]:
    """An editor on a site's folder; the server asks no network for schemas."""
    program = npm_package("yaml-language-server") / "bin" / "yaml-language-server"
    command = [node_program(), str(program), "--stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root) as process:
        try:
            yield Editor(process, root)
        finally:
            process.kill()
