import { expect, fixture } from '@open-wc/testing';

import type { Snapshot } from '../../src/session/session.js';
import { doings, snapshot } from '../support/snapshots.js';
import { consumer, settled, TestProvider } from './test-consumer.js';

customElements.define('test-provider', TestProvider);

function named(value: Snapshot, id = 'named'): TestProvider {
  const element = new TestProvider();
  element.id = id;
  element.set(value);
  return element;
}

/** A provider on the page, and an element elsewhere that names it. */
async function place(): Promise<{
  first: TestProvider;
  element: ReturnType<typeof consumer>;
  page: HTMLElement;
}> {
  const page = await fixture<HTMLElement>('<main></main>');
  const first = named(snapshot('signed-in'));
  const element = consumer('named');
  page.append(first, element);
  await settled(element);
  expect(element.says).to.equal('signed-in');
  return { first, element, page };
}

describe('an element that names a provider elsewhere', () => {
  it('has no session any more once the provider is taken off the page, and says so', async () => {
    const { first, element } = await place();
    const before = element.updates;
    first.remove();
    await settled(element);
    expect(element.session.snapshot).to.equal(undefined);
    expect(element.says).to.equal('config/unknown-provider');
    expect(element.updates, 'what it showed is drawn anew').to.be.above(before);
    first.set(snapshot('signed-in'));
    expect(element.says, 'and hears it no more').to.equal('config/unknown-provider');
  });

  it('has its session again when the provider is put back', async () => {
    const { first, element, page } = await place();
    first.remove();
    await settled(element);
    page.append(first);
    first.set(snapshot('expired'));
    await settled(element);
    expect(element.says).to.equal('expired');
  });

  it('keeps its session while the provider is moved', async () => {
    const { first, element, page } = await place();
    const elsewhere = page.appendChild(document.createElement('section'));
    elsewhere.append(first);
    first.set(snapshot('signed-in'));
    await settled(element);
    expect(element.says).to.equal('signed-in');
  });

  for (const [how, exchange] of [
    [
      'after it',
      async (first: TestProvider, second: TestProvider, wait: () => Promise<void>) => {
        const page = first.parentElement;
        first.remove();
        await wait();
        page?.append(second);
      },
    ],
    [
      'in its place, at once',
      async (first: TestProvider, second: TestProvider) => {
        first.replaceWith(second);
        await Promise.resolve();
      },
    ],
    [
      'before it is gone',
      async (first: TestProvider, second: TestProvider, wait: () => Promise<void>) => {
        first.before(second);
        await wait();
        first.remove();
      },
    ],
  ] as const) {
    it(`has the session of another provider of that name which comes ${how}`, async () => {
      const { first, element } = await place();
      const actions = doings();
      const second = named(snapshot('signed-out', { id: 'two' }, actions));
      await exchange(first, second, () => settled(element));
      await settled(element);
      expect(element.says).to.equal('signed-out');
      expect(element.session.snapshot?.id).to.equal('two');
      first.set(snapshot('expired'));
      expect(element.says, 'the first one is heard no more').to.equal('signed-out');
      second.set(snapshot('authorizing'));
      expect(element.says, 'the second one is').to.equal('authorizing');
    });
  }

  it('stays with its provider when one of another name comes', async () => {
    const { first, element, page } = await place();
    page.prepend(named(snapshot('signed-out'), 'another'));
    await settled(element);
    expect(element.says).to.equal('signed-in');
    first.set(snapshot('expired'));
    expect(element.says).to.equal('expired');
  });
});

describe('an element that names a provider within another one', () => {
  it('never has the session of the outer one, whichever comes up first', async () => {
    const page = await fixture<HTMLElement>('<main></main>');
    const outer = named(snapshot('signed-out', { id: 'outer' }), 'outer');
    // Only a tag so far: its script is still to come.
    const inner = document.createElement('late-provider');
    inner.id = 'inner';
    outer.append(inner);
    const element = consumer('inner');
    page.append(element, outer);
    await settled(element);
    expect(element.says, 'the outer one is no answer').to.equal('config/unknown-provider');
    outer.set(snapshot('expired', { id: 'outer' }));
    await settled(element);
    expect(element.says).to.equal('config/unknown-provider');

    customElements.define('late-provider', class extends TestProvider {});
    outer.querySelector<TestProvider>('#inner')?.set(snapshot('signed-in', { id: 'inner' }));
    await settled(element);
    expect(element.session.snapshot?.id).to.equal('inner');
    outer.set(snapshot('signed-out', { id: 'outer' }));
    expect(element.says).to.equal('signed-in');
  });

  it('has the session of the inner one where it stands in the outer one itself', async () => {
    const outer = named(snapshot('signed-out', { id: 'outer' }), 'outer');
    const inner = named(snapshot('signed-in', { id: 'inner' }), 'inner');
    const element = consumer('inner');
    outer.append(element, inner);
    await fixture(outer);
    await settled(element);
    expect(element.session.snapshot?.id).to.equal('inner');
  });
});
