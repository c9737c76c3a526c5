"""Signing in by an organisation's own accounts: OpenID Connect, the code flow with PKCE.

What the organisation says is believed when it is signed with a key that its issuer publishes, is meant for us,
and is of this very sign-in (nonce).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.common.security import generate_token
from authlib.integrations.httpx_client import OAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import JWTClaimsRegistry

from monitor.errors import VouchError

SECONDS = 10
"""Longest wait for an answer of the organisation's server."""
SIGNED_BY = ["RS256", "PS256", "ES256", "EdDSA"]
"""Never `none`, never a secret that both sides have."""
LEEWAY_SECONDS = 60
FAULTS = (AuthlibBaseError, JoseError, httpx2.HTTPError, ValueError, KeyError)


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in that is under way; the browser keeps it until it comes back."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom the organisation vouches for."""

    issuer: str
    subject: str
    name: str
    """As the claim that settings name has it; '' when it says none."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation's own sign-in."""

    issuer: str
    client_id: str
    client_secret: str
    back: str
    """The address of ours that it leads back to."""
    claim: str

    def begin(self) -> tuple[str, Begun]:
        """The address to lead the browser to, and what to keep of it.

        Raises:
            VouchError: the organisation's server gives no usable answer.
        """
        begun = Begun(generate_token(32), generate_token(32), generate_token(48))
        try:
            with self._client() as client:
                to = client.create_authorization_url(
                    self._described(client)["authorization_endpoint"],
                    state=begun.state,
                    code_verifier=begun.verifier,
                    nonce=begun.nonce,
                )[0]
        except FAULTS as error:
            raise _no_answer(error) from error
        return str(to), begun

    def end(self, came_to: str, begun: Begun) -> Vouched:
        """Whom the address that the browser came back to vouches for.

        Raises:
            VouchError: it vouches for nobody, or not to us, or not now.
        """
        try:
            with self._client() as client:
                described = self._described(client)
                token = client.fetch_token(
                    described["token_endpoint"],
                    authorization_response=came_to,
                    state=begun.state,
                    code_verifier=begun.verifier,
                )
                keys = KeySet.import_key_set(_read(client, described["jwks_uri"]))
            claims = self._claims(token["id_token"], keys, begun.nonce)
        except FAULTS as error:
            raise _no_answer(error) from error
        return Vouched(self.issuer, claims["sub"], str(claims.get(self.claim) or ""))

    def _claims(self, id_token: str, keys: KeySet, nonce: str) -> dict[str, Any]:
        claims = jwt.decode(id_token, keys, algorithms=SIGNED_BY).claims
        JWTClaimsRegistry(
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self.client_id},
            sub={"essential": True},
            exp={"essential": True},
            nonce={"essential": True, "value": nonce},
        ).validate(claims)
        return claims

    def _client(self) -> OAuth2Client:
        return OAuth2Client(
            self.client_id,
            self.client_secret,
            scope="openid profile email",
            redirect_uri=self.back,
            code_challenge_method="S256",
            timeout=SECONDS,
        )

    def _described(self, client: OAuth2Client) -> dict[str, Any]:
        """What the issuer says of itself (OpenID Connect Discovery)."""
        described: dict[str, Any] = _read(client, f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        if described.get("issuer") != self.issuer:
            raise ValueError(f"it calls itself {described.get('issuer')!r}, not {self.issuer!r}")
        return described


def _read(client: OAuth2Client, url: str) -> Any:
    """The JSON at an address that anybody may read."""
    answer = client.request("GET", url, withhold_token=True)
    answer.raise_for_status()
    return answer.json()


def _no_answer(error: Exception) -> VouchError:
    return VouchError(f"your organisation's sign-in gave no answer that we can use: {error}")
