import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes, by browser, how many tests passed, failed and were skipped. @param {string} file JSON */
export function countReporter(file) {
  return {
    onTestRunFinished({ sessions }) {
      const counts = {};
      for (const { browser, testResults, passed, errors } of sessions) {
        const count = (counts[browser.name] ??= { passed: 0, failed: 0, skipped: 0 });
        const before = count.failed;
        add(count, testResults);
        // A file that could not be loaded has no results, and is a failure all the same.
        if (!passed && (count.failed === before || errors.length > 0)) {
          count.failed++;
        }
      }
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(counts));
    },
  };
}

function add(count, suite) {
  for (const test of suite?.tests ?? []) {
    count[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed']++;
  }
  for (const inner of suite?.suites ?? []) {
    add(count, inner);
  }
}
