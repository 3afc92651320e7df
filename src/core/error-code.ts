import type { CodeOf } from './error-family.js';
import type * as families from './errors/index.js';

/** The stable code of an error or a warning, `area/what-is-wrong`. A code is a promise; texts may improve. */
export type ErrorCode = CodeOf<(typeof families)[keyof typeof families]>;
