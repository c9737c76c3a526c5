"""Secrets: made by chance, kept as hashes; passwords weighed; a phone's codes (RFC 6238)."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

ISSUER = "Monitor"
STEP_SECONDS = 30
AROUND = (0, -1, 1)
"""Steps of a code that are taken: a phone's clock may be wrong by as much."""
STRONG_ENOUGH = 3
"""Of zxcvbn's 4: more than 10^8 guesses, knowing common passwords and the owner's own words."""
MOST_WEIGHED = 72
"""Characters that are weighed; weighing takes ever longer, and who needs so many is safe."""
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are read for one another."""


class Credentials:
    """Fits `jobs.ports.access.Secrets`."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobody = self._hasher.hash(secrets.token_urlsafe())

    def make_key(self) -> str:
        """A secret of 256 bits, as text for a cookie or a header."""
        return secrets.token_urlsafe(32)

    def make_password(self) -> str:
        """Four groups of five letters: 99 bits."""
        return _groups(4, 5)

    def make_recovery(self) -> list[str]:
        """Ten codes of 49 bits each."""
        return [_groups(2, 5) for _ in range(10)]

    def make_code_secret(self) -> str:
        """160 bits, as RFC 4226 asks."""
        return pyotp.random_base32()

    def fingerprint(self, key: str) -> str:
        """Its SHA-256: what is made by chance needs no slow hash."""
        return hashlib.sha256(key.encode()).hexdigest()

    def hash_password(self, password: str) -> str:
        """By argon2id with the parameters of RFC 9106 for little memory, and a salt of its own."""
        return self._hasher.hash(password)

    def is_password(self, password: str, hashed: str) -> bool:
        """Whether it is that one; takes as long when there is none (`hashed` is empty)."""
        try:
            return self._hasher.verify(hashed or self._nobody, password) and bool(hashed)
        except (VerificationError, InvalidHashError):
            return False

    def weakness(self, password: str, about: Iterable[str]) -> str:
        """Why somebody would guess it soon; '' when nobody would."""
        from zxcvbn import zxcvbn  # its dictionaries take a while to load, and only a new password needs them

        weighed = zxcvbn(password[:MOST_WEIGHED], user_inputs=[word for word in about if word])
        if weighed["score"] >= STRONG_ENOUGH:
            return ""
        return weighed["feedback"]["warning"].rstrip(".") or "It is easy to guess"

    def code_step(self, secret: str, code: str, now: datetime) -> int | None:
        """Which 30 seconds the code is of, around now; None when it is of none of them."""
        made, typed = pyotp.TOTP(secret, interval=STEP_SECONDS), code.replace(" ", "")
        this = int(now.timestamp()) // STEP_SECONDS
        for step in (this + n for n in AROUND):
            if hmac.compare_digest(made.at(step * STEP_SECONDS).encode(), typed.encode()):
                return step
        return None

    def code_address(self, secret: str, user: str) -> str:
        """The `otpauth://` address that a phone reads."""
        return pyotp.TOTP(secret, interval=STEP_SECONDS).provisioning_uri(name=user, issuer_name=ISSUER)


def _groups(number: int, letters: int) -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(letters)) for _ in range(number))
