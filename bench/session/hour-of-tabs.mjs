/** An hour in which a person uses some tabs of a simulated browser, at a simulated server. */
import { pageUrl, signIn, startSession } from '../../test/support/signed-in.ts';
import { SimulatedBrowser } from '../../test/support/simulated-host.ts';
import { SimulatedServer } from '../../test/support/simulated-server.ts';

const minuteMs = 60_000;

/** @returns how often the server was asked for a token after the sign-in. */
globalThis.tokenRequestsInAnHour = async (count) => {
  const browser = new SimulatedBrowser();
  const server = new SimulatedServer();
  const options = { persist: 'browser' };
  const tabs = [await signIn(browser, server, options)];
  while (tabs.length < count) {
    const tab = browser.openTab(pageUrl, server.fetch);
    tabs.push({ tab, session: await startSession(tab, options) });
  }
  const before = server.count('token');
  for (let minute = 0; minute < 60; minute++) {
    for (const { tab } of tabs) {
      tab.act();
    }
    await Promise.all(tabs.map(({ session }) => session.snapshot.fetch('Patient/maria')));
    await browser.pass(minuteMs);
  }
  for (const { session } of tabs) {
    session.stop();
  }
  return server.count('token') - before;
};
