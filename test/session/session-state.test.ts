import { expect } from '@open-wc/testing';

import { nextStatus, type SessionEvent } from '../../src/session/session-state.js';
import type { SessionStatus } from '../../src/session/session.js';
import { statuses } from '../support/snapshots.js';

/** Every event, and where it leads from where. What is not here leads nowhere. */
const table: Readonly<Record<SessionEvent, Readonly<Partial<Record<SessionStatus, SessionStatus>>>>> = {
  refused: { starting: 'unavailable' },
  returned: {
    starting: 'exchanging',
    'signed-out': 'exchanging',
    authorizing: 'exchanging',
    expired: 'exchanging',
  },
  exchanged: { exchanging: 'signed-in' },
  restored: {
    starting: 'signed-in',
    'signed-out': 'signed-in',
    exchanging: 'signed-in',
    expired: 'signed-in',
    unavailable: 'signed-in',
  },
  ended: { starting: 'expired', exchanging: 'expired', 'signed-in': 'expired' },
  nobody: {
    starting: 'signed-out',
    authorizing: 'signed-out',
    exchanging: 'signed-out',
    'signed-in': 'signed-out',
    expired: 'signed-out',
  },
  launched: { starting: 'authorizing' },
  open: { 'signed-out': 'unprotected', authorizing: 'unprotected' },
  'sign-in': { 'signed-out': 'authorizing', expired: 'authorizing' },
  stayed: { authorizing: 'signed-out' },
  'stayed-expired': { authorizing: 'expired' },
  unprepared: { 'signed-out': 'unavailable', authorizing: 'unavailable' },
  retry: { unavailable: 'starting' },
  left: { 'signed-in': 'starting', expired: 'starting' },
  changed: {
    'signed-out': 'signed-out',
    authorizing: 'authorizing',
    'signed-in': 'signed-in',
    expired: 'expired',
  },
};

describe('the state machine of a session', () => {
  for (const [event, row] of Object.entries(table) as [SessionEvent, (typeof table)[SessionEvent]][]) {
    for (const status of statuses) {
      it(`${event} in ${status}: ${row[status] ?? 'nothing happens'}`, () => {
        expect(nextStatus(status, event)).to.equal(row[status]);
      });
    }
  }
});
