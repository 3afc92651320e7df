import { warningMs, type Ending } from './endings.js';
import type { Host } from './host.js';
import { SessionClock } from './session-clock.js';
import type { SessionFacts } from './session-facts.js';

/** What is watched, and who wants to know. */
export interface EndingWatchParts {
  readonly host: Host;
  /** What is known of the session that somebody is signed in with; undefined where nobody is. */
  readonly facts: () => SessionFacts | undefined;
  /** Asks whoever keeps the session whether its end is still the same: it may have been put off in another tab. */
  readonly ask: () => Promise<void>;
  /** Takes the same facts, as of now. */
  readonly retake: (facts: SessionFacts) => void;
  /** Called when an end comes near, or is no longer near. */
  readonly onNear: () => void;
  readonly onCome: (ending: Ending) => void;
}

/** Looks out for the end of a session that somebody else keeps, and knows when it is near. */
export class EndingWatch {
  readonly #parts: EndingWatchParts;
  readonly #clock: SessionClock;
  #near: Ending | undefined;

  constructor(parts: EndingWatchParts) {
    this.#parts = parts;
    this.#clock = new SessionClock(parts.host, () => this.#nextLook());
  }

  /** The end that is near. */
  get near(): Ending | undefined {
    return this.#near;
  }

  look(): void {
    this.#clock.look();
  }

  stop(): void {
    this.#clock.stop();
    this.#near = undefined;
  }

  /** @returns when to look again, in ms since the epoch. */
  #nextLook(): number | undefined {
    const { host, facts: current, onCome } = this.#parts;
    const facts = current();
    if (!facts?.ending) {
      this.#near = undefined;
      return undefined;
    }
    const now = host.now();
    const { ending, credentials, idleLimitMs, saidAt } = facts;
    const warnAt = ending.at - warningMs(ending, { credentials, idleLimitMs, activeAt: now });
    if (now < warnAt) {
      this.#setNear(undefined);
      return warnAt;
    }
    const hasCome = now >= ending.at;
    if (saidAt < (hasCome ? ending.at : warnAt)) {
      this.#askFirst(facts);
      return undefined;
    }
    if (hasCome) {
      onCome(ending);
      return undefined;
    }
    this.#setNear(ending);
    return ending.at;
  }

  /**
   * Asks before the person is told, and before anything ends. Where nobody answers, what was said before counts: on a
   * screen that nobody is at, nothing must stay for want of a network.
   */
  #askFirst(facts: SessionFacts): void {
    const { host, ask, facts: current, retake } = this.#parts;
    const answered = (): void => {
      // Unless something else was said meanwhile, and looked at.
      if (current() === facts) {
        retake({ ...facts, saidAt: host.now() });
      }
    };
    ask().then(answered, answered);
  }

  #setNear(ending: Ending | undefined): void {
    const before = this.#near;
    if (before?.at !== ending?.at || before?.cause !== ending?.cause) {
      this.#near = ending;
      this.#parts.onNear();
    }
  }
}
