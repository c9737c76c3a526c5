"""Profiles and sources as editors write them: YAML in, the core's types and faults in plain words out."""

from monitor.adapters.library.published import read_published
from monitor.adapters.library.read import Library
from monitor.adapters.library.schema import publish_schemas, schemas
from monitor.adapters.library.shelf import SOURCES

__all__ = ["SOURCES", "Library", "publish_schemas", "read_published", "schemas"]
