// Joins the grid of hours (EventCalendar) to our pages. Everything it needs is
// in the data attributes of #calendar, which the Calendar part writes.
(() => {
  const box = document.getElementById('calendar');
  if (!box) return;
  const data = box.dataset, lang = document.documentElement.lang, french = lang.startsWith('fr');
  const resources = JSON.parse(data.resources), hidden = JSON.parse(data.hidden);
  const hand = matchMedia('(max-width: 48rem)');
  const heading = document.getElementById('calendar-title');
  let view = data.view || 'day', opened = data.opened, asked;

  // Dates. The grid hands out Dates of the browser's zone that read as wall-clock times.
  const two = n => String(n).padStart(2, '0');
  const civil = d => `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
  const wall = d => `${civil(d)}T${two(d.getHours())}:${two(d.getMinutes())}`;
  const minutes = e => (Date.parse(e.end + 'Z') - Date.parse(e.start + 'Z')) / 60000;
  const intl = options => new Intl.DateTimeFormat(lang, options);
  const words = text => french ? text.replace(/(?<!\d)1 (?=\p{L})/gu, '1er ') : text;
  const capital = text => text.charAt(0).toLocaleUpperCase(lang) + text.slice(1);
  const hourly = intl({ hour: 'numeric', minute: '2-digit' });
  const clock = d => french ? d.getHours() + 'h' + (d.getMinutes() ? two(d.getMinutes()) : '') : hourly.format(d);
  const today = () => new Intl.DateTimeFormat('sv', { timeZone: data.zone || undefined }).format();
  const offset = () => { // of the calendar's zone now, as "+01:00"
    const parts = new Intl.DateTimeFormat('en', { timeZone: data.zone, timeZoneName: 'longOffset' }).formatToParts();
    return parts.find(p => p.type === 'timeZoneName').value.slice(3) || '+00:00';
  };

  // Views: name → on a desk, on a phone.
  const types = {
    day: [resources.length ? 'resourceTimeGridDay' : 'timeGridDay', 'listDay'], week: ['timeGridWeek', 'listWeek'],
    month: ['dayGridMonth', 'listMonth'], list: ['listWeek', 'listWeek'],
  };
  const type = () => types[view][hand.matches ? 1 : 0];
  const listed = () => type().startsWith('list');

  const title = v => {
    const from = new Date(v.currentStart), to = new Date(v.currentEnd);
    const left = v.type === 'timeGridWeek' ? hidden : [];
    do to.setDate(to.getDate() - 1); while (left.includes(to.getDay()) && to > from);
    while (left.includes(from.getDay()) && from < to) from.setDate(from.getDate() + 1);
    if (view === 'month') return intl({ month: 'long', year: 'numeric' }).format(from);
    if (view === 'day') return words(intl({ weekday: 'long', day: 'numeric', month: 'long' }).format(from));
    return words(intl({ day: 'numeric', month: 'long', year: 'numeric' }).formatRange(from, to));
  };

  // Events.
  const states = { pending: 'is-pending', done: 'is-done', gone: 'is-done is-gone' };
  const event = e => ({
    id: e.id, start: e.start, end: e.end, allDay: !!e.allDay, title: e.title || '',
    resourceIds: e.practitioner ? [].concat(e.practitioner) : resources.map(r => r.id),
    display: e.background ? 'background' : 'auto',
    classNames: `${e.hue ? 'h-' + e.hue : ''} ${states[e.state] || ''} ${minutes(e) <= 10 ? 'is-tiny' : ''}`.split(' ').filter(Boolean),
    extendedProps: { service: e.service || '', sign: e.sign, word: e.word, url: e.url, brief: minutes(e) < (data.tall ? 20 : 30) },
  });
  const load = async ({ startStr, endStr }) => {
    asked?.abort();
    const { signal } = asked = new AbortController();
    const range = new URLSearchParams({ start: startStr.slice(0, 10), end: endStr.slice(0, 10) });
    try {
      const answer = await fetch(data.feed + (data.feed.includes('?') ? '&' : '?') + range, { headers: { Accept: 'application/json' }, signal });
      if (!answer.ok) throw new Error(answer.status);
      const list = await answer.json();
      calendar.setOption('allDaySlot', list.some(e => e.allDay && !e.background));
      return list.map(event);
    } catch (fault) {
      if (signal.aborted) return new Promise(() => {}); // a later question has been put: this one is never answered
      document.dispatchEvent(new CustomEvent('toast', { detail: data.failed }));
      throw fault;
    }
  };
  const el = (tag, cls, ...inside) => { const n = document.createElement(tag); n.className = cls; n.append(...inside.filter(Boolean)); return n; };
  const icon = name => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg'), use = document.createElementNS(svg.namespaceURI, 'use');
    svg.setAttribute('class', 'i');
    svg.setAttribute('aria-hidden', 'true');
    use.setAttribute('href', `${data.icons}#${name}`);
    svg.append(use);
    return svg;
  };
  const content = ({ event: e }) => {
    if (e.display === 'background') return { domNodes: [el('span', 'sm', e.title)] };
    const { service, sign, word, brief } = e.extendedProps, hour = e.allDay ? '' : clock(e.start);
    const short = brief || e.allDay || type() === 'dayGridMonth';
    const several = type() !== 'resourceTimeGridDay' && calendar.getOption('resources').length > 1;
    const who = several && resources.find(r => e.resourceIds.includes(r.id))?.title;
    const said = [word, service, who].filter(Boolean).join(', ');
    const first = el('div', 'ev-l', (short || listed()) && hour && el('span', 'num', hour), el('b', '', e.title), sign && icon(sign), said && el('span', 'vh', said));
    const second = el('div', 'ev-l', el('span', '', !listed() && type() !== 'timeGridWeek' ? `${hour}, ${service}` : [service, who].filter(Boolean).join(', ')));
    const body = el('div', 'ec-event-body', first, (listed() || !short) && service && second);
    if (e.extendedProps.url) {
      body.setAttribute('role', 'button');
      body.tabIndex = 0;
    }
    return { domNodes: [body] };
  };

  // An article may not be a button: what stands in it is.
  const mounted = ({ event: e, el: n }) => {
    n.dataset.event = e.id;
    n.removeAttribute('role');
    n.removeAttribute('tabindex');
  };

  // The library's table roles do not form a table: show a group of buttons instead.
  const roles = () => requestAnimationFrame(() => {
    const root = box.matches('.ec') ? box : box.querySelector('.ec');
    root.setAttribute('role', 'group');
    root.setAttribute('aria-label', data.label);
    root.querySelectorAll('[role=row],[role=rowgroup],[role=cell],[role=columnheader],[role=rowheader],[role=listitem],[role=list]').forEach(n => {
      ['role', 'aria-colindex', 'aria-colspan'].forEach(a => n.removeAttribute(a));
    });
    root.querySelectorAll('.ec-col-head[aria-label],.ec-col-head [aria-label]').forEach(n => n.tagName === 'TIME' ? n.removeAttribute('aria-label') : n.setAttribute('role', 'img'));
    root.querySelectorAll('h4').forEach(n => n.setAttribute('role', 'presentation'));
    root.querySelectorAll('.ec-main,.ec-body').forEach(n => { if (n.scrollHeight > n.clientHeight) n.tabIndex = 0; });
  });

  // Going about.
  const here = () => `${data.href}?${new URLSearchParams({ view, date: civil(calendar.getOption('date')) })}`;
  const panel = () => document.querySelector('#panel.panel');
  const turned = ({ view: v }) => {
    heading.textContent = capital(title(v));
    document.title = document.title.replace(/^.*?(?= – |$)/, heading.textContent);
    const date = v.currentStart && civil(view === 'day' ? v.currentStart : calendar?.getOption('date') ?? v.currentStart);
    document.querySelectorAll('a[data-day]').forEach(a => a.dataset.day === date ? a.setAttribute('aria-current', 'date') : a.removeAttribute('aria-current'));
    document.querySelectorAll('a[data-view]').forEach(a => a.dataset.view === view ? a.setAttribute('aria-current', 'true') : a.removeAttribute('aria-current'));
    if (calendar && !panel()) history.replaceState(null, '', here());
    roles();
  };
  const mark = id => {
    opened = id;
    calendar.setOption('eventClassNames', marked());
  };
  const marked = () => ({ event: e }) => opened && e.id === opened ? 'is-open' : '';
  const show = async (url, id, push) => {
    await htmx.ajax('GET', url, { target: '#panel', swap: 'outerHTML', select: '#panel' });
    if (!panel()) return;
    if (push) history.pushState({ panel: url, id }, '', url);
    mark(id);
    document.getElementById('panel-title')?.focus();
  };
  const hide = push => {
    const at = panel(), id = opened;
    if (!at) return;
    const place = el('div', '');
    place.id = 'panel';
    place.hidden = true;
    at.replaceWith(place);
    mark('');
    if (push) history.pushState(null, '', here());
    box.querySelector(`[data-event="${CSS.escape(id)}"] [role=button]`)?.focus();
  };
  const make = (start, end, resource) => {
    const to = new URL(data.new, location.href);
    if (resource) to.searchParams.set('practitioner', resource.id);
    to.searchParams.set('start', wall(start));
    if (end) to.searchParams.set('end', wall(end));
    location.assign(to);
  };
  const go = (to, date) => {
    if (to) view = to;
    if (date) calendar.setOption('date', date);
    if (calendar.getOption('view') !== type()) calendar.setOption('view', type());
  };

  const ticked = () => {
    const boxes = [...document.querySelectorAll('[data-resource]')];
    return boxes.length ? resources.filter(r => boxes.some(b => b.checked && b.dataset.resource === r.id)) : resources;
  };

  let calendar;
  box.replaceChildren();
  calendar = EventCalendar.create(box, {
    view: type(), date: data.date, locale: lang, timeZone: data.zone ? offset() : 'local', firstDay: 1, lazyFetching: false, slotEventOverlap: false,
    height: '100%', headerToolbar: { start: '', center: '', end: '' }, nowIndicator: true,
    editable: false, eventStartEditable: false, eventDurationEditable: false, selectable: !!data.new,
    resources: ticked(), filterEventsWithResources: resources.length > 0, eventSources: [{ events: load }],
    slotMinTime: data.from || '08:00', slotMaxTime: data.to || '19:00', scrollTime: data.from || '08:00', flexibleSlotTimeLimits: true,
    slotDuration: '00:30', slotHeight: data.tall ? 72 : 46, allDaySlot: false, allDayContent: data.allday, dayMaxEvents: true,
    views: { timeGridWeek: { slotHeight: data.tall ? 72 : 40, hiddenDays: hidden }, dayGridMonth: { dayHeaderFormat: { weekday: 'long' } } },
    slotLabelFormat: clock, dayHeaderFormat: d => words(intl({ weekday: 'short', day: 'numeric' }).format(d)),
    listDayFormat: d => words(intl({ weekday: 'long', day: 'numeric', month: 'long' }).format(d)), listDaySideFormat: () => '',
    noEventsContent: data.none, moreLinkContent: ({ num }) => data.more.replace('{n}', num), buttonText: t => ({ ...t, close: data.shut }),
    eventContent: content, eventClassNames: marked(), eventDidMount: mounted,
    eventClick: ({ event: e, jsEvent }) => {
      jsEvent.preventDefault();
      if (e.extendedProps.url) show(e.extendedProps.url, e.id, true);
    },
    dateClick: data.new && (({ date, resource, allDay }) => allDay ? go('day', civil(date)) : make(date, null, resource)),
    select: data.new && (({ start, end, resource, allDay }) => allDay ? calendar.unselect() : make(start, end, resource)),
    datesSet: turned, viewDidMount: roles, eventAllUpdated: roles,
  });

  history.replaceState(opened && panel() ? { panel: location.href, id: opened } : null, '');
  addEventListener('popstate', e => e.state?.panel ? show(e.state.panel, e.state.id) : hide());
  document.addEventListener('click', e => {
    const nav = e.target.closest('[data-nav]'), to = e.target.closest('a[data-view]'), day = e.target.closest('a[data-day]'), close = e.target.closest('[data-close-panel]');
    if (e.ctrlKey || e.metaKey || e.shiftKey || !(nav || to || day || close)) return;
    e.preventDefault();
    if (nav) nav.dataset.nav === 'today' ? go('', today()) : calendar[nav.dataset.nav]();
    if (to) go(to.dataset.view);
    if (day) go('', day.dataset.day);
    if (close) hide(true);
  });
  document.addEventListener('keydown', e => {
    if (e.key === 'Escape' && !e.target.closest('dialog, input, textarea, select')) hide(true);
  });
  document.addEventListener('change', e => {
    if (!e.target.matches('[data-resource]')) return;
    calendar.setOption('resources', ticked());
  });
  hand.addEventListener('change', () => go());

  // Events are asked for again when someone says so ("refetch"), and when one comes back to the page.
  let fresh = Date.now();
  const again = () => { fresh = Date.now(); calendar.refetchEvents(); };
  document.addEventListener('refetch', again);
  addEventListener('focus', () => { if (Date.now() - fresh > 15000) again(); });
})();
