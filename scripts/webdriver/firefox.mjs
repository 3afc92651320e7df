/* global Ci, Services */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { findFirefox } from '../browsers.mjs';
import { Keeper } from './keeper.mjs';
import { MarionetteConnection } from './marionette-connection.mjs';
import { commands, elementKey, W3cDriver } from './w3c-driver.mjs';

/** Firefox chooses the port; nothing goes out by itself; popups are windows of the test, not a nuisance. */
const preferences = {
  'marionette.port': 0,
  'remote.prefs.recommended': true,
  'app.update.disabledForTesting': true,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage': 'about:blank',
  'browser.startup.page': 0,
  'browser.newtabpage.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'datareporting.policy.dataReportingPolicyBypassNotification': true,
  'toolkit.telemetry.reportingpolicy.firstRun': false,
  'dom.disable_open_during_load': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'extensions.update.enabled': false,
  'services.settings.server': 'data:,',
};

/** Starts a headless Firefox with a profile of its own, and drives it by Marionette: no geckodriver. */
export async function openFirefox() {
  const executable = findFirefox();
  if (!executable) {
    throw new Error('No Firefox found: install one (for example “apt install firefox-esr”).');
  }
  const keeper = new Keeper();
  try {
    const profile = keeper.folder();
    const lines = Object.entries(preferences).map(([k, v]) => `user_pref("${k}", ${JSON.stringify(v)});`);
    writeFileSync(join(profile, 'user.js'), lines.join('\n'));
    // Errors of pages are read in the browser's own scope, which needs the permission to.
    const args = ['--headless', '--no-remote', '--marionette', '--remote-allow-system-access'];
    const browser = keeper.spawn(executable, [...args, '--profile', profile, 'about:blank'], {
      stdio: 'ignore',
      env: { ...process.env, MOZ_CRASHREPORTER_DISABLE: '1', SMART_ELEMENTS_BROWSER: profile },
    });
    const connection = await MarionetteConnection.open(await portOf(browser, profile));
    // Firefox asks for `handle` where the standard does, but for `element` where that has the element in `id`.
    const send = async (name, params = {}) => {
      const isElement = name === 'switchToFrame' && params.id;
      const fitting = isElement ? { element: params.id[elementKey] } : params;
      const whole = name === 'screenshot' ? { full: false } : fitting;
      const result = await connection.send(`WebDriver:${commands[name][2]}`, whole);
      return result && 'value' in result ? result.value : result;
    };
    await connection.send('WebDriver:NewSession', {
      capabilities: { alwaysMatch: { unhandledPromptBehavior: 'dismiss' } },
    });
    const stop = async () => {
      connection.close();
      await keeper.close();
    };
    const driver = new W3cDriver(send, stop, { errors: () => readErrors(connection) });
    await driver.start();
    return driver;
  } catch (fault) {
    await keeper.close();
    throw fault;
  }
}

async function portOf(browser, profile) {
  const file = join(profile, 'MarionetteActivePort');
  for (;;) {
    const port = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
    if (port) {
      return port;
    }
    if (browser.exitCode !== null || browser.pid === undefined) {
      throw new Error('Firefox did not start.');
    }
    await wait(20);
  }
}

/** Runs in the browser's own scope, where the errors of all pages come together; their consoles do not. */
function errorsOfPages() {
  return Services.console
    .getMessageArray()
    .filter((message) => message instanceof Ci.nsIScriptError)
    .filter(
      ({ category, flags }) => category === 'content javascript' && !(flags & Ci.nsIScriptError.warningFlag),
    )
    .map(({ errorMessage, sourceName, lineNumber }) => `${errorMessage}\n    at ${sourceName}:${lineNumber}`);
}

async function readErrors(connection) {
  await connection.send('Marionette:SetContext', { value: 'chrome' });
  try {
    const script = `return (${errorsOfPages})();`;
    const { value } = await connection.send('WebDriver:ExecuteScript', { script, args: [] });
    return value;
  } finally {
    await connection.send('Marionette:SetContext', { value: 'content' });
  }
}
