import { el } from './dom.js';
import { openDeadLetter } from './dead-letter.js';
import { openDeadLetters } from './dead-letters.js';
import { openHistory } from './history.js';
import { openRateLimits } from './rate-limits.js';
import { openReplays } from './replays.js';
import { openRetryPolicies } from './retry-policies.js';
import { openRun } from './run.js';
import { caller, resume } from './session.js';
import { openUserLimits } from './user-limits.js';

const byId = id => document.getElementById(id);
const id = '([0-9a-f-]{36})';

/** Address after the #, the section that shows it, what opens it. The first group and the query go to open. */
const routes = [
  { path: /^\/$/, section: 'run', title: 'Run', open: openRun },
  { path: new RegExp(`^/executions/${id}$`), section: 'run', title: 'Execution', open: openRun },
  { path: /^\/history$/, section: 'history', title: 'History', open: openHistory },
  { path: /^\/dead-letters$/, section: 'dead-letters', title: 'Dead letters', open: openDeadLetters },
  { path: new RegExp(`^/dead-letters/${id}$`), section: 'dead-letter', title: 'Dead letter', open: openDeadLetter },
  { path: /^\/dead-letters\/policies$/, section: 'retry-policies', title: 'Retry policies', open: openRetryPolicies },
  { path: /^\/replays$/, section: 'replays', title: 'Replays', open: openReplays },
  { path: /^\/rate-limits$/, section: 'rate-limits', title: 'Rate limits', open: openRateLimits },
  { path: /^\/rate-limits\/([^/]+)$/, section: 'user-limits', title: 'Rate limits', open: openUserLimits },
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

function place() {
  const [path, query] = (location.hash.slice(1) || '/').split('?');
  return { path, query, route: routes.find(({ path: pattern }) => pattern.test(path)) ?? routes[0] };
}

function show() {
  leave.abort();
  leave = new AbortController();
  const { path, query, route } = place();
  document.title = `${route.title} · Integr8sCode`;
  for (const { section } of routes) byId(section).hidden = section !== route.section;
  mark(route, path);
  route.open({ id: decoded(path.match(route.path)?.[1]), query: new URLSearchParams(query), signal: leave.signal });
}

function decoded(part) {
  try {
    return part === undefined ? null : decodeURIComponent(part);
  } catch {
    return part; // somebody wrote a lone % into the address
  }
}

/** Tells in the menu where one is. */
function mark(route, path) {
  for (const link of byId('nav').children) {
    if (isFor(link, route, path)) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

function isFor(link, route, path) {
  const target = link.hash.slice(1);
  return target === '/' ? route.section === 'run' : path.startsWith(target);
}

/** Admins have more pages. */
function menu() {
  byId('nav').replaceChildren(...[['#/', 'Run'], ['#/history', 'History'], ...caller.isAdmin ? adminPages : []]
    .map(([href, name]) => el('a', { href }, name)));
  const { path, route } = place();
  mark(route, path);
}
