const page = 15;

/**
 * Arrow keys for a tree of rows that are all one stop of the Tab key. at(index) moves the selection, toggle(node) opens and closes a row,
 * enter(node) is Enter or Space; more adds keys of the page's own.
 */
export function treeKeys(host, state, { at, toggle, enter, more = {} }) {
  const inside = node => node.children.length > 0;
  const keys = {
    ArrowDown: index => at(index + 1),
    ArrowUp: index => at(index - 1),
    Home: () => at(0),
    End: () => at(state.nodes.length - 1),
    PageDown: index => at(index + page),
    PageUp: index => at(index - page),
    ArrowRight: (index, node) => inside(node) && !node.open ? toggle(node) : at(index + 1),
    ArrowLeft: (index, node) => inside(node) && node.open ? toggle(node) : node.parent && at(state.nodes.indexOf(node.parent)),
    Enter: (index, node) => enter(node),
    ' ': (index, node) => enter(node),
    ...more,
  };
  host.addEventListener('keydown', event => {
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey || state.nodes.length === 0) return;
    event.preventDefault();
    keys[event.key](state.nodes.indexOf(state.selected), state.selected ?? state.nodes[0]);
  });
}
