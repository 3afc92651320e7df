import { expect, fixture, waitUntil } from '@open-wc/testing';

import '../../src/elements/smart-session-status/smart-session-status.js';
import { tokenError } from '../../src/core/errors/token.js';
import type { SmartSessionStatusElement } from '../../src/elements/smart-session-status/smart-session-status-element.js';
import type { Ending } from '../../src/session/endings.js';
import type { Snapshot } from '../../src/session/session.js';
import type { SnapshotActions } from '../../src/session/snapshots.js';
import type { SmartSignInEvent } from '../../src/ui/session-events.js';
import { doings, provider, snapshot, type Doings } from '../support/snapshots.js';

const ending = (cause: Ending['cause'], leftMs = 119_000): Ending => ({
  cause,
  at: Date.now() + leftMs,
  extendable: cause === 'idle',
});

interface Shown {
  readonly element: SmartSessionStatusElement;
  readonly set: (value: Snapshot) => Promise<void>;
  readonly actions: Doings;
  readonly dialog: () => HTMLDialogElement | null;
  readonly button: (label: string) => HTMLButtonElement;
}

function dialogOf(element: Element): HTMLDialogElement | null {
  return element.shadowRoot?.querySelector('dialog') ?? null;
}

async function show(
  near: Ending | undefined,
  changes: { credentials?: object; actions?: Partial<SnapshotActions> } = {},
): Promise<Shown> {
  const actions = Object.assign(doings(), changes.actions);
  const valueOf = (end: Ending | undefined): Snapshot =>
    snapshot('signed-in', { ending: end, credentials: changes.credentials ?? {} }, actions);
  const around = provider(valueOf(near));
  await fixture(around.element);
  const before = document.createElement('input');
  const element = document.createElement('smart-session-status');
  around.element.append(before, element);
  before.focus();
  await element.updateComplete;
  const shown: Shown = {
    element,
    actions,
    set: async (value) => {
      around.set(value);
      await element.updateComplete;
    },
    dialog: () => dialogOf(element),
    button: (label) => {
      const found = [...(dialogOf(element)?.querySelectorAll('button') ?? [])].find(
        ({ textContent }) => textContent.trim() === label,
      );
      if (!found) {
        throw new Error(`There is no button “${label}”: ${dialogOf(element)?.textContent ?? 'no dialog'}`);
      }
      return found;
    },
  };
  if (near) {
    await waitUntil(() => shown.dialog()?.open);
  }
  return shown;
}

const words = (element: Element | null | undefined): string =>
  (element?.textContent ?? '').replace(/\s+/g, ' ').trim();

describe('the dialog before a session ends', () => {
  afterEach(() => {
    for (const element of document.querySelectorAll('smart-session-status')) {
      element.remove();
    }
  });

  it('is not there as long as no end is near', async () => {
    expect((await show(undefined)).dialog()).to.equal(null);
  });

  for (const [cause, heading, advice] of [
    ['idle', 'Are you still there?', 'Choose “Stay signed in” to go on.'],
    ['token', 'Your sign-in ends soon', 'You can sign in again now'],
    ['server', 'Your sign-in ends soon', 'You can sign in again now'],
    ['limit', 'Your sign-in ends soon', 'a sign-in lasts a day at most'],
  ] as const) {
    it(`${cause}: says why and what can be done, is modal, and is accessible`, async () => {
      const { element, dialog } = await show(ending(cause));
      expect(words(dialog())).to.contain(heading).and.to.contain(advice);
      expect(dialog()?.matches(':modal')).to.equal(true);
      expect(dialog()?.getAttribute('role')).to.equal('alertdialog');
      await expect(element).to.be.accessible();
    });
  }

  it('the time left is there to read, and is spoken at its marks only', async () => {
    const { dialog, element } = await show(ending('idle', 61_000));
    const timer = dialog()?.querySelector('[role=timer]');
    expect(words(timer)).to.equal('61 seconds');
    const spoken = (): string => words(dialog()?.querySelector('[role=status]'));
    expect(spoken(), 'the dialog itself has just been read out').to.equal('');
    await waitUntil(() => spoken() === '60 seconds left.', 'the mark of a minute', { timeout: 3_000 });
    await element.updateComplete;
    expect(words(timer)).to.match(/^(?:60|59) seconds$/);
  });

  it('the focus is on staying, and goes back to where it was', async () => {
    const { element, set, dialog, button } = await show(ending('idle'));
    expect(element.shadowRoot?.activeElement).to.equal(button('Stay signed in'));
    await set(snapshot('signed-in'));
    await waitUntil(() => !dialog());
    expect(document.activeElement?.localName).to.equal('input');
  });

  it('staying is confirmed before it is said', async () => {
    let confirm: () => void = () => undefined;
    const { element, set, button, actions, dialog } = await show(ending('idle'), {
      actions: {
        extend: () =>
          new Promise<void>((resolve) => {
            confirm = resolve;
          }),
      },
    });
    button('Stay signed in').click();
    await element.updateComplete;
    button('One moment…').click();
    expect(words(element.shadowRoot?.querySelector('p'))).not.to.contain('You stay signed in');
    confirm();
    await set(snapshot('signed-in', {}, actions));
    await waitUntil(() => words(element.shadowRoot?.querySelector('p')).includes('You stay signed in.'));
    expect(dialog()).to.equal(null);
  });

  it('where the server does not confirm it, the dialog stays and says why', async () => {
    const { element, button, dialog } = await show(ending('idle'), {
      actions: { extend: () => Promise.reject(tokenError('unreachable')) },
    });
    button('Stay signed in').click();
    await waitUntil(() => words(dialog()?.querySelector('[role=alert]')).includes('could not be reached'));
    expect(dialog()?.open).to.equal(true);
    await expect(element).to.be.accessible();
    expect(button('Stay signed in').getAttribute('aria-disabled')).to.equal('false');
  });

  it('Escape means: I am still here', async () => {
    const { actions, dialog } = await show(ending('idle'));
    const escape = new Event('cancel', { cancelable: true });
    dialog()?.dispatchEvent(escape);
    expect(escape.defaultPrevented, 'it goes when staying is confirmed').to.equal(true);
    expect(actions.done).to.deep.equal(['extend']);
  });

  it('signing out is offered beside, and the page can keep it from happening', async () => {
    const { element, button, actions } = await show(ending('idle'));
    element.addEventListener('smart-sign-out', (event) => {
      event.preventDefault();
    });
    button('Sign out now').click();
    expect(actions.done).to.deep.equal([]);
  });

  it('what cannot be extended is not offered: signing in again is, after the page has saved', async () => {
    const { element, button, actions, dialog } = await show(ending('token'));
    let save: () => void = () => undefined;
    element.addEventListener('smart-sign-in', (event: SmartSignInEvent) => {
      event.waitUntil(
        new Promise<void>((resolve) => {
          save = resolve;
        }),
      );
    });
    expect(words(dialog())).not.to.contain('Stay signed in');
    button('Sign in again now').click();
    await new Promise((resolve) => setTimeout(resolve));
    expect(actions.done).to.deep.equal([]);
    save();
    await waitUntil(() => actions.done.join() === 'signInAgain');
  });

  it('can be put away where nothing can be extended, and does not come back for the same end', async () => {
    const near = ending('server');
    const { element, button, dialog, set } = await show(near);
    button('Not yet').click();
    await element.updateComplete;
    expect(dialog()).to.equal(null);
    await set(snapshot('signed-in', { ending: near }));
    expect(dialog()).to.equal(null);
    expect(words(element.shadowRoot?.querySelector('div, p + p'))).to.contain('cannot be extended');
  });

  it('a session that an EHR has opened says where to open it again', async () => {
    const { dialog, button } = await show(ending('token'), { credentials: { isLaunched: true } });
    expect(words(dialog())).to.contain('open this app again from your health record system');
    expect(words(dialog())).not.to.contain('Sign in again');
    expect(button('Go on until then')).to.be.instanceOf(HTMLButtonElement);
  });

  it('of two elements for one session one shows it', async () => {
    const near = ending('idle');
    const around = provider(snapshot('signed-in', { ending: near }));
    await fixture(around.element);
    const [one, two] = [
      document.createElement('smart-session-status'),
      document.createElement('smart-session-status'),
    ];
    around.element.append(one, two);
    await waitUntil(() => dialogOf(one)?.open);
    await two.updateComplete;
    expect(dialogOf(two)).to.equal(null);
    one.remove();
    two.requestUpdate();
    await waitUntil(() => dialogOf(two)?.open, 'the other one takes over');
  });

  it('a page that wants no dialog has the same in its place, with a button to stay', async () => {
    const actions = doings();
    const around = provider(snapshot('signed-in', { ending: ending('idle') }, actions));
    await fixture(around.element);
    const element = document.createElement('smart-session-status');
    element.warning = 'inline';
    around.element.append(element);
    await element.updateComplete;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(dialogOf(element)).to.equal(null);
    expect(words(element.shadowRoot?.firstElementChild?.parentNode as Element)).to.contain(
      'You will be signed out in',
    );
    element.shadowRoot?.querySelector('button')?.click();
    expect(actions.done).to.deep.equal(['extend']);
    await expect(element).to.be.accessible();
  });

  it('what has ended by itself is said at once', async () => {
    const { element, set } = await show(ending('idle'));
    await set(snapshot('signed-out', { reason: 'idle' }));
    expect(dialogOf(element)).to.equal(null);
    expect(words(element.shadowRoot?.querySelector('[role=alert]'))).to.contain(
      'You were signed out because nothing happened for a while.',
    );
  });
});
