import { request } from './api.js';

/**
 * Server-sent events, read with fetch because an EventSource cannot send a key. Yields { event, data, id }; data is the JSON.
 * Goes on after the last event when the connection breaks; ends when the server ends it.
 */
export async function* serverSentEvents(path, signal, isLast) {
  let last = null;
  for (let ended = false; !ended && !signal.aborted;) {
    const response = await request('GET', path, { signal, accept: 'text/event-stream', lastEventId: last });
    if (response.status === 204) return;
    try {
      for await (const item of events(response.body.pipeThrough(new TextDecoderStream()))) {
        last = item.id ?? last;
        ended = isLast(item);
        yield item;
      }
    } catch (error) {
      if (signal.aborted || !(error instanceof TypeError)) throw error; // a broken connection is a TypeError
    }
    if (!ended) await new Promise(resolve => setTimeout(resolve, 500));
  }
}

async function* events(stream) {
  let rest = '';
  for await (const text of stream) {
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) {
      const fields = block.split('\n').map(line => line.match(/^(event|data|id): ?(.*)$/)).filter(Boolean);
      const all = name => fields.filter(([, field]) => field === name).map(([, , value]) => value);
      if (all('data').length > 0) yield { event: all('event')[0] ?? 'message', id: all('id')[0] ?? null, data: JSON.parse(all('data').join('\n')) };
    }
  }
}
