"""Profiles and sources as the files say, and which of several agreements is meant."""

from __future__ import annotations

from pathlib import Path

from monitor.adapters.library import Library
from monitor.adapters.library.shelf import CALENDAR, SOURCES
from monitor.config import shipped
from monitor.core.agreement import Agreement, Digest
from monitor.errors import InputError, LibraryError
from monitor.jobs.ports import LibraryRead, Revisions

FIRST = "hand the vendor's document in on the page Import of monitor serve, or see monitor profiles import"
"""How a workspace comes to its first agreement."""


def usable(library: LibraryRead) -> LibraryRead:
    """The library, if there is any agreement in it.

    Raises:
        LibraryError: there is none; the message has all faults.
    """
    if not library.agreements:
        faults = "\n".join(f"  {fault}" for fault in library.faults)
        raise LibraryError(f"no agreement can be used\n{faults}" if faults else f"there is no agreement: {FIRST}")
    return library


def founded(library: LibraryRead, revisions: Revisions) -> LibraryRead | None:
    """The library; None before its first agreement, when there is nothing to do yet.

    Files that are gone are another thing: what was published of them is in the ledger.

    Raises:
        LibraryError: there were agreements, and none can be used; the message has all faults.
    """
    if library.agreements:
        return library
    if published := published_agreements(revisions):
        gone = f"there is no agreement in profiles/ any more: put back the files of {', '.join(published)}"
        raise LibraryError("\n  ".join((gone, *map(str, library.faults))))
    if any(fault.where.startswith("profiles") for fault in library.faults):
        return usable(library)
    return None


def published_agreements(revisions: Revisions) -> tuple[str, ...]:
    """The agreements that the ledger knows, by id; what files say is not asked."""
    return tuple(sorted({one.agreement for one in revisions.revisions_in_force()} - {SOURCES, CALENDAR}))


def read_agreement(folder: Path, sources: Path | None = None) -> LibraryRead:
    """One agreement from its folder, with the sources beside `profiles/`, or those given, or those we ship.

    Raises:
        InputError: the folder holds no agreement.
        LibraryError: its faults leave nothing of it.
    """
    if not (folder / "agreement.yaml").is_file():
        raise InputError(f"{folder}: there is no agreement.yaml: give an agreement's folder")
    folder = folder.resolve()
    beside = folder.parent.parent / "sources"
    outlets = sources or (beside if beside.is_dir() else shipped("sources"))
    return usable(Library(folder.parent.parent, agreement=folder, sources=outlets).read())


def chosen(library: LibraryRead, agreement: str | None) -> Agreement:
    """The agreement of that id, or the only one.

    Raises:
        InputError: there is none of that id, or several and none was named.
    """
    found = [a for a in library.agreements if agreement in (None, a.id)]
    if len(found) == 1:
        return found[0]
    ids = ", ".join(a.id for a in library.agreements) or "none"
    why = _faults_of(library, f"profiles/{agreement}/") if agreement else ""
    raise InputError(f"which agreement? --agreement takes one of: {ids}{why}")


def must_be_a_digest(library: LibraryRead, digest: str | None) -> None:
    """Nothing, where some agreement has a digest of that id, or none was asked for.

    Raises:
        InputError: there is none of that id.
    """
    ids = list(dict.fromkeys(d.id for a in library.agreements for d in a.digests))
    if digest is not None and digest not in ids:
        why = _faults_of(library, *(_digests(a) for a in library.agreements))
        raise InputError(f"which digest? --digest takes one of: {', '.join(ids) or 'none'}{why}")


def digest_of(library: LibraryRead, agreement: Agreement, digest: str | None) -> Digest:
    """The digest of that id, or the only one.

    Raises:
        InputError: there is none of that id, or several and none was named.
    """
    found = [d for d in agreement.digests if digest in (None, d.id)]
    if len(found) == 1:
        return found[0]
    ids = ", ".join(d.id for d in agreement.digests) or "none"
    raise InputError(f"which digest? --digest takes one of: {ids}{_faults_of(library, _digests(agreement))}")


def _digests(agreement: Agreement) -> str:
    return f"profiles/{agreement.id}/digests.yaml"


def _faults_of(library: LibraryRead, *places: str) -> str:
    """The faults of some files, a line each: what was asked for may stand there, and not be in force for them."""
    return "".join(f"\n  {fault}" for fault in library.faults if fault.where.startswith(places))
