import { expect, fixture } from '@open-wc/testing';

import type { Snapshot } from '../../src/session/session.js';
import { doings, provider, snapshot } from '../support/snapshots.js';
import { consumer, settled } from './test-consumer.js';

/** A provider on the page. */
async function place(
  value: Snapshot,
  id = '',
): Promise<{ element: HTMLElement; set: (next: Snapshot) => void }> {
  const around = provider(value);
  around.element.id = id;
  await fixture(around.element);
  return around;
}

describe('an element that uses a session', () => {
  it('has that of the nearest provider around it', async () => {
    const outer = await place(snapshot('signed-out'));
    const inner = provider(snapshot('signed-in'));
    outer.element.append(inner.element);
    const element = consumer();
    inner.element.append(element);
    await settled(element);
    expect(element.says).to.equal('signed-in');
    outer.set(snapshot('authorizing'));
    expect(element.says).to.equal('signed-in');
  });

  it('has it through shadow roots', async () => {
    const { element: around } = await place(snapshot('signed-in'));
    const host = document.createElement('div');
    around.append(host);
    const element = consumer();
    host.attachShadow({ mode: 'open' }).append(element);
    await settled(element);
    expect(element.says).to.equal('signed-in');
  });

  it('is updated once at each new snapshot, and has it at once', async () => {
    const { element: around, set } = await place(snapshot('starting'));
    const element = consumer();
    around.append(element);
    await settled(element);
    const before = element.updates;
    for (const status of ['signed-out', 'authorizing', 'exchanging', 'signed-in'] as const) {
      set(snapshot(status));
      expect(element.says).to.equal(status);
    }
    await element.updateComplete;
    expect(element.updates).to.equal(before + 1);
  });

  it('keeps its session while it is moved within its provider', async () => {
    const { element: around, set } = await place(snapshot('signed-in'));
    const elsewhere = document.createElement('div');
    const element = consumer();
    around.append(element, elsewhere);
    await settled(element);
    elsewhere.append(element);
    await settled(element);
    expect(element.says).to.equal('signed-in');
    set(snapshot('expired'));
    expect(element.says).to.equal('expired');
  });

  it('changes to the session of the provider that it is moved to, and hears the other no more', async () => {
    const one = await place(snapshot('signed-in'));
    const two = await place(snapshot('signed-out'));
    const element = consumer();
    one.element.append(element);
    await settled(element);
    two.element.append(element);
    await settled(element);
    expect(element.says).to.equal('signed-out');
    one.set(snapshot('expired'));
    await settled(element);
    expect(element.says).to.equal('signed-out');
    two.set(snapshot('authorizing'));
    expect(element.says).to.equal('authorizing');
    one.element.append(element);
    await settled(element);
    expect(element.says).to.equal('expired');
  });

  it('has no session out of all providers, nor while it is off the page', async () => {
    const { element: around, set } = await place(snapshot('signed-in'));
    const outside = await fixture('<section></section>');
    const element = consumer();
    around.append(element);
    await settled(element);
    outside.append(element);
    await settled(element);
    expect(element.says).to.equal('config/no-provider');
    around.append(element);
    element.remove();
    await settled(element);
    set(snapshot('expired'));
    expect(element.session.snapshot).to.equal(undefined);
  });

  it('has its session again when it is put back', async () => {
    const { element: around } = await place(snapshot('signed-in'));
    const element = consumer();
    around.append(element);
    await settled(element);
    element.remove();
    await settled(element);
    around.append(element);
    await settled(element);
    expect(element.says).to.equal('signed-in');
  });

  it('finds a provider that comes up around it later', async () => {
    const around = await fixture('<div></div>');
    const element = consumer();
    around.append(element);
    await settled(element);
    expect(element.says).to.equal('config/no-provider');
    const late = provider(snapshot('signed-in'));
    around.append(late.element);
    late.element.append(element);
    await settled(element);
    expect(element.says).to.equal('signed-in');
  });

  it('can use the functions of what it got, which are those of the session', async () => {
    const actions = doings();
    const { element: around } = await place(snapshot('signed-out', {}, actions));
    const element = consumer();
    around.append(element);
    await settled(element);
    const { snapshot: now } = element.session;
    if (now?.status === 'signed-out') {
      await now.signIn();
    }
    expect(actions.done).to.deep.equal(['signIn']);
  });
});

describe('an element that names its provider', () => {
  it('has the session of that one, not of the one around it', async () => {
    const around = await place(snapshot('signed-out'));
    const named = await place(snapshot('signed-in'), 'named');
    const element = consumer('named');
    around.element.append(element);
    await settled(element);
    expect(element.says).to.equal('signed-in');
    around.set(snapshot('authorizing'));
    expect(element.says).to.equal('signed-in');
    named.set(snapshot('expired'));
    expect(element.says).to.equal('expired');
  });

  it('looks in its own shadow root first, then on the page', async () => {
    await place(snapshot('signed-out'), 'twice');
    const host = await fixture('<div></div>');
    const root = host.attachShadow({ mode: 'open' });
    const near = provider(snapshot('signed-in'));
    near.element.id = 'twice';
    const element = consumer('twice');
    root.append(near.element, element);
    await settled(element);
    expect(element.says).to.equal('signed-in');

    const other = await fixture('<div></div>');
    const far = consumer('twice');
    other.attachShadow({ mode: 'open' }).append(far);
    await settled(far);
    expect(far.says).to.equal('signed-out');
  });

  it('may name another, or none, later', async () => {
    const around = await place(snapshot('signed-out'));
    const named = await place(snapshot('signed-in'), 'first');
    await place(snapshot('expired'), 'second');
    const element = consumer('first');
    around.element.append(element);
    await settled(element);
    element.htmlFor = 'second';
    await settled(element);
    expect(element.says).to.equal('expired');
    named.set(snapshot('exchanging'));
    expect(element.says).to.equal('expired');
    element.htmlFor = '';
    await settled(element);
    expect(element.says).to.equal('signed-out');
  });

  it('finds one that comes up later', async () => {
    const element = consumer('later');
    await fixture(element);
    await settled(element);
    expect(element.says).to.equal('config/unknown-provider');
    const late = document.createElement('div');
    late.id = 'later';
    await fixture(late);
    await settled(element);
    expect(element.says, 'an id alone is no session').to.equal('config/unknown-provider');
    late.remove();
    await place(snapshot('signed-in'), 'later');
    // A provider says that it is there when it is connected, as ContextProvider does for elements of Lit.
    document.getElementById('later')?.dispatchEvent(new Event('context-provider', { bubbles: true }));
    await settled(element);
    expect(element.says).to.equal('signed-in');
  });

  it('does not fall back to the one around it: a wrong name is said', async () => {
    const around = await place(snapshot('signed-in'));
    const element = consumer('nobody');
    around.element.append(element);
    await settled(element);
    expect(element.says).to.equal('config/unknown-provider');
    expect(element.session.problem?.fix).to.contain('for="nobody"').and.to.contain('<test-consumer>');
  });
});
