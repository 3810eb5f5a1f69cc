"""Speaks with the YAML language server as an editor does: documents opened, completion, explanations, faults."""

from __future__ import annotations

import json
import subprocess
from queue import Queue
from threading import Thread


class Editor:
    """An editor with one document open at a time."""

    def __init__(self, command, folder):
        self._server = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._folder, self._number, self._opened = folder, 0, 0
        self._answers, self._faults = Queue(), Queue()
        Thread(target=self._listen, daemon=True).start()
        capabilities = {"textDocument": {"completion": {}, "hover": {"contentFormat": ["plaintext"]}}}
        self._ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": capabilities})
        self._tell("initialized", {})

    def close(self):
        """End the server, and wait until it has ended."""
        self._server.terminate()
        self._server.wait(10)
        self._server.stdin.close()
        self._server.stdout.close()

    def open(self, text):
        """Open a document, and give the faults that the server finds in it."""
        self._opened += 1
        self._uri = (self._folder / f"document{self._opened}.yaml").as_uri()
        document = {"uri": self._uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        while True:
            found = self._faults.get(timeout=30)
            if found["uri"] == self._uri:
                return found["diagnostics"]

    def completion(self, line, column):
        """Give the words offered at a place; both count from 0."""
        answer = self._at("textDocument/completion", line, column)
        items = answer["items"] if isinstance(answer, dict) else answer
        return {item["label"] for item in items}

    def hover(self, line, column):
        """Give the explanation of what stands at a place."""
        answer = self._at("textDocument/hover", line, column)
        contents = (answer or {}).get("contents", "")
        return contents["value"] if isinstance(contents, dict) else str(contents)

    def _at(self, method, line, column):
        place = {"line": line, "character": column}
        return self._ask(method, {"textDocument": {"uri": self._uri}, "position": place})

    def _ask(self, method, params):
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        while True:
            message = self._answers.get(timeout=30)
            if message["id"] == self._number:
                assert "error" not in message, message
                return message["result"]

    def _tell(self, method, params):
        self._send({"method": method, "params": params})

    def _send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._server.stdin.flush()

    def _listen(self):
        while head := self._server.stdout.readline():
            if not head.lower().startswith(b"content-length:"):
                continue
            while self._server.stdout.readline().strip():
                pass
            message = json.loads(self._server.stdout.read(int(head.split(b":")[1])))
            if message.get("method") == "textDocument/publishDiagnostics":
                self._faults.put(message["params"])
            elif "method" in message and "id" in message:  # what it asks of an editor: its settings, above all
                settings = (
                    [{} for _ in message["params"].get("items", [])] if "items" in (message["params"] or {}) else None
                )
                self._send({"id": message["id"], "result": settings})
            elif "id" in message:
                self._answers.put(message)
