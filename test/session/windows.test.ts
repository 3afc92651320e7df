import { expect } from '@open-wc/testing';

import type { OAuthSession } from '../../src/session/oauth-session.js';
import type { ClientOptions } from '../../src/smart/client-settings.js';
import { callbackUrl, leave, pageUrl, startSession } from '../support/signed-in.js';
import { settled } from '../support/settled.js';
import { SimulatedBrowser, type SimulatedTab } from '../support/simulated-host.js';
import { fhirBase, SimulatedServer } from '../support/simulated-server.js';

const inWindow: Partial<ClientOptions> = { display: 'popup' };

/** Presses the button, and lets what is loaded for it be there. */
async function press(session: OAuthSession, tab: SimulatedTab): Promise<SimulatedTab | undefined> {
  void session.signIn();
  const opened = tab.opened.at(-1);
  while (session.snapshot.status === 'authorizing' && !session.snapshot.error && !opened?.visited.length) {
    await new Promise((resolve) => setTimeout(resolve));
  }
  await settled();
  return opened;
}

describe('signing in in a window of its own', () => {
  let browser: SimulatedBrowser;
  let server: SimulatedServer;
  let tab: SimulatedTab;

  beforeEach(() => {
    browser = new SimulatedBrowser();
    server = new SimulatedServer();
    tab = browser.openTab(pageUrl, server.fetch);
  });

  /** The window comes back to the page of the app. */
  async function comeBack(opened: SimulatedTab, answer?: Record<string, string>): Promise<OAuthSession> {
    opened.load(callbackUrl(new URL(opened.visited.at(-1) ?? ''), answer));
    const starting = startSession(opened, inWindow);
    // The page with the session hears of it at once; the window may wait for nobody.
    for (let turn = 0; turn < 30; turn++) {
      await new Promise((resolve) => setTimeout(resolve));
      await browser.pass(100);
    }
    return starting;
  }

  it('SMART-20: opens it within the click, and stays where it is', async () => {
    const session = await startSession(tab, inWindow);
    void session.signIn();
    expect(tab.opened).to.have.length(1);
    expect(session.snapshot.status).to.equal('authorizing');
    session.stop();
  });

  it('SMART-20: takes the answer through the channel, exchanges it once, and the window closes', async () => {
    const session = await startSession(tab, inWindow);
    const opened = await press(session, tab);
    expect(tab.visited).to.deep.equal([]);
    if (!opened) {
      throw new Error('No window was opened.');
    }
    await comeBack(opened);
    expect(session.snapshot.status).to.equal('signed-in');
    expect(opened.isClosed).to.equal(true);
    expect(server.count('token')).to.equal(1);
  });

  it('SMART-37: a refusal comes back to the page too', async () => {
    const session = await startSession(tab, inWindow);
    const opened = await press(session, tab);
    await comeBack(opened!, { error: 'access_denied' });
    expect(session.snapshot).to.include({ status: 'signed-out', reason: 'denied' });
    expect(session.snapshot.error?.code).to.equal('authorize/denied');
  });

  it('SMART-20: a blocked window is said, with a link that does the same', async () => {
    tab.blocksWindows = true;
    const session = await startSession(tab, inWindow);
    await press(session, tab);
    const { snapshot } = session;
    expect(snapshot.error?.code).to.equal('authorize/window-blocked');
    const url = snapshot.status === 'authorizing' ? snapshot.signInUrl : undefined;
    expect(url).to.contain('response_type=code');
    const byLink = browser.openTab('about:blank', server.fetch);
    byLink.visited.push(url ?? '');
    await comeBack(byLink);
    expect(session.snapshot.status).to.equal('signed-in');
  });

  it('SMART-20: a closed window is said; what still comes of it is welcome', async () => {
    const session = await startSession(tab, inWindow);
    const opened = (await press(session, tab))!;
    opened.isClosed = true;
    await browser.pass(1_000);
    expect(session.snapshot.status).to.equal('signed-out');
    expect(session.snapshot.error?.code).to.equal('authorize/window-closed');
    await comeBack(opened);
    expect(session.snapshot.status).to.equal('signed-in');
  });

  it('can be given up, and begun again', async () => {
    const session = await startSession(tab, inWindow);
    const first = (await press(session, tab))!;
    if (session.snapshot.status === 'authorizing') {
      session.snapshot.cancel();
    }
    expect(session.snapshot.status).to.equal('signed-out');
    expect(session.snapshot.error).to.equal(undefined);
    const second = (await press(session, tab))!;
    expect(second).not.to.equal(first);
    await comeBack(second);
    expect(session.snapshot.status).to.equal('signed-in');
  });

  it('signs in where it is when nobody waits for it any more', async () => {
    const session = await startSession(tab, inWindow);
    const opened = (await press(session, tab))!;
    session.stop();
    browser.tabs.delete(tab);
    const inOpened = await comeBack(opened);
    expect(inOpened.snapshot.status).to.equal('signed-in');
    expect(opened.isClosed).to.equal(false);
  });

  it('gives up after ten minutes', async () => {
    const session = await startSession(tab, inWindow);
    await press(session, tab);
    await browser.pass(10 * 60_000 + 1_000);
    expect(session.snapshot.error?.code).to.equal('callback/expired');
  });

  it('SMART-20: is what a framed page does by itself, unless the author says otherwise', async () => {
    for (const [isFramed, display, opens] of [
      [true, 'auto', true],
      [false, 'auto', false],
      [true, 'redirect', false],
    ] as const) {
      const framed = browser.openTab(pageUrl, server.fetch);
      framed.isFramed = isFramed;
      const session = await startSession(framed, { display });
      if (opens) {
        await press(session, framed);
      } else {
        await leave(session, framed);
      }
      expect(framed.opened.length > 0, `${display} ${String(isFramed)}`).to.equal(opens);
      session.stop();
    }
  });

  for (const display of ['auto', 'popup'] as const) {
    it(`SMART-20: is not what a framed page does where an EHR launches it, with display ${display}`, async () => {
      const launched = `${pageUrl.replace('#latest', '')}&iss=${encodeURIComponent(fhirBase)}&launch=xyz`;
      const framed = browser.openTab(launched, server.fetch);
      framed.isFramed = true;
      const session = await startSession(framed, { display, issuers: fhirBase });
      expect(session.snapshot.status).to.equal('authorizing');
      expect(framed.opened, 'nobody has clicked').to.deep.equal([]);
      const left = framed.visited.map((url) => new URL(url));
      expect(left.map(({ searchParams }) => searchParams.get('launch'))).to.deep.equal(['xyz']);
      session.stop();
      framed.load(callbackUrl(left[0]!));
      const back = await startSession(framed, { display, issuers: fhirBase });
      expect(back.snapshot.status).to.equal('signed-in');
      expect(framed.opened).to.deep.equal([]);
    });
  }
});
