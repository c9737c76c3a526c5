"""The shape of a form is that of its text, also where it is not read for it."""

from hypothesis import given
from hypothesis import strategies as st

from monitor.core.matching.phrases import Shape, shape_of
from monitor.core.matching.text import read

forms = st.text("aSz9 .'-&\u00e9", min_size=1, max_size=12) | st.from_regex(
    r"[A-Za-z]{1,4}\.? [A-Za-z0-9]{1,3}( [A-Za-z0-9]{1,3})?", fullmatch=True
)


@given(forms)
def test_a_form_has_the_words_and_signs_of_its_text(form):
    text = read(form)
    assert shape_of(form) == Shape(text.words, text.signs if any(text.signs) else ())
