"""The sample morning: invented outlets, articles and events, served over real HTTP on loopback.

The demonstration and the acceptance tests read it through the same door as a real service: feeds and pages.
Nothing here names a real person, and nothing in it happened. What lives here: the texts (`articles/`), the
outlets, what each article should become (`expect`), and the site that publishes them. What does not: any judging.
"""

from __future__ import annotations

from monitor.sample.morning import Morning, SampleArticle, load_morning, outlets_text
from monitor.sample.site import SampleSite

__all__ = ["Morning", "SampleArticle", "SampleSite", "load_morning", "outlets_text"]
