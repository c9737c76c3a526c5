"""Work beside the answers: one piece at a time, the same not twice, given up when nobody wants it."""

from __future__ import annotations

from threading import Event

import pytest

from monitor.jobs.ports import Progress
from monitor.web import background
from monitor.web.background import Background, GivenUp

LONG = 60.0


class Work:
    """Waits until it is let go, and says so."""

    def __init__(self, *, answer: str = "done", steps: int = 1) -> None:
        self.answer, self.steps = answer, steps
        self.begun, self.let_go = Event(), Event()

    def __call__(self, progress: Progress) -> str:
        progress.start("words", 3)
        self.begun.set()
        assert self.let_go.wait(LONG)
        for _ in range(self.steps):
            progress.advance(2)
        progress.finish()
        return self.answer


@pytest.fixture
def service():
    made = Background()
    yield made
    made.close()


def test_what_is_asked_for_is_worked_out_once_and_its_progress_seen(service):
    work = Work()
    piece = service.piece("here", "this", work)
    assert work.begun.wait(LONG)
    assert (piece.wait(0), piece.watch.what, piece.watch.total) == (None, "words", 3)
    assert service.piece("here", "this", Work(answer="another")) is piece
    assert service.known("here") is piece
    work.let_go.set()
    assert piece.wait(LONG) == "done"
    assert piece.watch.done == 2
    assert service.piece("here", "this", Work()) is piece, "it is fresh"


def test_old_answers_are_worked_out_again(service, monkeypatch):
    work = Work()
    work.let_go.set()
    piece = service.piece("here", "this", work)
    assert piece.wait(LONG) == "done"
    monkeypatch.setattr(background, "FRESH_SECONDS", 0)
    again = service.piece("here", "this", work)
    assert again is not piece
    assert again.wait(LONG) == "done"


def test_another_thing_asked_for_in_the_same_place_gives_up_the_first(service):
    first, second = Work(), Work(answer="second")
    given_up = service.piece("here", "this", first)
    assert first.begun.wait(LONG)
    piece = service.piece("here", "that", second)
    first.let_go.set()
    second.let_go.set()
    assert piece.wait(LONG) == "second"
    with pytest.raises(GivenUp):
        given_up.wait(LONG)


def test_one_piece_at_a_time_and_what_waits_can_be_taken_back(service):
    first, waiting = Work(), Work()
    service.piece("here", "this", first)
    assert first.begun.wait(LONG)
    piece = service.piece("there", "this", waiting)
    assert (piece.watch.what, waiting.begun.is_set()) == ("", False)
    piece.give_up()
    assert piece.future.cancelled()
    assert not piece.is_good
    first.let_go.set()


def test_an_error_reaches_whoever_asked_and_is_no_answer_for_the_next(service):
    def fails(progress: Progress) -> str:
        raise ValueError("no")

    piece = service.piece("here", "this", fails)
    with pytest.raises(ValueError, match="no"):
        piece.wait(LONG)
    work = Work()
    work.let_go.set()
    assert service.piece("here", "this", work).wait(LONG) == "done"


def test_few_pieces_are_remembered_those_last_asked_for(service, monkeypatch):
    monkeypatch.setattr(background, "MOST", 2)
    works = [Work(answer=str(number)) for number in range(3)]
    for number, work in enumerate(works):
        work.let_go.set()
        assert service.piece(number, "this", work).wait(LONG) == str(number)
    assert [service.known(number) is not None for number in range(3)] == [False, True, True]


def test_closed_it_ends_what_is_under_way():
    service, work = Background(), Work()
    piece = service.piece("here", "this", work)
    assert work.begun.wait(LONG)
    service.close()
    work.let_go.set()
    with pytest.raises(GivenUp):
        piece.wait(LONG)
