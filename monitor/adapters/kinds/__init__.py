"""Kinds of source besides feeds of XML (`adapters.feeds`): bytes in, entries out; nothing here fetches.

Each gives a `jobs.ports.Listed` for one answer: json_feed · sitemap · listing · wordpress.
"""
