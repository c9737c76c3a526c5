"""What stands in front of articles, as it is put in the languages of our outlets and of those they quote.

English is told by patterns; the others by their usual phrases, in which `...` is a few words of the same sentence.
They count in short texts alone (`quality`), so that an article on cookies or subscriptions stays one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_ENGLISH_ASKS = (
    r"\b(?:subscribe|sign ?up|sign in|log ?in|register|join)\b[^.!?\n]{0,60}?\b(?:to|for)\b"
    r"[^.!?\n]{0,30}\b(?:continue|keep|read(?:ing)?|unlock|full|unlimited|access|view|the rest)\b"
    r"|\bto (?:continue|keep|carry on) reading\b"
    r"|\bto (?:read|unlock|view|access) (?:the (?:rest|full|whole)|this|more)\b[^.!?\n]{0,60}"
    r"\b(?:subscri|sign|register|log|join|account|member|trial)"
    r"|\b(?:article|story|content) is (?:only |exclusively )?(?:available|reserved|open|for)\b[^.!?\n]{0,40}"
    r"\b(?:subscribers|members|registered)"
    r"|\b(?:subscriber|member)s?[- ](?:only|exclusive)\b"
    r"|\balready (?:a|have an?) (?:subscriber|subscription|member|account)\b"
    r"|\byou(?:'|\u2019)?(?:ve| have) (?:reached|used|read)\b[^.!?\n]{0,40}\b(?:limit|free articles|last free)\b"
    r"|\b(?:start|begin) (?:your|a) free trial\b"
    r"|\bsubscription (?:is )?(?:required|needed)\b"
    r"|\bunlock (?:this|the) (?:article|story)\b"
)
_ENGLISH_WALL = (
    r"\b(?:we|us)\b[^.!?\n]{0,40}\bpartners\b[^.!?\n]{0,80}"
    r"\b(?:cookies|personal data|(?:store|access)\b[^.!?\n]{0,40}\b(?:information|data|device))\b"
    r"|\b(?:accept|reject|manage|allow) (?:all |our |your )?(?:cookies|consent|privacy)\b"
    r"|\bcookies\b[^.!?\n]{0,60}\b(?:this (?:site|website)|your (?:device|browser|experience|consent))\b"
    r"|\b(?:this|our) (?:site|website) uses cookies\b"
    r"|\b(?:enable|turn on|activate) (?:javascript|cookies)\b|\bjavascript is (?:disabled|required)\b"
    r"|\b(?:are you|you are|verify (?:that )?you(?: are|'re|\u2019re)) (?:a |not a )?(?:robot|human)\b"
    r"|\bchecking your browser\b|\baccess (?:is |has been )?denied\b"
    r"|\b(?:we|we(?:'|\u2019)ve|our systems?)\b[^.!?\n]{0,40}\bunusual (?:traffic|activity)\b"
    r"|\bunusual (?:traffic|activity)\b[^.!?\n]{0,40}\byour (?:\w+ )?(?:network|computer|browser|device)\b"
    r"|\bpage (?:you (?:requested|are looking for) )?(?:was |could |can)?(?: ?not|n't) (?:be )?found\b"
)
ASKING: Mapping[str, Sequence[str]] = {
    "gd": (
        "gus leantainn air adhart a' leughadh",
        "gus ... a leughadh, ... clàraich",
        "clàraich ... gus ... leughadh",
        "log a-steach gus",
        "fo-sgrìobh ... gus ... leughadh",
        "do luchd-fo-sgrìobhaidh a-mhàin",
        "airson fo-sgrìobhadairean a-mhàin",
    ),
    "cy": (
        "i barhau i ddarllen",
        "er mwyn parhau i ddarllen",
        "tanysgrifiwch ... ddarllen",
        "mewngofnodwch ... ddarllen",
        "cofrestrwch ... ddarllen",
        "i danysgrifwyr yn unig",
        "ydych chi eisoes yn tanysgrifio",
    ),
    "fr": (
        "pour lire la suite",
        "pour continuer votre lecture",
        "pour poursuivre votre lecture",
        "abonnez-vous pour",
        "connectez-vous pour ... lire",
        "réservé aux abonnés",
        "réservée aux abonnés",
        "réservé à nos abonnés",
        "déjà abonné",
        "de cet article à lire",
    ),
    "de": (
        "um weiterzulesen",
        "jetzt weiterlesen",
        "weiterlesen mit",
        "nur für abonnenten",
        "exklusiv für abonnenten",
        "bereits abonnent",
        "schon abonnent",
        "jetzt abonnieren",
        "abonnieren sie ... um ... zu lesen",
        "melden sie sich an, um",
        "haben bereits ein ... abo",
    ),
    "es": (
        "para seguir leyendo",
        "para continuar leyendo",
        "suscríbete para",
        "suscríbase para",
        "inicia sesión para ... leer",
        "regístrate ... para ... leyendo",
        "para suscriptores",
        "ya eres suscriptor",
        "ya es suscriptor",
        "límite de artículos",
    ),
}
"""By language: what asks to subscribe or to sign in."""
WALLS: Mapping[str, Sequence[str]] = {
    "gd": (
        "a' cleachdadh bhriosgaidean",
        "gabh ris na briosgaidean",
        "gabh ris a h-uile briosgaid",
        "diùlt na briosgaidean",
        "cuir javascript an comas",
        "cha deach an duilleag a lorg",
        "chan eil an duilleag ... ri lorg",
    ),
    "cy": (
        "yn defnyddio cwcis",
        "derbyn cwcis",
        "derbyn pob cwci",
        "derbyn yr holl gwcis",
        "gwrthod cwcis",
        "galluogwch javascript",
        "dod o hyd i'r dudalen",
    ),
    "fr": (
        "nous et nos ... partenaires",
        "ce site utilise des cookies",
        "accepter les cookies",
        "accepter tous les cookies",
        "refuser les cookies",
        "continuer sans accepter",
        "activer javascript",
        "javascript est désactivé",
        "page introuvable",
        "la page ... n'existe",
        "pas un robot",
        "accès refusé",
    ),
    "de": (
        "wir und unsere ... partner",
        "verwendet cookies",
        "verwenden cookies",
        "cookies akzeptieren",
        "alle akzeptieren",
        "cookies ablehnen",
        "mit werbung ... lesen",
        "aktivieren sie javascript",
        "javascript ist deaktiviert",
        "seite nicht gefunden",
        "seite ... nicht gefunden werden",
        "kein roboter",
        "zugriff verweigert",
    ),
    "es": (
        "nosotros y nuestros ... socios",
        "utiliza cookies",
        "usa cookies",
        "utilizamos cookies",
        "usamos cookies",
        "aceptar cookies",
        "aceptar todas las cookies",
        "rechazar todas las cookies",
        "rechazar cookies",
        "activa javascript",
        "active javascript",
        "habilite javascript",
        "página no encontrada",
        "la página ... no existe",
        "no eres un robot",
        "no es un robot",
        "acceso denegado",
    ),
}
"""By language: cookies, consent, scripts, robots, pages that are not there."""


def _phrase(text: str) -> str:
    words = re.escape(text).replace(re.escape("..."), r"[^.!?\n]{0,60}?").replace("'", "['\u2019]")
    return rf"\b{words}\b"


def _any(english: str, others: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    phrases = [_phrase(text) for said in others.values() for text in said]
    return re.compile("|".join((english, *phrases)), re.IGNORECASE)


ASKS = _any(_ENGLISH_ASKS, ASKING)
"""A paywall or a wall of registration."""
WALL = _any(_ENGLISH_WALL, WALLS)
"""What stands in place of an article."""
