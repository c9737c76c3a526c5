"""Media monitoring for public bodies: keyword profiles in, a proven and complete digest out."""

__version__ = "0.1.0"
