import { get, patiently, post } from './api.js';
import { el, styled } from './dom.js';
import { ago, count } from './format.js';
import { AddressFilter, PagedList } from './paged-list.js';

const byId = id => document.getElementById(id);
const path = '/api/v1/admin/dead-letters';
const often = 1500;
const open = ['pending', 'scheduled', 'dead'];
const filter = new AddressFilter('dead-letters', { status: byId('letters-status'), topic: byId('letters-topic'), fingerprint: byId('letters-fingerprint') });
const list = new PagedList({ items: byId('letters'), more: byId('letters-more'), note: byId('letters-note'), noun: 'dead letter', item });

/** Messages that no handler could take: what went wrong together first, then each. */
export async function openDeadLetters({ query, signal }) {
  const asked = filter.show(query);
  await Promise.all([showGroups(asked, signal), list.open(path, asked, signal)]);
}

async function showGroups(asked, signal) {
  try {
    const { items } = await get(`${path}/groups`, signal);
    byId('letter-groups').replaceChildren(...items.map(group => groupItem(group, asked, signal)));
    const dead = items.reduce((sum, group) => sum + (group.by_status.dead ?? 0), 0);
    byId('letters-retry').hidden = items.length < 2 || dead === 0;
    byId('letters-retry').replaceChildren(retryButton(`Retry all ${count(dead, 'dead one')}`, {}, signal));
  } catch (error) {
    if (!signal.aborted) byId('letters-note').textContent = error.message;
  }
}

function groupItem(group, asked, signal) {
  const chosen = asked.get('fingerprint') === group.fingerprint;
  const query = new URLSearchParams(chosen ? {} : { fingerprint: group.fingerprint });
  const dead = group.by_status.dead ?? 0;
  return el('li', { class: chosen ? 'group chosen' : 'group' },
    el('a', { href: `#/dead-letters?${query}`, 'aria-current': chosen ? 'true' : null },
      el('strong', { class: 'many' }, group.count.toLocaleString()),
      el('span', { class: 'what' }, el('strong', null, shortName(group.exception_type)), group.top_frame && el('small', null, ` in ${group.top_frame}`),
        el('span', { class: 'facts' }, ...Object.entries(group.by_status).map(([status, number]) => el('span', { class: `pill ${status}` }, `${number} ${status}`)),
          el('span', null, group.topics.join(', ')), el('time', null, `last ${ago(Date.parse(group.newest) * 1000)}`)))),
    dead > 0 && retryButton(`Retry ${count(dead, 'dead one')}`, { fingerprint: group.fingerprint }, signal));
}

/** Starts the retries of what matches and shows how far they have come; at most 500 are accepted at once. */
function retryButton(text, matching, signal) {
  const button = el('button', { type: 'button', class: 'quiet' }, text);
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      await follow(await post(`${path}/retries`, { matching: { status: 'dead', ...matching } }), button, signal);
    } catch (error) {
      if (!signal.aborted) byId('letters-note').textContent = error.message;
    }
  });
  return button;
}

async function follow({ accepted, progress: address, has_more: more }, button, signal) {
  if (accepted === 0) {
    button.textContent = 'Nothing to retry';
    return;
  }
  for (let progress = { done: 0, total: accepted }; !signal.aborted;) {
    button.replaceChildren(bar(progress), `${progress.done} of ${progress.total} done`);
    if (progress.done === progress.total) return done(progress, more);
    await new Promise(resolve => setTimeout(resolve, often));
    progress = await patiently(() => get(address, signal));
  }
}

function bar({ done, total }) {
  return el('span', { class: 'progress', role: 'progressbar', 'aria-label': 'Letters retried', 'aria-valuemin': 0, 'aria-valuemax': total, 'aria-valuenow': done },
    styled(el('i', { class: done === total ? 'completed' : 'running' }), { width: `${100 * done / total}%` }));
}

function done({ by_status: by = {} }, more) {
  byId('letters-note').textContent = `Retried: ${Object.entries(by).map(([status, number]) => `${number} ${status}`).join(', ')}.${more ? ' There are more: retry once more.' : ''}`;
}

function item(letter) {
  const failed = Date.parse(letter.failure.failed_at);
  return el('li', null, el('a', { href: `#/dead-letters/${letter.id}`, class: 'entry' },
    el('span', { class: `pill ${letter.status}` }, letter.status),
    el('span', { class: 'what' }, el('strong', null, letter.event_type ?? 'unknown event'), el('small', null, ` ${letter.consumer_group}`),
      el('span', { class: 'reason' }, `${shortName(letter.failure.exception_type)}: ${letter.failure.exception_message}`)),
    el('span', { class: 'facts' },
      el('span', null, `${letter.topic} ${letter.partition}/${letter.offset}`),
      letter.retry_count > 0 && el('span', null, `tried ${count(letter.retry_count, 'time')} more`),
      open.includes(letter.status) && letter.next_at && el('span', { title: new Date(letter.next_at).toLocaleString() }, 'is tried again'),
      el('time', { datetime: letter.failure.failed_at, title: new Date(failed).toLocaleString() }, ago(failed * 1000)))));
}

const shortName = type => type.split('.').at(-1);
