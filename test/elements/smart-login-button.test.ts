import { expect, fixture } from '@open-wc/testing';

import '../../src/elements/smart-login-button/smart-login-button.js';
import type { SmartLoginButtonElement } from '../../src/elements/smart-login-button/smart-login-button-element.js';
import type { Snapshot } from '../../src/session/session.js';
import { doings, provider, snapshot, statuses } from '../support/snapshots.js';

async function show(value: Snapshot): Promise<{
  element: SmartLoginButtonElement;
  button: HTMLButtonElement;
  set: (next: Snapshot) => Promise<void>;
}> {
  const around = provider(value);
  await fixture(around.element);
  const element = document.createElement('smart-login-button');
  around.element.append(element);
  await element.updateComplete;
  const button = element.shadowRoot?.querySelector('button');
  if (!button) {
    throw new Error('There is no button.');
  }
  return {
    element,
    button,
    set: async (next) => {
      around.set(next);
      await element.updateComplete;
    },
  };
}

const offers = {
  starting: ['busy', 'One moment…'],
  'signed-out': ['sign-in', 'Sign in'],
  authorizing: ['busy', 'Going to sign-in…'],
  exchanging: ['busy', 'Signing in…'],
  'signed-in': ['sign-out', 'Sign out'],
  expired: ['sign-in', 'Sign in again'],
  unavailable: ['retry', 'Try again'],
} as const;

describe('<smart-login-button>', () => {
  for (const status of statuses.filter((one) => one !== 'unprotected')) {
    it(`says what a press does while ${status}, and is accessible`, async () => {
      const { element, button } = await show(snapshot(status));
      const [state, text] = offers[status];
      expect(element.matches(`:state(${state})`)).to.equal(true);
      expect(button.textContent?.trim()).to.equal(text);
      expect(button.getAttribute('aria-disabled')).to.equal(String(state === 'busy'));
      await expect(element).to.be.accessible();
    });
  }

  for (const [name, value, text] of [
    ['where the server asks nobody to sign in', snapshot('unprotected'), ''],
    [
      'SMART-98: where only the EHR can begin the session again',
      snapshot('expired', { credentials: { isLaunched: true } }),
      'Open this app again from your health record system.',
    ],
  ] as const) {
    it(`${name}, there is no button`, async () => {
      const around = provider(value);
      await fixture(around.element);
      const element = document.createElement('smart-login-button');
      around.element.append(element);
      await element.updateComplete;
      expect(element.shadowRoot?.querySelector('button')).to.equal(null);
      expect(element.shadowRoot?.textContent?.trim()).to.equal(text);
      await expect(element).to.be.accessible();
    });
  }

  for (const [status, done] of [
    ['signed-out', ['signIn']],
    ['expired', ['signIn']],
    ['signed-in', ['signOut']],
    ['unavailable', ['retry']],
    ['authorizing', []],
    ['exchanging', []],
  ] as const) {
    it(`a press while ${status} does ${done.join() || 'nothing'}`, async () => {
      const actions = doings();
      const { button } = await show(snapshot(status, {}, actions));
      button.click();
      expect(actions.done).to.deep.equal(done);
    });
  }

  it('asks the page before it signs in, which may keep the person here', async () => {
    const actions = doings();
    const { element, button } = await show(snapshot('signed-out', {}, actions));
    document.addEventListener('smart-sign-in', (event) => event.preventDefault(), { once: true });
    button.click();
    expect(actions.done).to.deep.equal([]);
    expect(element.matches(':state(sign-in)')).to.equal(true);
  });

  it('asks the page before it signs out', async () => {
    const actions = doings();
    const { button } = await show(snapshot('signed-in', {}, actions));
    document.addEventListener('smart-sign-out', (event) => event.preventDefault(), { once: true });
    button.click();
    expect(actions.done).to.deep.equal([]);
  });

  it('takes its words from slots', async () => {
    const { element } = await show(snapshot('signed-out'));
    const words = document.createElement('span');
    words.slot = 'sign-in';
    words.textContent = 'Entrar';
    element.append(words);
    const slot = element.shadowRoot?.querySelector<HTMLSlotElement>('slot[name=sign-in]');
    expect(slot?.assignedNodes()[0]?.textContent).to.equal('Entrar');
  });

  it('follows the session', async () => {
    const { element, button, set } = await show(snapshot('signed-out'));
    await set(snapshot('signed-in'));
    expect(button.textContent?.trim()).to.equal('Sign out');
    expect(element.matches(':state(sign-in)')).to.equal(false);
  });

  it('finds a provider elsewhere by its id, also one that comes later', async () => {
    const element = await fixture<SmartLoginButtonElement>(
      '<smart-login-button for="elsewhere"></smart-login-button>',
    );
    const around = provider(snapshot('signed-in'));
    around.element.id = 'elsewhere';
    await fixture(around.element);
    around.element.dispatchEvent(
      Object.assign(new Event('context-provider', { bubbles: true, composed: true }), {}),
    );
    await element.updateComplete;
    expect(element.shadowRoot?.textContent).to.contain('Sign out');
  });

  it('loses its session when it is taken out of its provider, and keeps it when it is moved within', async () => {
    const { element, set } = await show(snapshot('signed-in'));
    const parent = element.parentElement;
    const inner = document.createElement('section');
    parent?.append(inner);
    inner.append(element);
    await Promise.resolve();
    await element.updateComplete;
    expect(element.shadowRoot?.textContent).to.contain('Sign out');
    document.body.append(element);
    await element.updateComplete;
    await set(snapshot('signed-in'));
    expect(element.shadowRoot?.textContent).not.to.contain('Sign out');
    element.remove();
  });

  it('says on the page that there is no session around it', async () => {
    const element = await fixture<SmartLoginButtonElement>('<smart-login-button></smart-login-button>');
    expect(element.shadowRoot?.textContent).to.contain('not connected').and.to.contain('config/no-provider');
    await expect(element).to.be.accessible();
  });
});
