"""What signing in needs: who has an account, who is signed in, what was tried and done, secrets kept safely."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from monitor.core.access import Act, Session, Token, Tries, User


class Users(Protocol):
    """Accounts with their roles."""

    def users(self) -> list[User]:
        """All of them, by name."""

    def user(self, name: str) -> User | None:
        """The account of that name."""

    def user_of(self, issuer: str, subject: str) -> User | None:
        """The account that an organisation's sign-in knows by that name."""

    def add_user(self, user: User) -> bool:
        """Store an account; False, and nothing stored, when there is one of that name."""

    def save_user(self, user: User) -> None:
        """Store the account in place of the one there is, its roles too."""

    def take_code(self, name: str, step: int) -> bool:
        """Remember that a code of these 30 seconds was used; False when it, or a later one, was used before."""

    def take_recovery(self, name: str, code: str) -> bool:
        """Use up a recovery code by its fingerprint; False when it is not left."""


class Sessions(Protocol):
    """Who is signed in, and the keys of programs."""

    def open_session(self, session: Session) -> None:
        """Store one."""

    def session(self, session_id: str) -> Session | None:
        """The one of that id, over or not."""

    def sessions_of(self, user: str) -> list[Session]:
        """All that a user has, the latest first."""

    def see_session(self, session_id: str, at: datetime) -> None:
        """Remember when it was last used."""

    def end_sessions(self, user: str, *, only: str = "", but: str = "") -> int:
        """Take out a user's sessions: one, all but one, or all; how many."""

    def forget_sessions(self, before: datetime) -> int:
        """Take out those that were opened before then; how many."""

    def add_token(self, token: Token) -> None:
        """Store one."""

    def token(self, token_id: str) -> Token | None:
        """The one of that id, good or not."""

    def tokens_of(self, user: str) -> list[Token]:
        """All that a user ever had, the latest first."""

    def save_token(self, token: Token) -> None:
        """Store it in place of the one there is."""


class Acts(Protocol):
    """What was tried and done: only ever added to."""

    def tries(self, keys: Iterable[str]) -> list[Tries]:
        """What is remembered of failures under these keys."""

    def failed(self, keys: Iterable[str], at: datetime, forget: datetime) -> None:
        """Count a failure under each key; what last failed before `forget` counts no more."""

    def succeeded(self, keys: Iterable[str]) -> None:
        """Forget the failures under these keys."""

    def write_act(self, act: Act) -> None:
        """Remember something that was done."""

    def acts(self, since: datetime, until: datetime, user: str | None = None, limit: int = 1000) -> list[Act]:
        """What was done in `[since, until)`, the latest first, `limit` at most."""

    def beat(self, at: datetime) -> None:
        """Write one row, in place of the last: whether the database can be written.

        Raises:
            StoreError: it cannot.
        """


class Access(Users, Sessions, Acts, Protocol):
    """All of them."""


class Secrets(Protocol):
    """`adapters.credentials`: chance, hashes, and a phone's codes."""

    def make_key(self) -> str:
        """A secret of 256 bits, as text for a cookie or a header."""

    def make_password(self) -> str:
        """A password to give to somebody, easy to read aloud."""

    def make_recovery(self) -> list[str]:
        """Ten codes to write down."""

    def make_code_secret(self) -> str:
        """What a phone's codes are made from."""

    def fingerprint(self, key: str) -> str:
        """A secret of ours as it is stored: nobody reads it back."""

    def hash_password(self, password: str) -> str:
        """A password as it is stored: slow to try, different each time."""

    def is_password(self, password: str, hashed: str) -> bool:
        """Whether it is that one; takes as long when there is none (`hashed` is empty)."""

    def weakness(self, password: str, about: Iterable[str]) -> str:
        """Why somebody would guess it soon, knowing these words of its owner; '' when nobody would."""

    def code_step(self, secret: str, code: str, now: datetime) -> int | None:
        """Which 30 seconds the code is of, around now; None when it is of none of them."""

    def code_address(self, secret: str, user: str) -> str:
        """The `otpauth://` address that a phone reads."""
