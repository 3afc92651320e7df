/** A reader of JSON that shares nothing with the kit's: what is looked for must not come from what is looked at. */

/** A number, as it was written. */
export class WrittenNumber {
  constructor(readonly text: string) {}
}

export interface Tree {
  readonly [key: string]: Node;
}
export type Node = Tree | readonly Node[] | string | boolean | WrittenNumber | null;

/** No text has this in it: it is not a character. */
const mark = '\uffff';

const stringOrNumber = /"(?:\\.|[^"\\])*"|-?\d[\d.eE+-]*/g;

/** Reads the JSON of an object; its numbers stay as they were written. */
export function readWritten(json: string): Tree {
  const marked = json.replace(stringOrNumber, (token) =>
    token.startsWith('"') ? token : JSON.stringify(mark + token),
  );
  return JSON.parse(marked, (_, value: unknown) =>
    typeof value === 'string' && value.startsWith(mark) ? new WrittenNumber(value.slice(1)) : value,
  ) as Tree;
}

export function isTree(node: Node | undefined): node is Tree {
  return (
    typeof node === 'object' && node !== null && !Array.isArray(node) && !(node instanceof WrittenNumber)
  );
}

export function isMany(node: Node | undefined): node is readonly Node[] {
  return Array.isArray(node);
}

/** A member of an object itself. */
export function memberOf(tree: Tree, key: string): Node | undefined {
  return Object.hasOwn(tree, key) ? tree[key] : undefined;
}

/** A member that is text; empty where it is none. */
export function textIn(tree: Tree, key: string): string {
  const value = memberOf(tree, key);
  return typeof value === 'string' ? value : '';
}

export function isResourceTree(node: Node): node is Tree {
  return isTree(node) && typeof memberOf(node, 'resourceType') === 'string';
}

/** A primitive of a resource, and where it stands. */
export interface Leaf {
  readonly holder: Tree | readonly Node[];
  /** The name of the element. */
  readonly key: string;
  readonly value: string | boolean | WrittenNumber;
  /** Such as `Observation.component[0].valueQuantity.value`. */
  readonly path: string;
}

const base64 = /^[\w+/=\s-]*$/;

/** Bytes are not for reading, and a narrative is markup: both are looked at elsewhere. */
function isAside(key: string, value: Node, path: string): boolean {
  return (
    (key === 'div' && path.endsWith('.text.div')) ||
    key === 'valueBase64Binary' ||
    (/^(?:data|content)$/.test(key) &&
      typeof value === 'string' &&
      base64.test(value) &&
      value.length % 4 === 0)
  );
}

/**
 * Every primitive of a resource.
 *
 * @param isPassedOver - resources within it that are not to be looked into.
 */
export function* leavesOf(
  node: Node,
  path: string,
  isPassedOver: (resource: Tree) => boolean = () => false,
): Generator<Leaf> {
  if (!isTree(node) && !isMany(node)) {
    return;
  }
  for (const [key, value] of Object.entries<Node>(node as Tree)) {
    const here = isMany(node) ? `${path}[${key}]` : `${path}.${key}`;
    const name = isMany(node) ? (/([^.]*?)(?:\[\d+\])*$/.exec(path)?.[1] ?? '') : key;
    if (value === null || (isTree(node) && isAside(key, value, here))) {
      continue;
    }
    if (typeof value === 'string' || typeof value === 'boolean' || value instanceof WrittenNumber) {
      yield { holder: node, key: name, value, path: here };
    } else if (!isResourceTree(value) || !isPassedOver(value)) {
      yield* leavesOf(value, here, isPassedOver);
    }
  }
}

/**
 * Whether a resource holds what changes its meaning in a way that nobody understands. Entries of a Bundle answer for
 * themselves.
 */
export function holdsUnknownModifier(node: Node, isInBundle = false): boolean {
  if (isMany(node)) {
    return node.some((one) => holdsUnknownModifier(one, isInBundle));
  }
  if (!isTree(node)) {
    return false;
  }
  return Object.entries(node).some(([key, value]) => {
    if (/^(?:modifierExtension|_?implicitRules)$/.test(key)) {
      return value !== null;
    }
    const isBundle = isInBundle || node['resourceType'] === 'Bundle';
    return !(isInBundle && key === 'resource') && holdsUnknownModifier(value, isBundle && key === 'entry');
  });
}
