/**
 * How many operations the browser does in threads of its own for the page now: cryptography, and reading of bodies.
 * Nothing else tells when they are done, and how long they take depends on the machine.
 */
let underWay = 0;

/** Whether the browser does anything for the page in threads of its own now. */
export function isUnderWay(): boolean {
  return underWay > 0;
}

function watch(prototype: object, names: readonly string[]): void {
  for (const name of names) {
    const original: unknown = Reflect.get(prototype, name);
    if (typeof original === 'function') {
      const watched = async function (this: unknown, ...given: unknown[]): Promise<unknown> {
        underWay++;
        try {
          return await Reflect.apply(original, this, given);
        } finally {
          underWay--;
        }
      };
      Object.defineProperty(prototype, name, { value: watched, configurable: true, writable: true });
    }
  }
}

watch(SubtleCrypto.prototype, [
  'decrypt',
  'deriveKey',
  'digest',
  'encrypt',
  'exportKey',
  'generateKey',
  'importKey',
  'sign',
  'verify',
]);
watch(Response.prototype, ['arrayBuffer', 'blob', 'json', 'text']);

const { port1, port2 } = new MessageChannel();
const turns: (() => void)[] = [];
port1.onmessage = () => {
  turns.shift()?.();
};

/** One turn of the page's event loop, with all that waits for promises alone. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    turns.push(resolve);
    port2.postMessage(null);
  });
}

let loaded: Promise<unknown> | undefined;

/** What the kit loads on demand. */
function loadParts(): Promise<unknown> {
  return (loaded ??= Promise.all([
    import('../../src/core/errors/of-sign-in.js'),
    import('../../src/fhir/ask-otherwise.js'),
    import('../../src/fhir/failed-answer.js'),
    import('../../src/fhir/links.js'),
    import('../../src/fhir/retry.js'),
    import('../../src/session/discovery-failure.js'),
    import('../../src/session/ehr-launch.js'),
    import('../../src/session/housekeeping.js'),
    import('../../src/session/sign-in-part.js'),
    import('../../src/session/window-sign-in.js'),
    import('../../src/smart/discovery-fallback.js'),
    import('../../src/smart/discovery-patience.js'),
    import('../../src/smart/scope-syntax.js'),
    import('../../src/ui/absolute-reference.js'),
    import('../../src/ui/countdown.js'),
    import('../../src/ui/data-words.js'),
    import('../../src/ui/preview-error.js'),
    import('../../src/ui/search-results.js'),
  ]));
}

/**
 * Lets everything run that waits for no time, no person and no server: until nothing is under way for three turns in
 * a row.
 */
export async function settled(): Promise<void> {
  await loadParts();
  for (let quiet = 0; quiet < 3; quiet++) {
    await turn();
    // Once they are there, modules are told of in the order in which they were asked for: this one comes last.
    await import('../../src/core/errors/of-sign-in.js');
    if (underWay > 0) {
      quiet = -1;
    }
  }
}
