import { setTimeout as wait } from 'node:timers/promises';

import { chromiumArguments, ensureChromium } from '../browsers.mjs';
import { CdpConnection } from './cdp-connection.mjs';
import { CdpDriver } from './cdp-driver.mjs';
import { CdpTargets } from './cdp-targets.mjs';
import { Keeper } from './keeper.mjs';

/** Starts a Chromium with a profile of its own, and drives it over a pipe: no port, no chromedriver. */
export async function openChromium() {
  const keeper = new Keeper();
  try {
    const profile = keeper.folder();
    const args = [
      ...chromiumArguments,
      '--headless',
      '--remote-debugging-pipe',
      '--hide-scrollbars',
      '--mute-audio',
      '--password-store=basic',
      '--use-mock-keychain',
      // A page in the background is as alive as one in front; which is which depends on the order of tests.
      '--disable-background-timer-throttling',
      '--disable-backgrounding-occluded-windows',
      '--disable-renderer-backgrounding',
      `--user-data-dir=${profile}`,
      'about:blank',
    ];
    const browser = keeper.spawn(ensureChromium(), args, {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
      env: { ...process.env, SMART_ELEMENTS_BROWSER: profile },
    });
    const connection = new CdpConnection(browser.stdio[3], browser.stdio[4]);
    const targets = new CdpTargets(connection);
    await targets.start();
    while (targets.tabs.length === 0) {
      await wait(5);
    }
    const driver = new CdpDriver(connection, targets, () => keeper.close());
    await driver.switchTo(targets.tabs[0]);
    return driver;
  } catch (fault) {
    await keeper.close();
    throw fault;
  }
}
