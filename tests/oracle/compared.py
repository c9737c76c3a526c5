"""What is compared of two judgements: all that an editor may rely on."""

from __future__ import annotations

from typing import Any

EVIDENCE = {
    "context": ("holds", "distance"),
    "place": ("holds", "by"),
    "aboutness": ("holds", "points", "headline", "lead", "further"),
    "significance": ("holds", "prominence", "impact"),
}
"""What of each rule's evidence is compared; of the others only whether they hold."""


def compared(judgement: dict[str, Any]) -> dict[str, Any]:
    """A judgement without what only explains it."""
    return {
        **{k: judgement[k] for k in ("primary", "also", "evidence", "recategorised")},
        "sections": {v["section"]: _verdict(v) for v in judgement["sections"]},
    }


def _verdict(verdict: dict[str, Any]) -> dict[str, Any]:
    return {
        "verdict": verdict["verdict"],
        "decided_by": verdict["decided_by"],
        "rules": {r: {k: f.get(k) for k in EVIDENCE.get(r, ("holds",))} for r, f in verdict["rules"].items()},
        "hits": [_place(h) for h in verdict["hits"]],
        "rejected": sorted({(*_place(r), r["reason"]) for r in verdict["rejected"]}),
        "standing": verdict["standing"],
    }


def _place(hit: dict[str, Any]) -> tuple[Any, ...]:
    derived = hit["derived"] and "reason" not in hit  # of what was rejected it says nothing
    return (hit["term"], hit["field"], hit["start"], hit["end"], derived)


def difference(product: Any, oracle: Any, at: str = "") -> list[str]:
    """Where two compared judgements differ, a line each."""
    if isinstance(product, dict) and isinstance(oracle, dict):
        return [
            line
            for key in sorted(product.keys() | oracle.keys())
            for line in difference(product.get(key), oracle.get(key), f"{at}/{key}")
        ]
    return [] if product == oracle else [f"{at}: product {product!r}, oracle {oracle!r}"]
