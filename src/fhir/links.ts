/** What goes where a server's links and references lead: loaded when the first one is followed. */
export { resolveReference } from './resolve.js';
export { Search } from './search.js';
