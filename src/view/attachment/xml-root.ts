/** As far as a root is looked for: licences and change logs stand before some. */
const prologLimit = 65_536;

/** What may stand before the root element, by how it begins and ends. */
const prologParts = [
  ['<?', '?>'],
  ['<!--', '-->'],
  // A DOCTYPE with declarations of its own ends here too early: what then follows is no root.
  ['<!DOCTYPE', '>'],
] as const;

/**
 * Whether bytes are XML, or something very much like it, with a root element of a name, whatever its prefix.
 *
 * It looks and does not parse, so that no file can keep it busy.
 */
export function hasRoot(bytes: Uint8Array, name: string): boolean {
  const text = new TextDecoder().decode(bytes.subarray(0, prologLimit));
  let at = skipSpace(text, 0);
  for (;;) {
    const part = prologParts.find(([begin]) => text.startsWith(begin, at));
    if (!part) {
      break;
    }
    const end = text.indexOf(part[1], at + part[0].length);
    if (end < 0) {
      return false;
    }
    at = skipSpace(text, end + part[1].length);
  }
  return /^<(?:[\w.-]+:)?([\w.-]+)[\s/>]/.exec(text.slice(at, at + 200))?.[1] === name;
}

function skipSpace(text: string, from: number): number {
  const rest = /\S/g;
  rest.lastIndex = from;
  return rest.exec(text)?.index ?? text.length;
}
