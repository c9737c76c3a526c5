// One key for what an editor does with the story that the keyboard is on; the page says which.
const ACTS = { x: 'exclude', h: 'hold', p: 'pin', m: 'move', n: 'note', a: 'add', i: 'include' };
const BEGINS_AT = { move: 'select', note: 'input[name="text"]' };
const FIELDS = 'input, select, textarea';

function buttonOf(story, act) {
  return story.querySelector(`.mo_change button[name="act"][value="${act}"]`);
}

// Opens the form and says what Enter will do; the reason is still to be typed.
function choose(story, act) {
  const button = buttonOf(story, act);
  if (!button) return false;
  button.closest('details').open = true;
  button.form.dataset.act = act;
  button.form.querySelector('.mo_chosen').textContent = `Enter: ${button.textContent}`;
  button.form.querySelector(BEGINS_AT[act] || 'input[name="reason"]').focus();
  return true;
}

function joinOrSplit(story) {
  story.querySelector('.mo_key_j').click();
  return true;
}

function goToSuggested(story) {
  const button = story.querySelector('.mo_suggested button');
  button?.focus();
  return Boolean(button);
}

function pressed(story, key) {
  if (key === 'j') return joinOrSplit(story);
  if (key === 's') return goToSuggested(story);
  return key in ACTS && choose(story, ACTS[key]);
}

document.addEventListener('keydown', event => {
  const story = event.target.closest('.mo_story');
  if (!story || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.matches(FIELDS)) {
    const { form } = event.target;
    if (event.key !== 'Enter' || !form.dataset.act) return;
    event.preventDefault();
    form.requestSubmit(buttonOf(story, form.dataset.act));
    return;
  }
  if (pressed(story, event.key.toLowerCase())) event.preventDefault();
});
