"""Accounts, and who is signed in."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, select, update

from monitor.adapters.store.access_schema import recovery_codes, sessions, tokens, user_roles, users
from monitor.adapters.store.engine import Database, add_new, upsert
from monitor.adapters.store.rows import plain_row
from monitor.core.access import Granted, Role, Session, Token, User

OF_THE_ROW = [f.name for f in fields(User) if f.name not in ("roles", "recovery")]


class Access:
    """Keeps accounts for good; sessions until they are over."""

    _db: Database

    # ------------------------------------------------- accounts

    def users(self) -> list[User]:
        """All of them, by name."""
        return self._db.read(_users)

    def user(self, name: str) -> User | None:
        """The account of that name."""
        return next(iter(self._db.read(lambda c: _users(c, users.c.name == name))), None)

    def user_of(self, issuer: str, subject: str) -> User | None:
        """The account that an organisation's sign-in knows by that name."""
        asked = (users.c.issuer == issuer, users.c.subject == subject, users.c.subject != "")
        return next(iter(self._db.read(lambda c: _users(c, *asked))), None)

    def add_user(self, user: User) -> bool:
        """Store an account; False, and nothing stored, when there is one of that name."""
        return self._db.write(lambda c: _add(c, user))

    def save_user(self, user: User) -> None:
        """Store the account in place of the one there is, its roles too."""
        self._db.write(lambda c: _save(c, user))

    def take_code(self, name: str, step: int) -> bool:
        """Remember that a code of these 30 seconds was used; False when it, or a later one, was used before."""
        newer = update(users).where(users.c.name == name, users.c.code_step < step).values(code_step=step)
        return self._db.write(lambda c: c.execute(newer).rowcount == 1)

    def take_recovery(self, name: str, code: str) -> bool:
        """Use up a recovery code by its fingerprint; False when it is not left."""
        used = delete(recovery_codes).where(recovery_codes.c.user == name, recovery_codes.c.code == code)
        return self._db.write(lambda c: c.execute(used).rowcount == 1)

    # ------------------------------------------------- sessions

    def open_session(self, session: Session) -> None:
        """Store one."""
        row = plain_row(session) | {"whole": int(session.whole)}
        self._db.write(lambda c: c.execute(sessions.insert(), row))

    def session(self, session_id: str) -> Session | None:
        """The one of that id, over or not."""
        return next(iter(self._sessions(sessions.c.id == session_id)), None)

    def sessions_of(self, user: str) -> list[Session]:
        """All that a user has, the latest first."""
        return self._sessions(sessions.c.user == user)

    def see_session(self, session_id: str, at: datetime) -> None:
        """Remember when it was last used."""
        seen = update(sessions).where(sessions.c.id == session_id).values(seen_at=at)
        self._db.write(lambda c: c.execute(seen))

    def end_sessions(self, user: str, *, only: str = "", but: str = "") -> int:
        """Take out a user's sessions: one, all but one, or all; how many."""
        asked = [sessions.c.user == user]
        asked += [sessions.c.id == only] if only else []
        asked += [sessions.c.id != but] if but else []
        return self._db.write(lambda c: c.execute(delete(sessions).where(*asked)).rowcount)

    def forget_sessions(self, before: datetime) -> int:
        """Take out those that were opened before then; how many."""
        old = delete(sessions).where(sessions.c.made_at < before)
        return self._db.write(lambda c: c.execute(old).rowcount)

    def _sessions(self, asked: ColumnElement[bool]) -> list[Session]:
        query = select(sessions).where(asked).order_by(sessions.c.made_at.desc(), sessions.c.id)
        rows = self._db.read(lambda c: c.execute(query).mappings().all())
        return [Session(**{**row, "whole": bool(row["whole"])}) for row in rows]

    # ------------------------------------------------- keys of programs

    def add_token(self, token: Token) -> None:
        """Store one."""
        self._db.write(lambda c: c.execute(tokens.insert(), plain_row(token)))

    def token(self, token_id: str) -> Token | None:
        """The one of that id, good or not."""
        return next(iter(self._tokens(tokens.c.id == token_id)), None)

    def tokens_of(self, user: str) -> list[Token]:
        """All that a user ever had, the latest first."""
        return self._tokens(tokens.c.user == user)

    def save_token(self, token: Token) -> None:
        """Store it in place of the one there is."""
        self._db.write(lambda c: upsert(c, tokens, [plain_row(token)]))

    def _tokens(self, asked: ColumnElement[bool]) -> list[Token]:
        query = select(tokens).where(asked).order_by(tokens.c.made_at.desc(), tokens.c.id)
        return [Token(**row) for row in self._db.read(lambda c: c.execute(query).mappings().all())]


def _users(connection: Connection, *asked: ColumnElement[bool]) -> list[User]:
    rows = connection.execute(select(users).where(*asked).order_by(users.c.name)).mappings().all()
    names = [row["name"] for row in rows]
    roles: dict[str, list[Granted]] = {}
    for given in connection.execute(
        select(user_roles).where(user_roles.c.user.in_(names)).order_by(user_roles.c.agreement, user_roles.c.role)
    ):
        roles.setdefault(given.user, []).append(Granted(Role(given.role), given.agreement))
    left: dict[str, set[str]] = {}
    for code in connection.execute(select(recovery_codes).where(recovery_codes.c.user.in_(names))):
        left.setdefault(code.user, set()).add(code.code)
    return [
        User(
            **{**row, "must_change": bool(row["must_change"])},
            roles=tuple(roles.get(row["name"], ())),
            recovery=frozenset(left.get(row["name"], ())),
        )
        for row in rows
    ]


def _user_row(user: User) -> dict[str, Any]:
    return {name: getattr(user, name) for name in OF_THE_ROW} | {"must_change": int(user.must_change)}


def _add(connection: Connection, user: User) -> bool:
    added = bool(add_new(connection, users, [_user_row(user)]))
    if added:
        _save_parts(connection, user)
    return added


def _save(connection: Connection, user: User) -> None:
    upsert(connection, users, [_user_row(user)])
    _save_parts(connection, user)


def _save_parts(connection: Connection, user: User) -> None:
    connection.execute(delete(user_roles).where(user_roles.c.user == user.name))
    connection.execute(delete(recovery_codes).where(recovery_codes.c.user == user.name))
    granted = [{"user": user.name, "agreement": g.agreement, "role": str(g.role)} for g in set(user.roles)]
    left = [{"user": user.name, "code": code} for code in user.recovery]
    if granted:
        connection.execute(user_roles.insert(), granted)
    if left:
        connection.execute(recovery_codes.insert(), left)
