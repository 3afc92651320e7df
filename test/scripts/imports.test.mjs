import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const dist = join(import.meta.dirname, '../../dist');

/** What runs in a page by its very purpose. */
const scripts = /smart-elements\.min\.js$|smart-callback\.js$|callback-page\.js$/;

describe('the modules of the package', () => {
  const modules = readdirSync(dist, { recursive: true }).filter(
    (path) => path.endsWith('.js') && !scripts.test(path) && !path.startsWith('node_modules'),
  );

  it('SMART-128: every one imports where there is no page', async () => {
    assert.ok(modules.length > 50, `${modules.length} modules`);
    for (const path of modules) {
      await assert.doesNotReject(import(join(dist, path)), path);
    }
  });
});
