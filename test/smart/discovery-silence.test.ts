import { expect } from '@open-wc/testing';

import { SmartError } from '../../src/core/smart-error.js';
import { discoverEndpoints } from '../../src/smart/discovery.js';
import {
  capabilityStatement,
  fhirBase,
  json,
  origin,
  SimulatedServer,
  smartConfiguration,
} from '../support/simulated-server.js';

const { timeout } = AbortSignal;

/** Never answers by itself, and gives up as `fetch()` does: with what the signal was aborted with. */
function never(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
}

describe('discovery at a server that is silent', () => {
  /** How long each request was given, in ms, in the order of the requests. */
  let given: number[];
  let running: AbortController[];

  beforeEach(() => {
    given = [];
    running = [];
    AbortSignal.timeout = (ms) => {
      const controller = new AbortController();
      given.push(ms);
      running.push(controller);
      return controller.signal;
    };
  });

  afterEach(() => {
    AbortSignal.timeout = timeout;
  });

  /** Discovers, while the time of each request is over as soon as the server has been asked. */
  async function discover(
    silent: (url: string) => 'silent' | 'halfway' | 'answers',
    server: SimulatedServer,
  ): Promise<string> {
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const url = new Request(input).url;
      const kind = silent(url);
      if (kind === 'answers') {
        return server.fetch(input, init);
      }
      const timer = running.at(-1);
      setTimeout(() => timer?.abort(new DOMException('The time is over.', 'TimeoutError')));
      if (kind === 'silent') {
        return never(init?.signal);
      }
      const signal = init?.signal;
      return new Response(
        new ReadableStream({
          start: (stream) => {
            stream.enqueue(new TextEncoder().encode('{'));
            signal?.addEventListener('abort', () => {
              stream.error(signal.reason);
            });
          },
        }),
      );
    };
    return discoverEndpoints(fhirBase, { fetch, pause: () => Promise.resolve() }).then(
      ({ configuration }) => configuration.source,
      (thrown: unknown) => (SmartError.is(thrown) ? thrown.code : String(thrown)),
    );
  }

  const statement = (): Response =>
    json(capabilityStatement({ authorize: `${origin}/authorize`, token: `${origin}/token` }));
  const ofWellKnown = (url: string): boolean => url.includes('.well-known');

  for (const kind of ['silent', 'halfway'] as const) {
    it(`SMART-1: ${kind} in everything, it is said to be too slow; no request waits for more than seconds`, async () => {
      expect(await discover(() => kind, new SimulatedServer())).to.equal('discovery/timed-out');
      expect(given).to.have.length(2);
      for (const ms of given) {
        expect(ms).to.be.within(3_000, 5_000);
      }
    });

    it(`SMART-1 SMART-5: ${kind} at the well-known place alone, it is asked at the other one`, async () => {
      const server = new SimulatedServer({ metadata: statement });
      const source = await discover((url) => (ofWellKnown(url) ? kind : 'answers'), server);
      expect(source).to.equal('capability-statement');
    });

    it(`SMART-6: ${kind} at the other place, it is not taken for a server without sign-in`, async () => {
      const server = new SimulatedServer({ wellKnown: () => json({}, 404) });
      const code = await discover((url) => (ofWellKnown(url) ? 'answers' : kind), server);
      expect(code).to.equal('discovery/timed-out');
    });
  }

  it('SMART-1: a server that answers in time sees nothing of it', async () => {
    const server = new SimulatedServer({ wellKnown: () => json(smartConfiguration) });
    expect(await discover(() => 'answers', server)).to.equal('smart-configuration');
    expect(server.seen.map(({ init }) => init.signal?.aborted)).to.deep.equal([false]);
  });
});
