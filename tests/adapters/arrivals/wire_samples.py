"""Documents as agencies and publishers send them; written by us, about nothing that happened."""

from __future__ import annotations

NITF = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf PUBLIC "-//IPTC//DTD NITF 3.4//EN" "http://127.0.0.1:9/nitf-3-4.dtd">
<nitf>
  <head>
    <title>Slug of the desk</title>
    <docdata>
      <doc-id regsrc="ledger.example" id-string="2026-0301-007"/>
      <date.issue norm="20260301T060000Z"/>
    </docdata>
    <pubdata type="print" name="The Ledger" date.publication="20260302T000000+0000"
             edition.name="Scottish" position.section="News" position.sequence="7"/>
  </head>
  <body>
    <body.head>
      <hedline><hl1>Ferries &amp; <em>fares</em></hl1><hl2>Islanders wait</hl2></hedline>
      <byline>By <person>our transport desk</person></byline>
      <abstract><p>A short summary.</p></abstract>
    </body.head>
    <body.content>
      <p lede="true">Fares will rise in the <org>islands</org> by 4&#160;per cent.</p>
      <block><p>Second paragraph,
      over two lines.</p></block>
      <media media-type="image"><media-reference source="a.jpg"/><media-metadata name="x" value="y"/>
        <media-caption>The pier at Oban.</media-caption></media>
      <ul><li>First point</li><li>Second point</li></ul>
    </body.content>
    <body.end><tagline>Ends.</tagline></body.end>
  </body>
</nitf>
"""

NEWSML = """<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" version="{version}"
          standard="NewsML-G2" standardversion="2.31" conformance="power">
  <catalogRef href="http://127.0.0.1:9/catalog.xml"/>
  <itemMeta>
    <itemClass qcode="ninat:{kind}"/>
    <provider literal="wire.example"><name>Wire Example</name></provider>
    <versionCreated>2026-03-02T08:00:00+00:00</versionCreated>
    <firstCreated>2026-03-02T07:00:00Z</firstCreated>{meta}
    <pubStatus qcode="stat:{status}"/>
  </itemMeta>
  <contentMeta>
    <contentMetaExtProperty type="print:page" literal="12"/>
    <contentMetaExtProperty type="print:edition" literal="Late edition"/>
    <headline>{headline}</headline>
    <by>By a reporter</by>
    <description role="drol:summary">A summary of it.</description>
    <description role="drol:caption">A caption.</description>
    <language tag="en-GB"/>
  </contentMeta>
  <contentSet>{content}</contentSet>
</newsItem>
"""
XHTML = (
    '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head>'
    "<title>Not this</title></head><body><h2>A crosshead</h2><p>Rents rose <b>again</b>.<br/>So they say.</p>"
    "<p>In Perth.</p><script>no</script></body></html></inlineXML>"
)


def newsml(content: str = XHTML, **values: str) -> str:
    """A news item."""
    known = {"guid": "urn:newsml:wire.example:20260302:7", "version": "1", "kind": "text", "meta": ""}
    known |= {"status": "usable", "headline": "Rents rise &amp; rise", **values}
    return NEWSML.format(content=content, **known)


def message(*items: str) -> str:
    """A news message of items."""
    bare = "".join(item.partition("?>")[2] for item in items)
    head = '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2026-03-02T08:00:00Z</sent></header>'
    return f'<?xml version="1.0"?>{head}<itemSet>{bare}<packageItem guid="x"/></itemSet></newsMessage>'
