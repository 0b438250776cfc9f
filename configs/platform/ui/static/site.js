// What a public page does beyond HTML. Nothing here is needed to use it.
(() => {
  const free = form => {
    delete form.dataset.sent;
    form.querySelectorAll('[aria-busy]').forEach(b => b.removeAttribute('aria-busy'));
  };

  // A form is sent once, however often its button is pressed. It can be sent
  // again after a while: the answer may have been a file.
  document.addEventListener('submit', e => {
    const form = e.target, button = e.submitter;
    if (e.defaultPrevented || form.getAttribute('method') === 'dialog' || form.hasAttribute('target')) return;
    if (form.dataset.sent) return e.preventDefault();
    form.dataset.sent = 'yes';
    if (button) setTimeout(() => button.setAttribute('aria-busy', 'true')); // once the browser has read its value
    setTimeout(free, 10000, form);
  });
  addEventListener('pageshow', e => {
    if (e.persisted) document.querySelectorAll('[data-sent]').forEach(free);
  });

  // A list of errors takes the focus, and leads to the fields themselves.
  document.querySelector('[data-errors]')?.focus();
  document.addEventListener('click', e => {
    const link = e.target.closest('[data-errors] a[href^="#"]');
    const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field) return;
    e.preventDefault();
    field.focus();
    field.closest('.field')?.scrollIntoView({ block: 'center' });
  });

  // The time something is kept, counted down.
  document.querySelectorAll('[data-hold]').forEach(box => {
    const { hold, minute, second, over } = box.dataset, end = Date.now() + hold * 1000;
    const clock = box.querySelector('[role=timer]'), meter = box.querySelector('progress');
    const tick = () => {
      const left = Math.max(0, Math.ceil((end - Date.now()) / 1000)), min = Math.floor(left / 60);
      clock.textContent = (min ? `${min}\u00a0${minute} ` : '') + `${left % 60}\u00a0${second}`;
      meter.value = left;
      if (left) return;
      clearInterval(timer);
      const text = box.querySelector('[data-hold-text]');
      text.setAttribute('role', 'status');
      text.textContent = over;
    };
    const timer = setInterval(tick, 1000);
  });
})();
