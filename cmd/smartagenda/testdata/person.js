// What a person can see and press on a page; page_test.go puts a question
// behind it. Nothing here waits, so that it also answers where pages may not
// run scripts.
const one = text => text.replace(/\s+/g, ' ').trim();
const shown = e => e.getClientRects().length > 0 && e.checkVisibility({ visibilityProperty: true });
const named = e => one(e.getAttribute('aria-label') || e.innerText || e.value || '');
const where = () => [...document.querySelectorAll('dialog[open]')].pop() || document; // the rest is out of reach
const among = (selector, text) => {
  const all = [...where().querySelectorAll(selector)].filter(shown);
  return all.find(e => named(e) === text) || all.find(e => named(e).includes(text));
};
const pressed = text => among('a[href], button, summary, label, [role=button]', text);
const labelled = text => among('label', text)?.control;

// spot is where to put the finger, or why it cannot be put there.
const spot = e => {
  if (!e) return { why: 'it is not there' };
  e.scrollIntoView({ block: 'center', behavior: 'instant' });
  const r = e.getClientRects()[0], x = r.left + r.width / 2, y = r.top + r.height / 2;
  const top = document.elementFromPoint(x, y);
  if (!top || !(e.contains(top) || top.contains(e) || e.control?.contains(top))) return { why: 'it is covered by ' + (top?.outerHTML || 'nothing').slice(0, 120) };
  if (e.disabled || e.closest('[inert]')) return { why: 'it is disabled' };
  return { x, y };
};

// focused is what has the keyboard, and whether one sees that it has.
const focused = () => {
  const e = document.activeElement, ringed = [e, e.parentElement, e.parentElement?.parentElement].filter(Boolean).some(n => {
    const style = getComputedStyle(n);
    return style.outlineStyle !== 'none' && n.matches(':focus-visible, :has(:focus-visible)');
  });
  return { name: e.labels?.length ? named(e.labels[0]) : named(e), id: e.id, tag: e.tagName, value: e.value || '',
    seen: ringed };
};
