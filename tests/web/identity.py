"""An organisation's sign-in on loopback: a real OpenID Connect server, which signs whatever it is told to."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "monitor", "a secret & more"


@dataclass
class Identity:
    """Who comes through it, and how its tokens lie."""

    address: str = ""
    subject: str = "4711"
    username: str = "jo@body.example"
    lies: dict[str, Any] = field(default_factory=dict)
    """Claims in place of the true ones."""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1", "use": "sig"}))
    other_key: bool = False
    """Whether it signs with a key that it does not publish."""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def described(self) -> dict[str, Any]:
        ends = {name: f"{self.address}/{name}" for name in ("authorize", "token", "keys")}
        return {
            "issuer": self.address,
            "authorization_endpoint": ends["authorize"],
            "token_endpoint": ends["token"],
            "jwks_uri": ends["keys"],
        }

    def authorize(self, asked: dict[str, str]) -> str:
        """Where it leads the browser to."""
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, given: dict[str, str], authorization: str) -> dict[str, str] | None:
        """The tokens of a code, once, for who has the secret and the verifier."""
        name, _, secret = b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
        asked = self.codes.pop(given["code"], None)
        challenge = (
            urlsafe_b64encode(hashlib.sha256(given["code_verifier"].encode()).digest()).decode().rstrip("=")
        )
        if (name, unquote(secret)) != (CLIENT, SECRET) or asked is None or asked["code_challenge"] != challenge:
            return None
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "sub": self.subject, "iat": now, "exp": now + 300}
        claims |= {"nonce": asked["nonce"], "preferred_username": self.username} | self.lies
        key = RSAKey.generate_key(2048, {"kid": "1"}) if self.other_key else self.key
        id_token = jwt.encode({"alg": "RS256", "kid": "1"}, claims, key)
        return {"access_token": "x", "token_type": "Bearer", "id_token": id_token}


@contextmanager
def organisation() -> Iterator[Identity]:
    """The server, while the block runs."""
    identity = Identity()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/authorize":
                asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
                self.send_response(303)
                self.send_header("Location", identity.authorize(asked))
                self.send_header("Content-Length", "0")
                self.end_headers()
            elif parts.path == "/keys":
                self.answer(200, {"keys": [identity.key.as_dict(private=False)]})
            else:
                self.answer(200, identity.described())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            given = {key: values[0] for key, values in parse_qs(body).items()}
            tokens = identity.token(given, self.headers.get("Authorization", ""))
            self.answer(200 if tokens else 400, tokens or {"error": "invalid_grant"})

        def answer(self, status: int, document: dict[str, Any]) -> None:
            body = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Every request would be a line."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    identity.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield identity
    server.shutdown()
    server.server_close()
    thread.join()
