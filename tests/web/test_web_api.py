"""The API: described by OpenAPI, as the description says under any parameters, the same answers as the pages."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import timedelta
from urllib.parse import quote

import pytest
import schemathesis
from browsing import AGREEMENT, Answer, Visitor, morning_edition
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from monitor import app
from monitor.core.access import Granted, Role
from monitor.jobs.users import add_user, disable, end_token, make_token

API = "/api/v1/agreements"
MINE = f"{API}/{AGREEMENT}"


@pytest.fixture(scope="module")
def accounts(made):
    with app.open_workspace(made) as workspace:
        yield workspace.accounts("tests", "here")


@pytest.fixture(scope="module")
def key(accounts):
    """Of a program that acts as an editor."""
    add_user(accounts, "robot", [Granted(Role.EDITOR)], elsewhere=True)
    return make_token(accounts, "robot", "tests", 1)


def asked(visitor: Visitor, path: str, key: str) -> Answer:
    return Visitor(visitor.address).get(path, Authorization=f"Bearer {key}")


def told(visitor: Visitor, path: str, key: str):
    answer = asked(visitor, path, key)
    assert answer.status == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return json.loads(answer.text)


# --------------------------------------------------------------- keys


def test_a_key_opens_the_api_and_no_page(visitor, key):
    assert [one["id"] for one in told(visitor, API, key)] == [AGREEMENT]
    assert asked(visitor, f"/a/{AGREEMENT}", key).headers["location"].startswith("/sign-in")


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer x", "Basic am86eA==", "Bearer " + "x" * 5000])
def test_what_is_no_key_opens_nothing(visitor, given):
    answer = Visitor(visitor.address).get(API, Authorization=given)
    assert answer.status == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert "monitor users key" in json.loads(answer.text)["detail"]


def test_a_key_ends_when_it_is_taken_back_or_its_user_is_disabled(visitor, accounts):
    for end in ("key", "user"):
        add_user(accounts, f"ends-by-{end}", [Granted(Role.READER)], elsewhere=True)
        key = make_token(accounts, f"ends-by-{end}", "tests", 1)
        assert asked(visitor, API, key).status == 200
        if end == "key":
            (token,) = accounts.records.tokens_of(f"ends-by-{end}")
            assert token.seen_at
            end_token(accounts, f"ends-by-{end}", token.id[:10])
        else:
            disable(accounts, f"ends-by-{end}")
        assert asked(visitor, API, key).status == 401


def test_a_browser_that_is_signed_in_may_ask_too(member):
    assert member(Granted(Role.READER)).get(API).status == 200


def test_a_key_acts_with_its_users_roles(visitor, accounts):
    add_user(accounts, "reads-only", [Granted(Role.READER, AGREEMENT)], elsewhere=True)
    key = make_token(accounts, "reads-only", "tests", 1)
    assert asked(visitor, f"{MINE}/editions", key).status == 200
    answer = asked(visitor, f"{MINE}/coverage", key)
    assert (answer.status, json.loads(answer.text)["title"]) == (403, "You may not see this page")


# --------------------------------------------------------------- answers


def test_the_answers_are_those_of_the_pages(visitor, key, made):
    with app.open_workspace(made) as workspace:
        edition = morning_edition(workspace.store)
    lines = told(visitor, f"{MINE}/editions?words=scottish", key)
    assert (lines["total"], [one["edition"] for one in lines["editions"]]) == (1, [edition.id])
    sent = told(visitor, f"{MINE}/editions/{edition.id.partition('/')[2]}", key)
    assert (sent["text"], sent["html"]) == (edition.mail.text, edition.mail.html)
    assert len(told(visitor, f"{MINE}/sources", key)) == 12
    assert told(visitor, f"{MINE}/due?days=7", key)
    page = told(visitor, f"{MINE}/coverage?section=benefits", key)
    counts = told(visitor, f"{MINE}/coverage/counts?section=benefits", key)
    assert page["total"] == counts["rows"] == len(page["rows"]) == counts["sections"][0]["articles"]
    why = told(visitor, f"{MINE}/why?article={page['rows'][0]['article']}", key)
    assert why["headline"] == page["rows"][0]["headline"]
    assert why["digests"][0]["chain"]
    assert told(visitor, f"{MINE}/why?article=scottish", key)["choices"]


def test_what_is_wrong_is_said_in_a_document(visitor, key):
    for path, status, said in (
        (f"{MINE}/coverage?since=x", 400, "Since: x is no date"),
        (f"{MINE}/editions?digest=none", 400, "Digest: There is no digest none"),
        (f"{MINE}/editions/morning/none", 404, "No edition"),
        (f"{MINE}/why?article={quote('zebra crossing')}", 404, "all of these words"),
        (f"{MINE}/why", 422, "“article” is missing"),
    ):
        answer = asked(visitor, path, key)
        document = json.loads(answer.text)
        assert (answer.status, answer.headers["content-type"]) == (status, "application/problem+json")
        assert said in document["detail"]


def test_what_is_taken_out_is_written_down(visitor, key, accounts):
    told(visitor, f"{MINE}/coverage?section=benefits", key)
    now = accounts.clock()
    acts = accounts.records.acts(now - timedelta(minutes=10), now + timedelta(minutes=10), "robot")
    assert "coverage taken out" in {act.what for act in acts}


# --------------------------------------------------------------- under any parameters


CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
OPERATIONS = 39
EXAMPLES = 100 if os.environ.get("MONITOR_FULL") else 3


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_it_does_what_its_description_says(visitor, key, mode):
    schema = schemathesis.openapi.from_url(f"{visitor.address}/api/v1/openapi.json")
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) == OPERATIONS
    for operation in operations:

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        def does(case):
            named = {"agreement": AGREEMENT, "section": "benefits", "file": "benefits.yaml"}
            case.path_parameters.update(
                {name: value for name, value in named.items() if name in case.path_parameters}
            )
            case.call_and_validate(headers={"Authorization": f"Bearer {key}"}, checks=CHECKS)

        with suppress(Unsatisfiable):  # an operation without parameters has no wrong ones
            does()
