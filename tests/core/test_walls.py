"""Paywalls and cookie walls in every language of which phrases are known, on texts of our own (F36)."""

from __future__ import annotations

import pytest

from monitor.core.quality import Kind, Taken, asks_to_pay, quality_of
from monitor.core.walls import ASKING, WALLS

NEWS = {
    "gd": "Thuirt Riaghaltas na h-Alba gun tèid sochair ùr a phàigheadh do theaghlaichean às dèidh an samhraidh.",
    "cy": "Dywedodd y llywodraeth y bydd budd-dal newydd yn cael ei dalu i deuluoedd ar ôl yr haf eleni.",
    "fr": "Le gouvernement écossais a déclaré qu'une nouvelle allocation serait versée aux familles à l'automne.",
    "de": "Die schottische Regierung teilte mit, dass Familien nach dem Sommer eine neue Leistung bekommen.",
    "es": "El Gobierno escocés anunció que las familias recibirán una nueva prestación después del verano.",
}
ABOUT = {
    "gd": "Thuirt an neach-cunntais nach eil làraichean nan comhairlean a' cleachdadh bhriosgaidean tuilleadh.",
    "cy": "Dywedodd y rheoleiddiwr nad yw gwefannau'r cynghorau yn defnyddio cwcis heb ganiatâd mwyach.",
    "fr": "Le régulateur a rappelé qu'il faut pouvoir refuser les cookies aussi simplement que les accepter.",
    "de": "Die Aufsicht stellte fest, dass die Seite des Rates Cookies ohne Einwilligung setzt und verwendet.",
    "es": "El regulador recordó que un portal que usa cookies debe pedir antes el consentimiento del lector.",
}
SAID = [(language, phrase) for table in (ASKING, WALLS) for language, said in table.items() for phrase in said]


def spoken(phrase: str) -> str:
    """The phrase as a page may have it: a capital, the other apostrophe, words in the gap."""
    text = phrase.replace("...", "12 xyz").replace("'", "’")
    return text[0].upper() + text[1:]


@pytest.mark.parametrize(("language", "phrase"), [x for x in SAID if x[1] in ASKING[x[0]]])
def test_a_paywall_makes_a_teaser(language: str, phrase: str) -> None:
    quality = quality_of(Taken(f"{NEWS[language]}\n\n{spoken(phrase)}."))
    assert quality.kind is Kind.TEASER, str(quality)
    assert asks_to_pay(spoken(phrase))


@pytest.mark.parametrize(("language", "phrase"), [x for x in SAID if x[1] in WALLS[x[0]]])
def test_a_wall_is_a_wall(language: str, phrase: str) -> None:
    assert (
        quality_of(Taken(f"Lorem: {spoken(phrase)}, dolor sit amet consectetur adipiscing elit.")).kind
        is Kind.WALL
    )


@pytest.mark.parametrize("language", NEWS)
def test_news_is_news_also_of_cookies(language: str) -> None:
    assert quality_of(Taken(NEWS[language])).full
    assert quality_of(Taken("\n\n".join([NEWS[language]] * 3 + [ABOUT[language]]))).full
