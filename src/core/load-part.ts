import { sessionError } from './errors/session.js';

/**
 * Loads a part of the kit that most pages never need.
 *
 * @throws {SmartError} `session/part-missing` where the network or the host of the page does not give it.
 */
export async function loadPart<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load();
  } catch {
    throw sessionError('part-missing');
  }
}
