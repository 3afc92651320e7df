/** How many cases a property-based test tries. The benchmark asks for many more; see web-test-runner.config.mjs. */
const asked = (globalThis as { readonly propertyRuns?: number }).propertyRuns;

/** One engine looks for what is wrong, the others whether they differ. */
const usual = navigator.userAgent.includes('Chrome/') ? 100 : 25;

export const runs: number = asked ?? usual;
