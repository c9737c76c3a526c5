"""Pages of our own with a wall, in the languages other than English: their text is not taken for the article."""

from __future__ import annotations

import pytest

from monitor.adapters import pages
from monitor.core.quality import Kind

PAGE = """<!doctype html><html lang="{0}"><head><title>{1}</title></head><body>
<nav><a href="/a">A</a> <a href="/b">B</a></nav>
<main><article><h1>{1}</h1><p>{2}</p>{3}</article></main></body></html>"""
PAYWALLS = [
    (
        "gd",
        "Sochair ùr",
        "Thuirt Riaghaltas na h-Alba gun tèid sochair ùr a phàigheadh do theaghlaichean às dèidh an t-samhraidh.",
        "Clàraich a-steach gus cumail ort a’ leughadh.",
    ),
    (
        "cy",
        "Budd-dal newydd",
        "Dywedodd y llywodraeth y bydd budd-dal newydd yn cael ei dalu i deuluoedd ar ôl yr haf eleni.",
        "Tanysgrifiwch heddiw i ddarllen gweddill yr erthygl.",
    ),
    (
        "fr",
        "Une nouvelle allocation",
        "Le gouvernement écossais a déclaré qu’une nouvelle allocation serait versée aux familles à l’automne.",
        "La suite est réservée aux abonnés. Déjà abonné ? Se connecter",
    ),
    (
        "de",
        "Neue Leistung",
        "Die schottische Regierung teilte mit, dass Familien nach dem Sommer eine neue Leistung erhalten werden.",
        "Dieser Artikel ist nur für Abonnenten. Jetzt weiterlesen ab 1 Euro.",
    ),
    (
        "es",
        "Una nueva prestación",
        "El Gobierno escocés anunció que las familias recibirán una nueva prestación después del verano.",
        "Suscríbete para seguir leyendo.",
    ),
]
WALLS = [
    (
        "gd",
        "Tha an làrach seo a’ cleachdadh bhriosgaidean gus an eòlas agad a dhèanamh nas fheàrr.",
        "Gabh riutha",
    ),
    (
        "cy",
        "Mae’r wefan hon yn defnyddio cwcis er mwyn gwella eich profiad ac i fesur ymweliadau.",
        "Derbyn cwcis",
    ),
    ("fr", "Nous et nos 214 partenaires stockons des informations sur votre appareil.", "Continuer sans accepter"),
    ("de", "Wir und unsere 214 Partner speichern Informationen auf Ihrem Gerät.", "Alle akzeptieren"),
    (
        "es",
        "Este sitio utiliza cookies propias y de terceros para mejorar su visita.",
        "Aceptar todas las cookies",
    ),
]


@pytest.mark.parametrize(("language", "headline", "text", "asks"), PAYWALLS)
def test_what_stands_before_a_paywall_is_a_teaser(language: str, headline: str, text: str, asks: str) -> None:
    for box in (f"<p>{asks}</p>", f"<div class='paywall'><p>{asks}</p></div>"):
        found = pages.extract(PAGE.format(language, headline, text, box).encode(), content_type="text/html")
        assert found.quality.kind is Kind.TEASER, str(found.quality)
        assert text[:40] in found.body
        assert asks[:20] not in found.body


@pytest.mark.parametrize(("language", "says", "button"), WALLS)
def test_a_cookie_wall_is_no_article(language: str, says: str, button: str) -> None:
    page = PAGE.format(language, "", says, f"<p>{button}</p>")
    found = pages.extract(page.encode(), content_type="text/html")
    assert not found.quality.worth_keeping, str(found.quality)
