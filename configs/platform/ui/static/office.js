// What the pages of people at work do beyond HTML: dialogs, toasts, passwords,
// the theme, and what htmx needs from us.
(() => {
  const on = (name, does, capture) => document.addEventListener(name, does, capture);
  const click = (selector, does) => on('click', e => {
    const at = e.target.closest(selector);
    if (at) does(at, e);
  });

  // Dialogs. A link that opens one has a page behind it for those without scripts.
  click('[data-open]', (at, e) => {
    const dialog = document.getElementById(at.dataset.open);
    if (!dialog) return;
    e.preventDefault();
    dialog.showModal();
  });
  click('dialog [data-close]', (at, e) => { e.preventDefault(); at.closest('dialog').close(); });
  click('dialog', (dialog, e) => { // on its backdrop
    const r = dialog.getBoundingClientRect();
    if (e.target === dialog && e.detail && (e.clientX < r.left || e.clientX > r.right || e.clientY < r.top || e.clientY > r.bottom)) dialog.close();
  });

  // A form that asks first waits for its dialog to be closed with "yes".
  on('submit', e => {
    const form = e.target, dialog = document.getElementById(form.dataset.asks), button = e.submitter;
    if (!dialog || form.dataset.asked) { delete form.dataset.asked; return; }
    e.preventDefault();
    e.stopImmediatePropagation();
    dialog.returnValue = '';
    dialog.addEventListener('close', () => {
      if (dialog.returnValue !== 'yes') return;
      form.dataset.asked = 'yes';
      form.requestSubmit(button);
    }, { once: true });
    dialog.showModal();
  }, true);

  // Toasts. Any script may say one: dispatch "toast" with the sentence as detail.
  const toasts = document.getElementById('toasts');
  const toast = text => {
    if (!toasts || !text) return;
    const slip = document.createElement('div'), words = document.createElement('span'), close = document.createElement('button');
    slip.className = 'toast';
    words.textContent = text;
    close.className = 'btn quiet';
    close.type = 'button';
    close.dataset.away = '';
    close.textContent = toasts.dataset.closeLabel;
    slip.append(words, close);
    toasts.append(slip);
  };
  on('toast', e => toast(e.detail));
  click('[data-away]', at => at.closest('.toast').remove());

  // A password can be read while it is typed.
  document.querySelectorAll('[data-reveal]').forEach(b => { b.hidden = false; b.dataset.show = b.textContent; });
  click('[data-reveal]', b => {
    const field = document.getElementById(b.dataset.reveal), shown = field.type === 'text';
    field.type = shown ? 'password' : 'text';
    b.textContent = shown ? b.dataset.show : b.dataset.hide;
  });

  // The theme is kept in a cookie, so that the server writes it and no page flashes.
  const root = document.documentElement, kept = document.cookie.match(/(?:^|; )theme=(auto|light|dark)/);
  if (kept && document.body.matches('.office, .console')) root.dataset.theme = kept[1];
  on('change', e => {
    if (!e.target.closest('[data-theme-choice]')) return;
    root.dataset.theme = e.target.value;
    document.cookie = `theme=${e.target.value}; path=/; max-age=31536000; samesite=lax` + (location.protocol === 'https:' ? '; secure' : '');
  });

  on('keydown', e => {
    const find = e.key.toLowerCase() === 'k' && (e.ctrlKey || e.metaKey) && document.querySelector('[data-find]');
    if (find) { e.preventDefault(); find.click(); }
  });

  // htmx: what lands in the dialog opens it; a fault is said.
  on('htmx:afterSwap', e => {
    const at = e.detail.target;
    if (at.id === 'dialog' && !at.open) {
      at.setAttribute('aria-labelledby', 'dialog-title');
      at.showModal();
    }
    at.querySelector?.('[data-errors]')?.focus();
  });
  on('close-dialog', () => document.getElementById('dialog').close());
  on('htmx:sendError', () => toast(toasts?.dataset.offline));
  on('htmx:responseError', () => toast(toasts?.dataset.failed));
})();
