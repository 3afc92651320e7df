import type { ErrorCode } from './error-code.js';

/** Who can mend a fault: the person at the screen, whoever wrote the page, or whoever runs the server. */
export type ErrorOwner = 'person' | 'page' | 'server';

/** What is written of one code. `{name}` in a text is filled from the error's `values`. */
export interface ErrorEntry {
  /** For the person at the screen: what happened, without jargon. */
  readonly message: string;
  /** For whoever can mend it: what to do. */
  readonly fix: string;
  readonly who: ErrorOwner;
}

/** What an authorization server said of its refusal (RFC 6749 §4.1.2.1, §5.2), as untrusted text. */
export interface OAuthErrorText {
  readonly error: string;
  readonly description?: string;
  readonly uri?: string;
}

/** One issue of a FHIR OperationOutcome, as untrusted text. */
export interface OutcomeIssue {
  readonly severity: string;
  readonly code: string;
  readonly text?: string;
}

/** What is known beside the code of an error. None of it may hold a token, a code, a launch id or patient data. */
export interface SmartErrorDetails {
  /** Fill the `{name}` places in the texts. */
  readonly values?: Readonly<Record<string, string | number>>;
  /** The HTTP status. */
  readonly status?: number;
  readonly oauth?: OAuthErrorText;
  readonly outcome?: readonly OutcomeIssue[];
  /** Where it happened. Query and fragment are cut off. */
  readonly url?: string;
  /** In how many ms the server wants to be asked again. */
  readonly retryAfter?: number | undefined;
}

/**
 * The one error class of the kit, for errors and warnings alike.
 *
 * `message` is for the person on the page, `fix` for `who` can mend it; `code` is stable and for programs.
 * It never has a `cause`: what a library threw may hold a response, and a response may hold a token.
 */
export class SmartError extends Error {
  /** `area/what-is-wrong`. */
  readonly code: ErrorCode;
  readonly fix: string;
  readonly who: ErrorOwner;
  readonly status: number | undefined;
  readonly oauth: OAuthErrorText | undefined;
  readonly outcome: readonly OutcomeIssue[] | undefined;
  readonly url: string | undefined;
  /** In how many ms the server wants to be asked again, where it says so. */
  readonly retryAfter: number | undefined;

  /** Made by the functions in `errors/`, which know the texts. */
  constructor(code: ErrorCode, entry: ErrorEntry, details: SmartErrorDetails = {}) {
    const values = { ...details.values, ...(details.status !== undefined && { status: details.status }) };
    super(fill(entry.message, values));
    this.name = 'SmartError';
    this.code = code;
    this.fix = fill(entry.fix, values);
    this.who = entry.who;
    this.status = details.status;
    this.oauth = details.oauth;
    this.outcome = details.outcome;
    this.url = details.url?.replace(/[?#].*$/s, '');
    this.retryAfter = details.retryAfter;
  }

  /** Whether something thrown is one of ours; also for errors of another copy of the kit on the page. */
  static is(thrown: unknown): thrown is SmartError {
    return thrown instanceof Error && thrown.name === 'SmartError' && 'code' in thrown && 'who' in thrown;
  }
}

function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : place,
  );
}
