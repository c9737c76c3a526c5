"""Addresses as identities: what is left of one when all that does not name the article is taken away.

Never fetched, never shown: `canonical_url` only says whether two addresses are of one article.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

TRACKING = frozenset(
    """__s __twitter_impression _ga _gl _hsenc _hsmi cmp cmpid dclid fbclid ftag gbraid gclid guccounter icid
    igshid intcid ito jsessionid mkt_tok msclkid ncid ocid phpsessid ref ref_src s_cid sharetoken smid soc_src
    soc_trk taid trk vero_id wbraid wt.mc_id xtor yclid zanpid""".split()
)
"""Query parameters that only say where a reader came from."""
PERHAPS_A_NAME = frozenset({"cmp", "ref", "taid", "trk"})
"""Of these, those that some sites name their articles by."""
TRACKING_PREFIXES = ("at_", "guce_", "hsa_", "matomo_", "mc_", "mtm_", "ns_", "oly_", "pk_", "utm_")
FORMS = frozenset(
    {
        ("amp", ""), ("amp", "1"), ("amp", "true"), ("amp", "yes"), ("outputtype", "amp"), ("output", "amp"),
        ("feed", "rss"), ("from", "rss"), ("rss", "1"), ("rss", "yes"), ("source", "rss"), ("src", "rss"),
    }
)  # fmt: skip
"""Parameters that only ask for another form of the page, or say that a feed led to it."""
_TWINS = re.compile(r"(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)")
"""Hosts of the same site for other screens; never so much that no domain is left."""
_INDEX = re.compile(r"(?:index|default)\.(?:html?|php|aspx?|jsp)")
_AMP_FILE = re.compile(r"(?:\.amp)+(?=$|\.html?$)")
_AMP_CACHE = re.compile(r"/(?:amp/|[civ]/)(?:s/)?(?P<address>[^/]+\.[^/]+/.+)")
"""A page kept by an AMP cache: `/c/s/` and the page's own address."""
_AMP_HOSTS = re.compile(r"(?:^|\.)(?:cdn\.ampproject\.org|bing-amp\.com|google(?:\.[a-z]{2,3}){1,2})$")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_SESSION = re.compile(r";jsessionid=[^/]*")
_DEFAULT_PORTS = (None, 80, 443)


def canonical_url(url: str) -> str:
    """What names the article in an address; the same for every address under which it may be met.

    Taken away: scheme, `www.`, default port, fragment, tracking parameters, closing slash, index page, capitals,
    and what only makes it the mobile or AMP twin of a page. Parameters that are left are in order.

    >>> canonical_url("http://www.example.org/news/1/?utm_source=rss&id=4#top")
    'example.org/news/1?id=4'
    >>> canonical_url("https://amp.example.org:443/News/1/amp/?id=4")
    'example.org/news/1?id=4'
    >>> canonical_url("https://example-org.cdn.ampproject.org/c/s/example.org/news/1")
    'example.org/news/1'
    """
    try:
        parts = urlsplit(url.strip())
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:  # brackets that hold no IPv6 address, a port that is no number; still an identity
        return url.strip()
    cached = _AMP_CACHE.fullmatch(parts.path) if _AMP_HOSTS.search(host) else None
    if cached:
        query = f"?{parts.query}" if parts.query else ""
        return canonical_url(f"//{cached['address']}{query}")
    place = host if port in _DEFAULT_PORTS else f"{host}:{port}"
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = sorted((k, v) for k, v in pairs if not _says_nothing(k.lower(), v.lower()))
    return place + _path(parts.path) + (f"?{urlencode(kept, errors='surrogatepass')}" if kept else "")


def exact_url(url: str) -> str:
    """The address with all of it that may name an article: capitals and every parameter; without scheme, fragment.

    >>> exact_url("http://www.example.org/s/aBcD?ref=4#top")
    'example.org/s/aBcD?ref=4'
    """
    try:
        parts = urlsplit(url.strip())
        place = _host(parts.hostname or "")
    except ValueError:
        return url.strip()
    return place + parts.path + (f"?{parts.query}" if parts.query else "")


def at_odds(one: str, other: str) -> bool:
    """Whether two addresses that are one in canonical form differ in what some sites name their articles by.

    That is a fragment, capitals, or a parameter that elsewhere is tracking; only where both of them have it.

    >>> at_odds("https://example.org/story?ref=4", "https://example.org/story?ref=5")
    True
    >>> at_odds("https://example.org/story?ref=4&utm_id=1", "https://example.org/story?utm_id=2")
    False
    """
    try:
        a, b = urlsplit(one.strip()), urlsplit(other.strip())
    except ValueError:
        return one.strip() != other.strip()
    if a.fragment and b.fragment and a.fragment != b.fragment:
        return True
    if a.path != b.path and a.path.lower() == b.path.lower():
        return True
    asked, then = (dict(parse_qsl(parts.query, keep_blank_values=True)) for parts in (a, b))
    return any(asked[key] != then[key] for key in asked.keys() & then.keys() & PERHAPS_A_NAME)


def names_a_page(address: str) -> bool:
    """Whether a canonical address names more than a site: a front page is no article's own.

    >>> names_a_page("example.org"), names_a_page("example.org/news/1"), names_a_page("example.org?p=4")
    (False, True, True)
    """
    return "/" in address or "?" in address


def place_of(address: str) -> str:
    """A canonical address without its host: what stays when a site moves; empty where that says too little.

    >>> place_of("example.org/news/ferry-fares-rise"), place_of("example.org/4"), place_of("example.org?p=1234")
    ('/news/ferry-fares-rise', '', '?p=1234')
    """
    found = re.search(r"[/?].*", address, re.DOTALL)
    place = found[0] if found else ""
    return place if len(place) >= _LEAST_OF_A_PLACE else ""


_LEAST_OF_A_PLACE = 6


def _host(host: str) -> str:
    host = host.rstrip(".").lower()
    while (bare := _TWINS.sub("", host, count=1) if _TWINS.match(host) else host) != host:
        host = bare
    return host


def _path(path: str) -> str:
    """The path in lower case, in one way of escaping, without AMP, index page and empty parts."""
    segments = [s for s in _SESSION.sub("", _escaped(path)).lower().split("/") if s not in ("", ".")]
    resolved: list[str] = []
    for segment in segments:
        if segment == "..":
            resolved = resolved[:-1]
        elif bare := _AMP_FILE.sub("", segment):
            resolved.append(bare)
    kept = [s for s in resolved if s != "amp"] or resolved
    while kept and _INDEX.fullmatch(kept[-1]):
        kept = kept[:-1]
    return "".join(f"/{segment}" for segment in kept)


def _escaped(path: str) -> str:
    """Escaped where it must be and nowhere else: `%7E` is `~`, and `é` is `%c3%a9`."""
    whole = quote(path, safe="/%:@!$&'()*+,;=~-._", errors="surrogatepass")
    return _ESCAPE.sub(
        lambda m: c if (c := chr(int(m[1], 16))).isascii() and (c.isalnum() or c in "-._~") else m[0], whole
    )


def _says_nothing(key: str, value: str) -> bool:
    return key in TRACKING or key.startswith(TRACKING_PREFIXES) or (key, value) in FORMS
