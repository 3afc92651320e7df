/**
 * Every text that a script finds in a value by looking at it: in what can be enumerated, own or inherited as of an event,
 * in lists, maps and sets, and in what those hold. Bytes are read as text.
 */
export function strings(value: unknown, seen = new Set<unknown>()): readonly string[] {
  if (typeof value === 'string') {
    return [value];
  }
  if (typeof value !== 'object' || value === null || seen.has(value)) {
    return [];
  }
  seen.add(value);
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
    return [new TextDecoder().decode(value)];
  }
  if (value instanceof Window || value instanceof Document || value instanceof CSSStyleSheet) {
    return [];
  }
  const inner: unknown[] = value instanceof Map || value instanceof Set ? [...value] : [];
  // What an element or event is by nature is found by `in`, what was put on it among its own.
  const keys = value instanceof Node ? Object.keys(value) : namesOf(value);
  for (const key of keys) {
    try {
      inner.push(key, (value as Record<string, unknown>)[key]);
    } catch {
      // Nothing is read from what refuses to be.
    }
  }
  return inner.flatMap((one) => strings(one, seen));
}

function namesOf(value: object): readonly string[] {
  const names: string[] = [];
  for (const name in value) {
    names.push(name);
  }
  return names;
}

/** What a script of the page can see of a provider element, by the name of the place. */
export const pagesAndPlaces: Readonly<
  Record<
    | 'the attributes of the element'
    | 'the fields of the element'
    | 'its session'
    | 'an event'
    | 'the document'
    | 'the address and the history',
    (element: HTMLElement, events: readonly Event[]) => readonly string[]
  >
> = {
  'the attributes of the element': (element) => [
    ...[...element.attributes].flatMap(({ name, value }) => [name, value]),
    ...Object.values(element.dataset).map(String),
  ],
  'the fields of the element': (element) => strings(element),
  'its session': (element) => strings('session' in element ? element.session : undefined),
  'an event': (_, events) => events.flatMap((event) => strings(event)),
  'the document': (element) =>
    [document.documentElement, ...(element.shadowRoot?.children ?? [])].map((root) =>
      new XMLSerializer().serializeToString(root),
    ),
  'the address and the history': () => [location.href, JSON.stringify(history.state)],
};
