/**
 * How many operations the browser does in threads of its own for the page now: cryptography, and reading of bodies.
 * Nothing else tells when they are done, and how long they take depends on the machine.
 */
let underWay = 0;

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

/** One turn of the page's event loop, with all that waits for promises alone. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/**
 * Lets everything run that waits for no time, no person and no server: until nothing is under way for three turns in
 * a row.
 */
export async function settled(): Promise<void> {
  for (let quiet = 0; quiet < 3; quiet++) {
    await turn();
    // What the kit loads on demand is there when these are: a module is loaded once, and told of in order.
    await import('../../src/core/errors/of-sign-in.js');
    await import('../../src/session/discovery-failure.js');
    await import('../../src/session/ehr-launch.js');
    await import('../../src/session/housekeeping.js');
    await import('../../src/session/sign-in-part.js');
    await import('../../src/session/window-sign-in.js');
    await import('../../src/smart/discovery-fallback.js');
    await import('../../src/smart/discovery-patience.js');
    await import('../../src/smart/scope-syntax.js');
    if (underWay > 0) {
      quiet = -1;
    }
  }
}
