/**
 * Jaeger's JSON of a trace as rows in the order of a waterfall: parents before children, siblings by start.
 * Works without recursion, so a chain of 5 000 spans is no deeper than one of 5; spans whose parents form a ring,
 * or are not there, stand at the top.
 */
export function treeOf(trace) {
  const nodes = trace.spans.map(span => ({
    span,
    id: span.spanID,
    name: span.operationName,
    service: trace.processes[span.processID]?.serviceName ?? '?',
    process: trace.processes[span.processID],
    start: span.startTime,
    end: span.startTime + span.duration,
    error: span.tags.some(tag => tag.key === 'error' && String(tag.value) === 'true'),
    parent: null, orphan: false, children: [], depth: 0, open: true, size: 1,
  }));
  const byId = new Map(nodes.map(node => [node.id, node]));
  for (const node of nodes) {
    const parentId = node.span.references.find(r => r.traceID === node.span.traceID && r.spanID !== node.id)?.spanID;
    node.parent = byId.get(parentId) ?? null;
    node.orphan = parentId !== undefined && node.parent === null;
    node.parent?.children.push(node);
  }
  return order(nodes);
}

function order(nodes) {
  const rows = [];
  const seen = new Set();
  const visit = root => {
    const stack = [root];
    while (stack.length > 0) {
      const node = stack.pop();
      if (seen.has(node)) continue;
      seen.add(node);
      node.depth = node === root ? 0 : node.parent.depth + 1;
      rows.push(node);
      node.children.sort((a, b) => b.start - a.start || (a.id < b.id ? 1 : -1));
      stack.push(...node.children);
      node.children.reverse();
    }
  };
  for (const node of nodes.toSorted((a, b) => a.start - b.start)) if (node.parent === null) visit(node);
  for (const node of nodes) {
    if (seen.has(node)) continue;
    node.parent.children.splice(node.parent.children.indexOf(node), 1); // the ring is cut here
    node.parent = null;
    visit(node);
  }
  for (const node of rows.toReversed()) if (node.parent) node.parent.size += node.size;
  return rows;
}
