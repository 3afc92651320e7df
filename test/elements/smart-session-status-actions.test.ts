import { expect, fixture } from '@open-wc/testing';

import '../../src/elements/smart-session-status/smart-session-status.js';
import type { SmartSessionStatusElement } from '../../src/elements/smart-session-status/smart-session-status-element.js';
import type { Snapshot } from '../../src/session/session.js';
import { doings, provider, snapshot } from '../support/snapshots.js';
import { wordsOf } from './fhir-resource-page.js';

const managementEndpoint = 'https://ehr.example/manage?for=portal';

interface Shown {
  readonly element: SmartSessionStatusElement;
  readonly link: HTMLAnchorElement | undefined;
  /** The buttons, by what they say. */
  readonly buttons: ReadonlyMap<string, HTMLButtonElement>;
}

async function show(value: Snapshot): Promise<Shown> {
  const around = provider(value);
  await fixture(around.element);
  const element = document.createElement('smart-session-status');
  around.element.append(element);
  await element.updateComplete;
  const buttons = [...(element.shadowRoot?.querySelectorAll('button') ?? [])];
  return {
    element,
    link: element.shadowRoot?.querySelector('a') ?? undefined,
    buttons: new Map(buttons.map((button) => [button.textContent?.trim() ?? '', button])),
  };
}

const manageable = { credentials: { configuration: { managementEndpoint } } };
const launched = { credentials: { isLaunched: true } };

describe('<smart-session-status>: what an app may read', () => {
  it('SMART-102: can be seen and ended at the server, in a window that has no tie to this one', async () => {
    const { element, link } = await show(snapshot('signed-in', manageable));
    expect(link?.href).to.equal(managementEndpoint);
    expect(link?.target).to.equal('_blank');
    expect(link?.relList.contains('noopener')).to.equal(true);
    expect(link?.textContent).to.contain('what this app may read').and.to.contain('new window');
    await expect(element).to.be.accessible();
  });

  it('SMART-102: has no link where the server does not say where', async () => {
    const { link } = await show(snapshot('signed-in'));
    expect(link).to.equal(undefined);
  });

  for (const status of ['signed-out', 'exchanging', 'expired', 'unprotected'] as const) {
    it(`SMART-102: has no link while ${status}: there is nobody whom it is about`, async () => {
      const { link } = await show(snapshot(status, manageable));
      expect(link).to.equal(undefined);
    });
  }
});

describe('<smart-session-status>: a session that has ended', () => {
  for (const [how, changes, offered] of [
    ['that a person began', {}, ['Sign in again', 'Clear this page']],
    ['that an EHR began', launched, ['Clear this page']],
  ] as const) {
    it(`${how} offers “${offered.join('”, “')}”, and is accessible`, async () => {
      const { element, buttons } = await show(snapshot('expired', changes));
      expect([...buttons.keys()]).to.deep.equal(offered);
      await expect(element).to.be.accessible();
    });

    it(`${how} can be taken off the page`, async () => {
      const actions = doings();
      const { buttons } = await show(snapshot('expired', changes, actions));
      buttons.get('Clear this page')?.click();
      expect(actions.done).to.deep.equal(['signOut']);
    });

    it(`${how} stays where the page wants that`, async () => {
      const actions = doings();
      const { element, buttons } = await show(snapshot('expired', changes, actions));
      const asked: Event[] = [];
      const keep = (event: Event): void => {
        asked.push(event);
        event.preventDefault();
      };
      document.addEventListener('smart-sign-out', keep);
      buttons.get('Clear this page')?.click();
      document.removeEventListener('smart-sign-out', keep);
      expect(actions.done).to.deep.equal([]);
      expect(asked.map(({ target, cancelable }) => [target, cancelable])).to.deep.equal([[element, true]]);
    });
  }

  it('SMART-98: that an EHR began says that only the EHR can begin it again', async () => {
    const { element } = await show(snapshot('expired', launched));
    expect(wordsOf(element)).to.contain('Open this app again from your health record system.');
    expect(wordsOf(element)).not.to.contain('Sign in again');
  });

  it('signs in again by the one button, and signs nobody out by it', async () => {
    const actions = doings();
    const { buttons } = await show(snapshot('expired', {}, actions));
    buttons.get('Sign in again')?.click();
    expect(actions.done).to.deep.equal(['signIn']);
  });

  for (const status of ['signed-out', 'signed-in', 'authorizing', 'unavailable'] as const) {
    it(`is the only one that has buttons: ${status} has none`, async () => {
      const { buttons } = await show(snapshot(status));
      expect([...buttons.keys()]).to.deep.equal([]);
    });
  }
});
