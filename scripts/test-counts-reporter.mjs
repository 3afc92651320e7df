/**
 * A reporter for `node --test`: what failed goes to the screen, the counts go into the file that TEST_COUNTS names.
 *
 * Tests are counted, suites are not, so that a number means the same in each runner.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { inspect } from 'node:util';

function kindOf({ skip, todo }) {
  return skip !== undefined || todo !== undefined ? 'skipped' : undefined;
}

function explain({ name, file, line, details }) {
  const fault = details.error?.cause ?? details.error;
  return `✖ ${name}${file ? ` (${file}:${line})` : ''}\n${inspect(fault)}\n`;
}

/** A suite fails with its tests; only one that fails by itself, as in a hook, says something new. */
function isOwnFault({ details }) {
  return details.error?.failureType !== 'subtestsFailed';
}

/** Where one process runs several files, each has a suite of its own at the top: TEST_SUITES says how many there are to be. */
const expectedSuites = Number(process.env.TEST_SUITES ?? 0);

/** A file without tests is reported as a test itself, which passes; it has shown nothing. */
function isFile({ name, file, nesting }) {
  return nesting === 0 && file !== undefined && resolve(name) === file;
}

export default async function* testCounts(source) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  let suites = 0;
  for await (const { type, data } of source) {
    if (/^test:(?:pass|fail)$/.test(type) && data.nesting === 0) {
      suites++;
    }
    if (type === 'test:stderr' || type === 'test:stdout') {
      yield data.message;
    } else if (type === 'test:pass' && isFile(data)) {
      counts.failed++;
      yield `✖ ${data.name} holds no tests\n`;
    } else if (type === 'test:pass' && data.details.type !== 'suite') {
      counts[kindOf(data) ?? 'passed']++;
      if (data.skip) {
        yield `skipped: ${data.name} ${data.skip === true ? '' : data.skip}\n`;
      }
    } else if (type === 'test:fail' && isOwnFault(data)) {
      counts[kindOf(data) ?? 'failed']++;
      yield explain(data);
    }
  }
  if (suites < expectedSuites) {
    counts.failed++;
    yield `✖ ${suites} suites in ${expectedSuites} files: one of them holds no tests\n`;
  }
  writeFileSync(process.env.TEST_COUNTS, JSON.stringify(counts));
}
