import { executeServerCommand } from '@web/test-runner-commands';

/** Hands what was counted to whoever runs the tests: `build/corpus/<engine>/<name>.json`. */
export async function report(name: string, result: object): Promise<void> {
  await executeServerCommand('corpus-report', { name, result });
}
