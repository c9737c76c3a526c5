// Every page works without this: it only makes some of it quicker.

// A page that waits looks again by itself.
const waiting = document.querySelector('[data-progress]');
if (waiting) {
  const look = async () => {
    const answer = await fetch(waiting.dataset.progress, {headers: {Accept: 'application/json'}});
    if (!answer.ok) return; // the link on the page is there still
    const {done, said} = await answer.json();
    if (done) location.reload();
    else {
      waiting.textContent = said;
      setTimeout(look, 1000);
    }
  };
  setTimeout(look, 1000);
}

// Thresholds move at once: the points of every article are in the page.
const form = document.querySelector('#knobs');
if (form) {
  const articles = JSON.parse(form.dataset.articles);
  const drafted = JSON.parse(form.dataset.needed);
  const knobs = [...form.querySelectorAll('[data-knob]')];
  const rows = new Map([...document.querySelectorAll('#moved > li')].map((row) => [Number(row.dataset.number), row]));
  const isIn = (points, needed) => points.some((had) => had.every((number, at) => number >= needed[at]));
  const counted = (number) => `${number.toLocaleString('en-GB')} article${number === 1 ? '' : 's'}`;

  const show = () => {
    const needed = knobs.map((knob) => Number(knob.value));
    let count = 0, came = 0, went = 0, beyond = 0;
    articles.forEach((points, number) => {
      const [was, is] = [isIn(points, drafted), isIn(points, needed)];
      const row = rows.get(number);
      count += is;
      came += is && !was;
      went += was && !is;
      beyond += was !== is && !row;
      if (!row) return;
      row.hidden = was === is;
      if (was !== is) {
        const tag = row.querySelector('.mo_tag');
        tag.textContent = is ? 'Would come' : 'Would go';
        tag.className = `mo_tag mo_tag--${is ? 'gained' : 'lost'}`;
      }
    });
    document.querySelector('#would').textContent = `${counted(count)} in these days: ${came} would come, ${went} would go.`;
    document.querySelector('#none').hidden = came + went > 0;
    document.querySelector('#beyond').hidden = beyond === 0;
    document.querySelector('main .ds_pagination')?.remove(); // its pages were of other thresholds
  };

  for (const knob of knobs) {
    const slider = document.createElement('input');
    const values = [...knob.options];
    const said = () => slider.setAttribute('aria-valuetext', knob.selectedOptions[0].textContent);
    Object.assign(slider, {type: 'range', className: 'mo_slider', min: 0, max: values.length - 1, value: knob.selectedIndex});
    slider.setAttribute('aria-label', document.querySelector(`label[for="${knob.id}"]`).textContent);
    slider.addEventListener('input', () => { knob.selectedIndex = Number(slider.value); said(); show(); });
    knob.addEventListener('change', () => { slider.value = knob.selectedIndex; said(); show(); });
    said();
    knob.closest('.ds_question').append(slider);
  }
}
