"""The register of individuals, and sentences about the profiles that it proves or not."""

from __future__ import annotations

from datetime import date

from monitor.core.agreement import Agreement, Claim
from monitor.core.people import check, register
from monitor.core.profile import Alias, NamedPerson, Profile, Standing, Term

RITA = NamedPerson(
    "Rita Sample", Standing.OFFICE_HOLDER, "Minister", "the office", "Head of News", review_by=date(2027, 3, 31)
)
OLD = NamedPerson("Zeb Old")
UNA = NamedPerson("Una Reid", Standing.JOURNALIST, "journalist", "x", "A", "B", date(2027, 1, 1), byline=True)
NOBODY = Claim("We name nobody.", (Standing.OFFICE_HOLDER, Standing.JOURNALIST, Standing.PRIVATE_PERSON))
NO_PRESS = Claim("We name no journalists.", (Standing.JOURNALIST,))
ALL = Claim("We look for all.", terms_for=("Carer's Payment", "Tide Grant"))


def agreement(*people: NamedPerson, terms: tuple[Term, ...] = (), claims: tuple[Claim, ...] = ()) -> Agreement:
    return Agreement("a", "c", "n", (Profile("s", "SECTION", terms=terms, people=people),), claims=claims)


def test_a_line_of_the_register_has_the_decision_and_says_what_is_not_recorded() -> None:
    rita, old = (entry.to_json() for entry in register(agreement(RITA, OLD)))
    assert rita == {
        "section": "s",
        "name": "Rita Sample",
        "class": "office_holder",
        "role": "Minister",
        "purpose": "the office",
        "approved_by": "Head of News",
        "second_approval": None,
        "review_by": "2027-03-31",
        "looked_for_as": "term",
    }
    assert old["class"] is old["role"] is old["review_by"] is None


def test_that_nobody_is_named_is_disproved_by_whoever_is() -> None:
    (nobody, press) = check(agreement(RITA, claims=(NOBODY, NO_PRESS)))
    assert (nobody.holds, nobody.proof) == (False, (("SECTION", "Rita Sample"),))
    assert (press.holds, press.proof) == (True, ())
    assert not check(agreement(UNA, claims=(NO_PRESS,)))[0].holds


def test_a_person_of_whom_no_class_is_recorded_may_be_of_any() -> None:
    assert not check(agreement(OLD, claims=(NO_PRESS,)))[0].holds


def test_that_all_are_looked_for_needs_each_as_it_is_searched() -> None:
    carers = Term("Carers Payment")
    (checked,) = check(agreement(terms=(carers,), claims=(ALL,)))
    assert (checked.holds, checked.lacking) == (False, ("Tide Grant",))
    waiting = Term("Sea Grant", aliases=(Alias("Tide Grant"),))
    assert check(agreement(terms=(carers, waiting), claims=(ALL,)))[0].lacking == ("Tide Grant",)
    approved = Term("Sea Grant", aliases=(Alias("Tide Grant", approved=True),))
    (checked,) = check(agreement(terms=(carers, approved), claims=(ALL,)))
    assert checked.holds
    assert checked.proof == (("SECTION", "Carers Payment"), ("SECTION", "Sea Grant"))
