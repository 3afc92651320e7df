/** What was asked for; see web-test-runner.config.mjs. */
const asked = globalThis as { readonly propertyRuns?: number; readonly isThorough?: boolean };

/** One engine looks for what is wrong, the others whether they differ. */
const usual = navigator.userAgent.includes('Chrome/') ? 100 : 25;

/** How many cases a property-based test tries. The benchmark asks for many more. */
export const runs: number = asked.propertyRuns ?? usual;

/** Whether what a part of is usually enough is tried as a whole. */
export const isThorough = asked.isThorough === true;
