// Keeps the page up to date: asks for the same address again and changes what is different, so that focus, scroll,
// selection and what is folded out stay. Without this file everything works, and is read when it is opened.
'use strict';

const trouble = document.getElementById('trouble');
const pause = milliseconds => new Promise(done => setTimeout(done, milliseconds));

function same(one, other) {
  return one && one.nodeType === other.nodeType && one.nodeName === other.nodeName && one.id === other.id;
}

function change(now, next) {
  if (now.nodeType !== Node.ELEMENT_NODE) {
    if (now.data !== next.data) now.data = next.data;
    return;
  }
  for (const { name, value } of next.attributes) {
    if (name !== 'open' && now.getAttribute(name) !== value) now.setAttribute(name, value);
  }
  for (const { name } of [...now.attributes]) {
    if (name !== 'open' && !next.hasAttribute(name)) now.removeAttribute(name);
  }
  const named = new Map([...now.children].filter(child => child.id).map(child => [child.id, child]));
  let at = now.firstChild;
  for (const child of [...next.childNodes]) {
    const known = child.id ? named.get(child.id) : at;
    if (!same(known, child)) {
      now.insertBefore(document.importNode(child, true), at);
      continue;
    }
    if (known === at) at = at.nextSibling;
    else now.insertBefore(known, at);
    if (!known.isEqualNode(child)) change(known, child);
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

async function look() {
  const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
  if (answer.status === 401 || answer.status === 403) throw new Error('It was started anew: open its new address.');
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
  if (answer.status >= 500) throw new Error(next.querySelector('.fault')?.textContent ?? 'It has a fault.');
  // What is awaited is another page than the one that waits for it.
  if (answer.ok && document.querySelector('[data-anew]')) location.reload();
  for (const part of document.querySelectorAll('[data-live]')) {
    const newer = next.getElementById(part.id);
    if (newer && getSelection().isCollapsed) change(part, newer);
  }
  document.body.dataset.again = next.body.dataset.again;
  trouble.textContent = '';
}

async function keepLooking() {
  while (true) {
    await pause(Number(document.body.dataset.again));
    if (document.hidden || !document.querySelector('[data-live]')) continue;
    try {
      await look();
    } catch (error) {
      const why = error instanceof TypeError ? 'The program that serves this page has ended.' : error.message;
      if (trouble.textContent !== why) trouble.textContent = why;
      await pause(2000);
    }
  }
}

const mostLines = 5000;

// The lines come behind those that are there; who reads further up is left there.
async function follow(log) {
  for (let from = ''; ;) {
    const over = () => document.querySelector('[data-over]')?.dataset.over === 'yes';
    const wasOver = over();
    if (!document.hidden) {
      try {
        const answer = await fetch(`${log.dataset.log}?from=${encodeURIComponent(from)}`);
        if (answer.ok) {
          from = answer.headers.get('X-Next');
          append(log, await answer.text());
          if (wasOver) break;
        }
      } catch {
        // The page itself says what is wrong.
      }
    }
    await pause(wasOver ? 2000 : 1000);
  }
  if (!log.firstChild) log.textContent = 'It logged nothing, or its log has expired.';
}

function append(log, markup) {
  if (!markup) return;
  const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 24;
  const lines = new DOMParser().parseFromString(markup, 'text/html').body;
  for (const line of [...lines.children]) {
    if (line.dataset.task && log.querySelector(`[data-task="${CSS.escape(line.dataset.task)}"]`)) continue;
    log.append(line);
  }
  while (log.childElementCount > mostLines) log.firstElementChild.remove();
  if (isAtEnd) log.scrollTop = log.scrollHeight;
}

// A form is sent once, however often its button is pressed.
document.addEventListener('submit', event => {
  if (event.target.dataset.sent) event.preventDefault();
  else if (event.target.method === 'post') event.target.dataset.sent = 'yes';
});
addEventListener('pageshow', () => document.querySelectorAll('[data-sent]').forEach(form => delete form.dataset.sent));

// A form that asks once more is closed by Escape, and the focus goes back to what opened it.
document.addEventListener('keydown', event => {
  const open = event.key === 'Escape' && event.target.closest?.('details.confirm[open]');
  if (!open) return;
  open.open = false;
  open.querySelector('summary').focus();
});

for (const log of document.querySelectorAll('[data-log]')) follow(log);
keepLooking();
