import type { BusyServer, Question } from './asking.js';
import { untilAborted, type FhirClock } from './clock.js';
import type { Answer } from './read-answer.js';

/** Only reads are asked again: they change nothing. */
const mostAttempts = 3;
const firstWait = 1_000;
/** Nobody is left waiting for longer than this, in ms: then the error says how long it would have been. */
const longestWait = 60_000;

/**
 * What to wait for before a server that is busy is asked once more, if it is. Where it says itself when it wants to be asked
 * again, that is said of the server, and not of one question: nothing is asked until then. Who waits is told.
 *
 * @param attempt - how many times it has been asked, from 1.
 */
export function waitFor(
  answer: Answer,
  attempt: number,
  question: Question,
  server: BusyServer,
): { answer: Answer; pause?: () => Promise<void> } {
  const { clock, queue, open } = server;
  const retryAfter = readRetryAfter(answer.headers);
  const wait = waitBeforeNext(attempt, retryAfter);
  const hold = retryAfter !== undefined && retryAfter <= longestWait ? (wait ?? retryAfter) : 0;
  if (hold > 0) {
    server.heldUntil = Math.max(server.heldUntil, clock.now() + hold);
    queue.hold(pause(clock, hold, server.signal));
  }
  if (wait !== undefined) {
    question.busyUntil = clock.now() + wait;
  }
  for (const one of hold > 0 ? open : [question]) {
    const left = Math.max(one.busyUntil, server.heldUntil) - clock.now();
    if (left > 0) {
      one.onBusy.forEach((tell) => tell(left));
    }
  }
  return wait === undefined
    ? { answer: { ...answer, retryAfter } }
    : { answer, pause: () => pause(clock, wait, question.signal) };
}

/**
 * How long a server is left in peace before it is asked once more, in ms; undefined where its answer is to be taken as it
 * is. A server that is busy (429) or away for a moment (503) is asked three times at most.
 *
 * @param attempt - how many times it has been asked, from 1.
 * @param retryAfter - what it said itself, in ms.
 */
function waitBeforeNext(attempt: number, retryAfter = 0): number | undefined {
  // Many elements and many people were turned away at the same moment: not all of them are to come back at the same one.
  const ownWait = firstWait * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
  return attempt < mostAttempts && retryAfter <= longestWait ? Math.max(retryAfter, ownWait) : undefined;
}

/**
 * What `Retry-After` says (RFC 9110 §10.2.3), in ms from now. Undefined where it is not there: also where a server of
 * another origin does not let scripts see it.
 */
function readRetryAfter(headers: Headers): number | undefined {
  const text = headers.get('Retry-After')?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) {
    return Number(text) * 1_000;
  }
  // The server's own clock, where it shows it: the one of this machine may be wrong.
  const now = Date.parse(headers.get('Date') ?? '') || Date.now();
  const wait = Date.parse(text) - now;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

/** Waits so many ms. Rejects with the reason of the signal where that comes first. */
async function pause(clock: FhirClock, ms: number, signal: AbortSignal): Promise<void> {
  let stop: (() => void) | undefined;
  try {
    await untilAborted(new Promise<void>((resolve) => (stop = clock.after(ms, resolve))), signal);
  } finally {
    stop?.();
  }
}
