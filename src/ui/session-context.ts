import { createContext, type Context } from '@lit/context';

import type { Snapshot } from '../session/session.js';

/**
 * The Lit context that carries a session's snapshot from `<smart-auth>` to whoever asks.
 *
 * `Symbol.for`, so that two copies of the kit on one page understand each other. Any script of the page can ask for
 * it; that is why a snapshot holds no token.
 */
export const sessionContext: Context<symbol, Snapshot> = createContext<Snapshot, symbol>(
  Symbol.for('smart-elements/session@0'),
);
