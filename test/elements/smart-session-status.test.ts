import { expect, fixture } from '@open-wc/testing';

import '../../src/elements/smart-session-status/smart-session-status.js';
import type { SmartSessionStatusElement } from '../../src/elements/smart-session-status/smart-session-status-element.js';
import { idTokenError } from '../../src/core/errors/id-token.js';
import type { Snapshot } from '../../src/session/session.js';
import { remainingTime } from '../../src/ui/remaining-time.js';
import { doings, provider, snapshot, statuses } from '../support/snapshots.js';

async function show(value: Snapshot): Promise<{ element: SmartSessionStatusElement; text: string }> {
  const around = provider(value);
  await fixture(around.element);
  const element = document.createElement('smart-session-status');
  around.element.append(element);
  await element.updateComplete;
  return { element, text: (element.shadowRoot?.textContent ?? '').replace(/\s+/g, ' ').trim() };
}

describe('<smart-session-status>', () => {
  for (const status of statuses) {
    it(`SMART-130: says what ${status} means, has it as its state, and is accessible`, async () => {
      const { element, text } = await show(snapshot(status));
      expect(element.matches(`:state(${status})`)).to.equal(true);
      expect(text).not.to.equal('');
      await expect(element).to.be.accessible();
    });
  }

  it('says who is signed in, and that it is extended by itself', async () => {
    const { text } = await show(snapshot('signed-in'));
    expect(text).to.contain('Signed in as Maria Silva').and.to.contain('extended by itself');
    expect(text).not.to.contain('Ends in');
  });

  it('shows a time only where the session cannot be extended', async () => {
    const expiresAt = Date.now() + 10 * 60_000;
    const { text } = await show(
      snapshot('signed-in', { credentials: { refreshToken: undefined, expiresAt } }),
    );
    expect(text).to.match(/Ends in (9|10) minutes and cannot be extended/);
  });

  it('invents no time where the server does not say one', async () => {
    const { text } = await show(
      snapshot('signed-in', { credentials: { refreshToken: undefined, expiresAt: undefined } }),
    );
    expect(text).to.contain('does not say for how long');
  });

  it('names nobody where nobody is known', async () => {
    expect((await show(snapshot('signed-in', { credentials: { user: undefined } }))).text).to.match(
      /^Signed in It/,
    );
  });

  for (const [reason, words] of Object.entries({
    initial: 'You are not signed in',
    'signed-out': 'You have signed out',
    'signed-out-elsewhere': 'in another tab',
    denied: 'not allowed',
    idle: 'nothing happened',
  })) {
    it(`says why nobody is signed in: ${reason}`, async () => {
      expect((await show(snapshot('signed-out', { reason: reason as 'idle' }))).text).to.contain(words);
    });
  }

  it('offers to sign in again when the session has ended', async () => {
    const actions = doings();
    const { element, text } = await show(snapshot('expired', {}, actions));
    expect(text).to.contain('Your sign-in has ended').and.to.contain('come back to this place');
    element.shadowRoot?.querySelector('button')?.click();
    expect(actions.done).to.deep.equal(['signIn']);
  });

  it('tells warnings with what can be done, and a server’s words as text', async () => {
    const warning = idTokenError('keys-unavailable', {
      oauth: { error: '<img src=x onerror=alert(1)>' },
    });
    const { element, text } = await show(snapshot('signed-in', { advice: [warning] }));
    expect(text).to.contain('could not be confirmed').and.to.contain('<img src=x');
    expect(element.shadowRoot?.querySelector('img')).to.equal(null);
  });

  it('holds no token', async () => {
    const { element } = await show(snapshot('signed-in'));
    const all = [...(element.shadowRoot?.querySelectorAll('*') ?? [])];
    const attributes = all.flatMap((each) => [...each.attributes].map(({ value }) => value));
    expect(`${attributes.join()}${element.shadowRoot?.textContent ?? ''}`).not.to.contain('a-token');
  });
});

describe('the remaining time', () => {
  for (const [ms, words] of [
    [0, '0 seconds'],
    [-5, '0 seconds'],
    [1_000, '1 second'],
    [119_000, '119 seconds'],
    [120_000, '2 minutes'],
    [3_599_000, '59 minutes'],
    [7_200_000, '2 hours'],
  ] as const) {
    it(`of ${String(ms)} ms is ${words}`, () => {
      expect(remainingTime(ms)).to.equal(words);
    });
  }
});
