import { executeServerCommand } from '@web/test-runner-commands';
import { expect, fixture, waitUntil } from '@open-wc/testing';

import '../../src/elements/smart-login-button/smart-login-button.js';
import '../../src/elements/smart-session-status/smart-session-status.js';
import { sessionError } from '../../src/core/errors/session.js';
import { tokenError } from '../../src/core/errors/token.js';
import type { EndingCause } from '../../src/session/endings.js';
import type { Snapshot } from '../../src/session/session.js';
import { doings, provider, snapshot, statuses } from '../support/snapshots.js';

const ending = (cause: EndingCause): Snapshot =>
  snapshot(
    'signed-in',
    { ending: { cause, at: Date.now() + 90_000, extendable: cause === 'idle' } },
    Object.assign(doings(), { extend: () => Promise.reject(tokenError('unreachable')) }),
  );

/** Everything that the elements of a session can look like. */
const cases: readonly (readonly [name: string, value: () => Snapshot])[] = [
  ...statuses.map((status) => [status, () => snapshot(status)] as const),
  ['expired, from an EHR', () => snapshot('expired', { credentials: { isLaunched: true } })],
  ['expired, with an error', () => snapshot('expired', { error: sessionError('expired') })],
  ['signed out for doing nothing', () => snapshot('signed-out', { reason: 'idle' })],
  ['being renewed', () => snapshot('signed-in', { refreshing: true })],
  ['not renewable', () => snapshot('signed-in', { credentials: { refreshToken: undefined } })],
  ['about to end: idle', () => ending('idle')],
  ['about to end: token', () => ending('token')],
  ['about to end: server', () => ending('server')],
  ['about to end: limit', () => ending('limit')],
];

/** Tells the browser what media features there are. */
function emulate(features: Record<string, string>): Promise<boolean> {
  return executeServerCommand<boolean, Record<string, string>>('media-features', features);
}

type Look = readonly [name: string, features: Record<string, string>, scheme: string];

/** Only Chromium can be told of forced colours; they are the same rules of the same sheets in every engine. */
const forced: readonly Look[] = navigator.userAgent.includes('Chrome')
  ? [
      ['forced colours', { 'forced-colors': 'active' }, 'light dark'],
      ['dark forced colours', { 'forced-colors': 'active', 'prefers-color-scheme': 'dark' }, 'light dark'],
    ]
  : [];

/** How a page is looked at: what the browser is told, and whether the page is a dark one. */
const looks: readonly Look[] = [['light', {}, 'light'], ['dark', {}, 'dark'], ...forced];

for (const [name, features, scheme] of looks) {
  describe(`the elements of a session, in ${name}`, () => {
    before(async () => {
      await emulate(features);
      document.documentElement.style.colorScheme = scheme;
      document.documentElement.style.backgroundColor = 'Canvas';
      expect(matchMedia('(forced-colors: active)').matches).to.equal('forced-colors' in features);
    });

    after(async () => {
      await emulate({});
      document.documentElement.removeAttribute('style');
    });

    for (const [what, value] of cases) {
      it(`${what}: nothing is in the way of anybody`, async () => {
        const around = provider(value());
        await fixture(around.element);
        const status = document.createElement('smart-session-status');
        around.element.append(document.createElement('smart-login-button'), status);
        await status.updateComplete;
        if (what.startsWith('about to end')) {
          const dialog = (): HTMLDialogElement | null | undefined =>
            status.shadowRoot?.querySelector('dialog');
          await waitUntil(() => dialog()?.open);
          dialog()?.querySelector('button')?.click();
          await status.updateComplete;
        }
        await expect(around.element).to.be.accessible();
        around.element.remove();
      });
    }
  });
}
