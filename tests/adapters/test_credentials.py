"""Secrets: passwords are kept slowly, weighed against what people guess; codes are those of a real phone."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from argon2 import extract_parameters
from argon2.low_level import Type

from monitor.adapters.credentials import AROUND, Credentials

NOW = datetime(2026, 11, 26, 7, 0, 15, tzinfo=UTC)
SECRETS = Credentials()


def test_a_password_is_kept_by_argon2id_with_the_parameters_of_the_standard():
    hashed = SECRETS.hash_password("correct horse battery")
    kept = extract_parameters(hashed)
    assert kept.type is Type.ID
    assert (kept.memory_cost >= 19_456, kept.time_cost >= 2) == (True, True), "OWASP's least"
    assert SECRETS.is_password("correct horse battery", hashed)
    assert not SECRETS.is_password("correct horse batter", hashed)
    assert hashed != SECRETS.hash_password("correct horse battery")


@pytest.mark.parametrize("hashed", ["", "no hash", "$argon2id$v=19$m=1$broken"])
def test_no_password_fits_where_there_is_none(hashed):
    assert not SECRETS.is_password("", hashed)
    assert not SECRETS.is_password("anything at all", hashed)


@pytest.mark.parametrize(
    "password", ["password1234", "qwertyuiop12", "123456789012", "aaaaaaaaaaaaaaa", "jo.bloggs2026"]
)
def test_what_people_guess_is_weak(password):
    assert SECRETS.weakness(password, ["jo.bloggs", "Jo", "Bloggs"])


def test_a_few_words_are_strong_and_a_very_long_one_is_weighed_soon():
    assert SECRETS.weakness("kelp teapot gravel nine", ["jo"]) == ""
    assert SECRETS.weakness("kelp teapot gravel nine " * 8, ["jo"]) == ""


def test_what_is_made_by_chance_is_never_the_same():
    assert len({SECRETS.make_key() for _ in range(50)}) == 50
    assert len(set(SECRETS.make_recovery())) == 10
    assert SECRETS.weakness(SECRETS.make_password(), []) == ""


def test_a_code_of_now_of_the_step_before_and_of_the_one_after_is_taken():
    secret = SECRETS.make_code_secret()
    phone, this = pyotp.TOTP(secret), int(NOW.timestamp()) // 30
    for steps in range(-3, 4):
        code = phone.at(NOW + timedelta(seconds=30 * steps))
        assert SECRETS.code_step(secret, code, NOW) == (this + steps if steps in AROUND else None)
    spaced = phone.at(NOW)
    assert SECRETS.code_step(secret, f" {spaced[:3]} {spaced[3:]} ", NOW) == this


@pytest.mark.parametrize("code", ["", "12345", "½½½½½½", "٣٣٣٣٣٣", "0" * 1000])
def test_what_is_no_code_is_of_no_step(code):
    assert SECRETS.code_step(SECRETS.make_code_secret(), code, NOW) is None


def test_a_phone_reads_the_same_secret_from_the_address():
    secret = SECRETS.make_code_secret()
    read = pyotp.parse_uri(SECRETS.code_address(secret, "jo@body.example"))
    assert (read.secret, read.name, read.issuer) == (secret, "jo@body.example", "Monitor")
