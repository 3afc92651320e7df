import type { ErrorCode } from '../error-code.js';
import type { ErrorEntry } from '../smart-error.js';
import { authorizeError } from './authorize.js';
import { callbackError } from './callback.js';
import { configError } from './config.js';
import { contextError } from './context.js';
import { discoveryError } from './discovery.js';
import { idTokenError } from './id-token.js';
import { keepingWarning } from './keeping.js';
import { scopeAdvice } from './scope-advice.js';
import { tokenError } from './token.js';

const families = [
  authorizeError,
  callbackError,
  configError,
  contextError,
  discoveryError,
  idTokenError,
  keepingWarning,
  scopeAdvice,
  tokenError,
];

const entries = new Map<string, ErrorEntry>(
  families.flatMap(({ area, texts }) =>
    Object.entries<ErrorEntry>(texts).map(([name, entry]) => [`${area}/${name}`, entry] as const),
  ),
);

/** The words for what can go wrong while signing in: one part of the kit, loaded with the first such fault. */
export function textOf(code: ErrorCode): ErrorEntry | undefined {
  return entries.get(code);
}
