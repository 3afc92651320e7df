/** Whether what a part of is usually enough is tried as a whole; see web-test-runner.config.mjs. */
export const isThorough = (globalThis as { readonly isThorough?: boolean }).isThorough === true;
