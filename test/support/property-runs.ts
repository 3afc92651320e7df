/** How many cases a property-based test tries. The benchmark asks for many more; see web-test-runner.config.mjs. */
const asked = (globalThis as { readonly propertyRuns?: number }).propertyRuns;

export const runs: number = asked ?? 200;
