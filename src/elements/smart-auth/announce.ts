import type { Snapshot } from '../../session/session.js';
import {
  SmartErrorEvent,
  SmartSessionExpiredEvent,
  SmartSessionReplacedEvent,
  SmartSignedInEvent,
  SmartSignedOutEvent,
} from '../../ui/session-events.js';

/** Dispatches an event for what is news in a snapshot. */
export function announce(from: HTMLElement, before: Snapshot, now: Snapshot): void {
  if (now.error && now.error !== before.error) {
    from.dispatchEvent(new SmartErrorEvent(now.error));
  }
  if (now.status === before.status && now.id === before.id) {
    return;
  }
  switch (now.status) {
    case 'signed-in':
      from.dispatchEvent(new SmartSignedInEvent(now));
      break;
    case 'signed-out':
      // Nobody was signed in before: that is no news.
      if (now.reason !== 'initial') {
        from.dispatchEvent(new SmartSignedOutEvent(now.reason));
      }
      break;
    case 'authorizing':
      if (now.isReplacing) {
        from.dispatchEvent(new SmartSessionReplacedEvent());
      }
      break;
    case 'expired':
      from.dispatchEvent(new SmartSessionExpiredEvent(now.recovery));
      break;
  }
}
