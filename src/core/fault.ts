import type { ErrorCode } from './error-code.js';
import { SmartError, type ErrorEntry, type SmartErrorDetails } from './smart-error.js';

/** What is said where not even the words could be loaded: then the network is away. */
const wordless: ErrorEntry = {
  message: 'Something did not work. The network may be away.',
  fix: 'Check the network, and try again.',
  who: 'person',
};

/** An error whose own words could not be loaded. What it is does not depend on that. */
export function wordlessError(code: ErrorCode, details: SmartErrorDetails): SmartError {
  return new SmartError(code, wordless, details);
}

/**
 * Something that went wrong while signing in, before it has words. Most pages never need them, so that they are loaded
 * with the first fault. It never leaves the layer that it is thrown in: see {@link worded}.
 */
export class Fault extends Error {
  readonly code: ErrorCode;
  readonly details: SmartErrorDetails;

  constructor(code: ErrorCode, details: SmartErrorDetails = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }
}

/** Puts a fault into words. */
export async function wordsFor({ code, details }: Fault): Promise<SmartError> {
  const textOf = await import('./errors/of-sign-in.js').then(
    (module) => module.textOf,
    () => undefined,
  );
  return new SmartError(code, textOf?.(code) ?? wordless, details);
}

/** Puts faults into words. */
export function inWords(faults: readonly Fault[]): Promise<readonly SmartError[]> {
  return Promise.all(faults.map(wordsFor));
}

/** Runs a task whose faults are for people to read. @throws {SmartError} in place of each {@link Fault}. */
export async function worded<Result>(task: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await task();
  } catch (thrown) {
    throw thrown instanceof Fault ? await wordsFor(thrown) : thrown;
  }
}
