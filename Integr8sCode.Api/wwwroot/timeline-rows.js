/** The timeline's spans as rows of a waterfall; what they did for the critical path stands in the colour of its category. */
export function rowsOf({ spans, critical_path: path }) {
  const segments = Map.groupBy(path, segment => segment.span_id);
  const rows = spans.map(span => rowOf(span, (segments.get(span.span_id) ?? []).map(segmentOf)));
  const above = [];
  for (const row of rows) {
    above.length = row.depth;
    row.parent = above[row.depth - 1] ?? null;
    row.parent?.children.push(row);
    row.aside = row.service === row.parent?.service ? null : row.service; // a colour means a category here; a name, that another process goes on
    above[row.depth] = row;
  }
  for (const row of rows.toReversed()) if (row.parent) row.parent.size += row.size;
  return rows;
}

function rowOf(span, segments) {
  const [start, end] = [span.start_us, span.start_us + span.duration_us];
  return {
    span, segments, start, end,
    id: span.span_id, name: nameOf(span), service: span.service, colour: null,
    error: span.is_error, orphan: span.parent_missing === true,
    parent: null, children: [], depth: span.depth, open: true, size: 1,
    marks: [
      { from: start, to: end, look: 'bar-span' },
      ...segments.map(({ from, to, category }) => ({ from, to, look: `path c-${category}` })),
    ],
  };
}

const segmentOf = ({ start_us: from, duration_us: length, category }) => ({ from, to: from + length, category });

/** What the span was about, where its name is that of its kind. */
function nameOf({ name, attempt, attributes }) {
  const about = attributes['saga.step'] ?? (name.startsWith('kafka.') ? attributes['event.type'] : null);
  return [name, about, attempt && `(attempt ${attempt})`].filter(Boolean).join(' ');
}
