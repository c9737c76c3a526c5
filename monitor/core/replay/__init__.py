"""Replay: what a changed agreement would make of articles that are there.

Reading order: words (what an article must hold) · changes (what differs, and whom it can concern) · outcome (what
an article gained and lost) · by_section (what each section sees of it) · sweep (what other thresholds let in). Who
is judged, and how stories are found, is in `jobs/replay.py`.
"""
