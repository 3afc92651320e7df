import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';

import { engine, openBrowser } from '../harness/browser.mjs';
import { signIn, startPortal, untilShown } from '../harness/portal.mjs';

const inPage = {
  click: () => document.querySelector('fhir-resource').shadowRoot.querySelector('[part~=more]').click(),
  focus: () => document.querySelector('fhir-resource').shadowRoot.querySelector('[part~=more]').focus(),
  /** How much there is, what the button says, and where the focus is. */
  look: () => {
    const { shadowRoot } = document.querySelector('fhir-resource');
    const text = (element) => element?.textContent.replace(/\s+/g, ' ').trim() ?? '';
    const ids = [...shadowRoot.querySelectorAll('dd [part=subtitle]')].map(text);
    return {
      count: ids.length,
      different: new Set(ids).size,
      words: text(shadowRoot.querySelector('[role=status]')),
      button: text(shadowRoot.querySelector('[part~=more]')),
      focused: text(shadowRoot.activeElement),
      error: text(shadowRoot.querySelector('[part=error]')),
    };
  },
};

describe(`a search of several pages, in ${engine}`, { concurrency: 1 }, () => {
  let browser;
  let portal;
  let page;
  /** What becomes of an answer. */
  let change = (bundle) => bundle;

  before(async () => {
    browser = await openBrowser({ isLight: true });
    portal = await startPortal({
      values: { src: 'Observation?patient={patient}' },
      rewrite: { searchset: (bundle) => change(bundle) },
    });
  });

  after(async () => {
    await browser?.close();
    await portal?.close();
  });

  beforeEach(async () => {
    portal.sandbox.forgetEverything();
    portal.sandbox.log.length = 0;
    change = (bundle) => bundle;
    page = await browser.newPage();
    await page.goto(portal.url);
  });

  afterEach(() => page.close());

  const searches = () =>
    portal.sandbox.log.filter(({ leg, method }) => leg === 'fhir' && method === 'GET').length;
  const look = () => page.evaluate(inPage.look);

  /** Presses the button, and waits until it has come to something. */
  async function loadMore() {
    await page.evaluate(inPage.click);
    await page.waitFor(() => {
      const button = document.querySelector('fhir-resource').shadowRoot.querySelector('[part~=more]');
      return button?.getAttribute('aria-disabled') !== 'true';
    });
    return look();
  }

  it('is shown page by page, to its end, and keeps whoever reads it where they are', async () => {
    await signIn(page, 'maria');
    await untilShown(page, 'partial');
    const first = await look();
    assert.match(
      first.words,
      /^Showing the first 50 of 167 for Observation\?patient=\{patient\}, from 127\.0\.0\.1/,
    );
    assert.equal(first.count, 50);
    await page.evaluate(inPage.focus);
    const second = await loadMore();
    assert.match(second.words, /^Showing the first 100 of 167/);
    assert.deepEqual([second.count, second.focused], [100, 'Load more']);
    await loadMore();
    const last = await loadMore();
    await untilShown(page, 'ready');
    assert.deepEqual(
      { ...last, words: '' },
      { count: 167, different: 167, words: '', button: '', focused: 'All are shown: 167.', error: '' },
    );
    assert.equal(searches(), 4);
    assert.deepEqual(page.errors, []);
  });

  it('shows what comes twice once', async () => {
    let lastEntry;
    change = ({ entry, ...bundle }) => {
      const before = lastEntry === undefined ? [] : [lastEntry];
      lastEntry = entry.at(-1);
      return { ...bundle, entry: [...before, ...entry] };
    };
    await signIn(page, 'maria');
    await untilShown(page, 'partial');
    const { count, different, words } = await loadMore();
    assert.deepEqual([count, different], [100, 100]);
    assert.match(words, /first 100 of 167/);
  });

  it('keeps what is there where a page fails, and can be asked for it again', async () => {
    await signIn(page, 'maria');
    await untilShown(page, 'partial');
    change = () => ({
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'error', code: 'transient', details: { text: 'The page is lost.' } }],
    });
    const failed = await loadMore();
    assert.deepEqual([failed.count, failed.button], [50, 'Try again to load more']);
    assert.match(failed.error, /The server says: The page is lost\. \(✖ error\)/);
    assert.match(failed.words, /first 50 of 167/);
    change = (bundle) => bundle;
    const again = await loadMore();
    assert.deepEqual([again.count, again.error], [100, '']);
  });

  it('goes to no other host, and says which one it was', async () => {
    change = (bundle) => ({
      ...bundle,
      link: [{ relation: 'next', url: 'https://elsewhere.example/fhir?page=2' }],
    });
    await signIn(page, 'maria');
    await untilShown(page, 'partial');
    const { words, button } = await look();
    assert.match(words, /More results exist, but the server’s next link points to elsewhere\.example\./);
    assert.equal(button, '');
    assert.equal(searches(), 1);
  });
});
