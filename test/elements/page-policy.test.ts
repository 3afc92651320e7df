import { expect } from '@open-wc/testing';

import { isBlockedByPolicy } from '../../src/session/policy-probe.js';

const asked = 'https://ehr.example/fhir/.well-known/smart-configuration';

describe('Whether the policy of the page keeps it from asking a server', () => {
  const { fetch, setTimeout } = globalThis;
  let requests: { readonly url: string; readonly init: RequestInit | undefined }[];

  beforeEach(() => {
    requests = [];
    // What the browser has not told within a quarter of a second it does not tell: no test waits for that.
    globalThis.setTimeout = ((call: (value: unknown) => void, _: number, value: unknown) =>
      setTimeout(() => {
        call(value);
      })) as typeof setTimeout;
  });

  afterEach(() => {
    Object.assign(globalThis, { fetch, setTimeout });
  });

  /** A browser that tells this about a request, and lets it fail or not. */
  function browser(violation: SecurityPolicyViolationEventInit | undefined, isAnswered = false): void {
    globalThis.fetch = (input, init) => {
      requests.push({ url: new Request(input).url, init });
      if (violation) {
        document.dispatchEvent(new SecurityPolicyViolationEvent('securitypolicyviolation', violation));
      }
      return isAnswered
        ? Promise.resolve(Response.error())
        : Promise.reject(new TypeError('Failed to fetch'));
    };
  }

  function violation(
    changes: Partial<SecurityPolicyViolationEventInit> = {},
  ): SecurityPolicyViolationEventInit {
    return {
      blockedURI: asked,
      disposition: 'enforce',
      documentURI: location.href,
      effectiveDirective: 'connect-src',
      originalPolicy: "connect-src 'self'",
      statusCode: 200,
      violatedDirective: 'connect-src',
      ...changes,
    };
  }

  it('SMART-7: it does where the browser says so', async () => {
    browser(violation());
    expect(await isBlockedByPolicy(asked)).to.equal(true);
  });

  it('SMART-7: it does where the browser names the origin alone', async () => {
    browser(violation({ blockedURI: 'https://ehr.example' }));
    expect(await isBlockedByPolicy(asked)).to.equal(true);
  });

  for (const [what, told, isAnswered] of [
    ['that only reports', violation({ disposition: 'report' }), false],
    ['that only reports, and a server that answers', violation({ disposition: 'report' }), true],
    ['about another server', violation({ blockedURI: 'https://other.example/' }), false],
    ['about another port', violation({ blockedURI: 'https://ehr.example:8443/' }), false],
    ['about images', violation({ effectiveDirective: 'img-src', violatedDirective: 'img-src' }), false],
    ['about a script within the page', violation({ blockedURI: 'inline' }), false],
  ] as const) {
    it(`SMART-7: it does not where the browser tells of a policy ${what}`, async () => {
      browser(told, isAnswered);
      expect(await isBlockedByPolicy(asked)).to.equal(false);
    });
  }

  it('SMART-7: it does not where the browser tells nothing, whether the server answers or not', async () => {
    for (const isAnswered of [true, false]) {
      browser(undefined, isAnswered);
      expect(await isBlockedByPolicy(asked)).to.equal(false);
    }
  });

  it('is found out by one request, without a body, credentials or a right to read the answer', async () => {
    browser(undefined);
    await isBlockedByPolicy(asked);
    expect(requests).to.deep.equal([
      { url: asked, init: { method: 'HEAD', mode: 'no-cors', credentials: 'omit', cache: 'no-store' } },
    ]);
  });

  it('is asked anew each time: what was told of an earlier request counts no more', async () => {
    browser(violation());
    await isBlockedByPolicy(asked);
    browser(undefined);
    expect(await isBlockedByPolicy(asked)).to.equal(false);
  });
});

describe('A page with a policy of its own', () => {
  const path = new URL('../../src/session/policy-probe.ts', import.meta.url).href;

  /** Asks from within a page that has this policy. */
  async function askIn(policy: string, url: string): Promise<boolean> {
    const frame = document.createElement('iframe');
    frame.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}">
      <script type="module">
        const { isBlockedByPolicy } = await import(${JSON.stringify(path)});
        parent.postMessage({ isBlocked: await isBlockedByPolicy(${JSON.stringify(url)}) });
      </script>`;
    const heard = new Promise<boolean>((resolve) => {
      addEventListener('message', function hear({ source, data }: MessageEvent<{ isBlocked?: boolean }>) {
        if (source === frame.contentWindow && data.isBlocked !== undefined) {
          removeEventListener('message', hear);
          resolve(data.isBlocked);
        }
      });
    });
    document.body.append(frame);
    try {
      return await heard;
    } finally {
      frame.remove();
    }
  }

  // By its address: engines differ in what they take for 'self' in a frame without one.
  const here = location.origin;
  for (const [policy, url, isBlocked] of [
    [`connect-src ${here}`, 'https://ehr.invalid/fhir', true],
    [`default-src 'unsafe-inline' ${here}`, 'https://ehr.invalid/fhir', true],
    ['connect-src https://ehr.invalid', 'https://ehr.invalid/fhir', false],
    ["img-src 'self'", 'https://ehr.invalid/fhir', false],
    [`connect-src ${here}`, new URL('/', location.href).href, false],
  ] as const) {
    it(`SMART-7: with ${policy} is ${isBlocked ? '' : 'not '}kept from asking ${new URL(url).hostname}`, async () => {
      expect(await askIn(policy, url)).to.equal(isBlocked);
    });
  }
});
