/** What is loaded with the first record that brings a text of its own. */
export { readNarrative } from './narrative.js';
export { narrativeView } from './narrative-view.js';
