// One key for what the buttons of a term do, while the keyboard is on that term; its page says which.
const ACTS = { y: 'confirm', j: 'join' };
const FIELDS = 'input, select, textarea';

function summaryOf(term) {
  return term && term.querySelector('summary');
}

function press(term, act) {
  const button = term.querySelector(`button[name="act"][value="${act}"]`);
  if (button) button.click();
  return Boolean(button);
}

function goToNextDoubtful(term) {
  const doubtful = [...document.querySelectorAll('.mo_term.mo_note')];
  const after = doubtful.find(one => term.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
  const next = summaryOf(after || doubtful[0]);
  if (next) next.focus();
  return Boolean(next);
}

document.addEventListener('keydown', event => {
  const term = event.target.closest('.mo_term');
  if (!term || event.target.matches(FIELDS) || event.ctrlKey || event.altKey || event.metaKey) return;
  const key = event.key.toLowerCase();
  const done = key === 'n' ? goToNextDoubtful(term)
    : /^[1-9]$/.test(key) ? press(term, `split ${key}`)
    : key === 'x' ? press(term, 'leave_out') || press(term, 'take_in')
    : key in ACTS && press(term, ACTS[key]);
  if (done) event.preventDefault();
});
