import type { ErrorCode } from '../core/error-code.js';
import { Fault, wordsFor } from '../core/fault.js';
import type { OAuthErrorText, SmartError } from '../core/smart-error.js';
import type { BackendAnswer } from './backend-api.js';
import type { OutsideSession } from './outside-session.js';
import { isAlike, isSameRecord, type SessionFacts } from './session-facts.js';

/** What is known beside an answer. */
export interface AnswerRemarks {
  /** The session that the person has signed out of here, where the backend has not confirmed it. */
  readonly owedId: string | undefined;
  /** Something to read. */
  readonly error: SmartError | undefined;
}

/**
 * Draws the conclusions from what a backend says.
 *
 * The cookie is the browser's: it may be another person's by now, or of another record, by a sign-in in another tab. A page
 * goes on with its own session, and with none that is about somebody else.
 */
export function takeAnswer(session: OutsideSession, answer: BackendAnswer, remarks: AnswerRemarks): void {
  const { machine } = session;
  const { facts, status } = answer;
  const { owedId, error } = remarks;
  if (!facts || facts.id === owedId) {
    takeNobody(session, answer, remarks);
  } else if (status === 'expired' && facts.id === session.facts?.id) {
    // What it was about is known already.
    machine.enter('ended', { error });
  } else if (mayTake(session, facts, status)) {
    session.take(facts);
    if (!machine.enter(status === 'expired' ? 'ended' : 'restored', { error })) {
      machine.enter('changed', error ? { error } : {});
    }
  } else if (isShowing(session)) {
    session.end('signed-out-elsewhere');
  }
}

function takeNobody(session: OutsideSession, { isIdle }: BackendAnswer, remarks: AnswerRemarks): void {
  const { owedId, error } = remarks;
  if (isShowing(session)) {
    session.end(isIdle ? 'idle' : 'signed-out-elsewhere', error);
  } else if (session.machine.status === 'starting') {
    const reason = owedId === undefined ? 'initial' : 'signed-out';
    session.end(error?.code === 'authorize/denied' ? 'denied' : isIdle ? 'idle' : reason, error);
  } else if (error) {
    session.machine.enter('changed', { error });
  }
}

/** Whether there is something on the page, or hidden, that belongs to a session that goes on. */
function isShowing({ facts, machine }: OutsideSession): boolean {
  return facts !== undefined && (machine.status === 'signed-in' || machine.status === 'starting');
}

function mayTake(
  { facts: before, machine }: OutsideSession,
  facts: SessionFacts,
  status: BackendAnswer['status'],
): boolean {
  if (before) {
    const isSame = before.id === facts.id ? isAlike(before, facts) : isSameRecord(before, facts);
    return isSame && machine.status !== 'authorizing';
  }
  const { snapshot } = machine;
  // Somebody has signed in in another tab, and this page has not shown anybody yet.
  const isFresh = snapshot.status === 'signed-out' && snapshot.reason === 'initial';
  return snapshot.status === 'starting' || (isFresh && status === 'signed-in');
}

/** What the authorization server said in place of a session, or the backend, where it could not complete the sign-in. */
export function signInError(oauth: OAuthErrorText): Promise<SmartError> {
  return wordsFor(new Fault(codes.get(oauth.error) ?? 'authorize/refused', { oauth }));
}

const codes = new Map<string, ErrorCode>([
  ['access_denied', 'authorize/denied'],
  ['server_error', 'authorize/server-error'],
  ['temporarily_unavailable', 'authorize/server-error'],
]);
