import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes, by browser, how many tests passed, failed and were skipped; says which were skipped. @param {string} file JSON */
export function countReporter(file) {
  return {
    onTestRunFinished({ sessions }) {
      const counts = {};
      const skipped = new Set();
      for (const { browser, testResults, passed, errors } of sessions) {
        addSkipped(skipped, testResults);
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
      for (const name of skipped) {
        console.log(`skipped: ${name}`);
      }
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

function addSkipped(names, suite, path = []) {
  for (const test of suite?.tests ?? []) {
    if (test.skipped) {
      names.add([...path, test.name].join(': '));
    }
  }
  for (const inner of suite?.suites ?? []) {
    addSkipped(names, inner, [...path, inner.name]);
  }
}
