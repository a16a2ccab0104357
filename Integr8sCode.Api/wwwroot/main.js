import { el } from './dom.js';
import { openDeadLetter } from './dead-letter.js';
import { openDeadLetters } from './dead-letters.js';
import { openHistory } from './history.js';
import { openRateLimits } from './rate-limits.js';
import { openReplays } from './replays.js';
import { openRun } from './run.js';
import { caller, resume } from './session.js';

const byId = id => document.getElementById(id);
const id = '([0-9a-f-]{36})';

/** Address after the #, the section that shows it, what opens it. The first group and the query go to open. */
const routes = [
  { path: /^\/$/, section: 'run', title: 'Run', open: openRun },
  { path: new RegExp(`^/executions/${id}$`), section: 'run', title: 'Execution', open: openRun },
  { path: /^\/history$/, section: 'history', title: 'History', open: openHistory },
  { path: /^\/dead-letters$/, section: 'dead-letters', title: 'Dead letters', open: openDeadLetters },
  { path: new RegExp(`^/dead-letters/${id}$`), section: 'dead-letter', title: 'Dead letter', open: openDeadLetter },
  { path: /^\/replays$/, section: 'replays', title: 'Replays', open: openReplays },
  { path: /^\/rate-limits$/, section: 'rate-limits', title: 'Rate limits', open: openRateLimits },
];
const adminPages = [['#/dead-letters', 'Dead letters'], ['#/replays', 'Replays'], ['#/rate-limits', 'Rate limits']];
let leave = new AbortController();

addEventListener('hashchange', show);
addEventListener('caller', menu);
start();

async function start() {
  menu();
  show();
  if (await resume()) show();
}

function show() {
  leave.abort();
  leave = new AbortController();
  const [path, query] = (location.hash.slice(1) || '/').split('?');
  const route = routes.find(({ path: pattern }) => pattern.test(path)) ?? routes[0];
  document.title = `${route.title} · Integr8sCode`;
  for (const { section } of routes) byId(section).hidden = section !== route.section;
  for (const link of byId('nav').children) {
    if (isFor(link, route, path)) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  route.open({ id: path.match(route.path)?.[1] ?? null, query: new URLSearchParams(query), signal: leave.signal });
}

function isFor(link, route, path) {
  const target = link.hash.slice(1);
  return target === '/' ? route.section === 'run' : path.startsWith(target);
}

/** Admins have more pages. */
function menu() {
  byId('nav').replaceChildren(...[['#/', 'Run'], ['#/history', 'History'], ...caller.isAdmin ? adminPages : []]
    .map(([href, name]) => el('a', { href }, name)));
}
