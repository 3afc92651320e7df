import type { Finding } from './check-record.js';
import { meanings, meaningsOfParts, mustShow, type Meaning } from './must-show.js';
import type { Definitions } from './records.js';
import { asWords, dateInWords, plain, Seen } from './words.js';
import {
  holdsUnknownModifier,
  isMany,
  isTree,
  leavesOf,
  memberOf,
  readWritten,
  textIn,
  WrittenNumber,
} from './written.js';
import type { Node, Tree } from './written.js';

/** What is at a path, with each member of a list by itself; `value[x]` is whichever type of it there is. */
export function nodesAt(node: Node | undefined, path: string): readonly Node[] {
  if (isMany(node)) {
    return node.flatMap((one) => nodesAt(one, path));
  }
  if (path === '' || node === undefined || node === null) {
    return node === undefined || node === null ? [] : [node];
  }
  if (!isTree(node)) {
    return [];
  }
  const [, name = '', rest = ''] = /^([^.]*)\.?(.*)$/.exec(path) ?? [];
  const choice = name.endsWith('[x]') ? name.slice(0, -3) : undefined;
  const keys = choice === undefined ? [name] : Object.keys(node).filter((key) => isChoice(key, choice));
  return keys.flatMap((key) => nodesAt(memberOf(node, key), rest));
}

function isChoice(key: string, element: string): boolean {
  return key.startsWith(element) && /^[A-Z]/.test(key.slice(element.length));
}

/** Each of these has to be said, in one of its ways. */
type Needs = readonly (readonly string[])[];

const texts = (node: Tree, path: string): readonly string[] =>
  nodesAt(node, path).flatMap((one) => (typeof one === 'string' ? [one] : []));

/** What has to be seen of a value, whatever its type. */
function needsOf(node: Node, resource: Tree): Needs {
  if (typeof node === 'string') {
    return [[node]];
  }
  if (node instanceof WrittenNumber) {
    return [[node.text]];
  }
  if (!isTree(node)) {
    return [];
  }
  const has = (...keys: readonly string[]): boolean => keys.some((key) => Object.hasOwn(node, key));
  if (has('concept')) {
    return nodesAt(node, 'concept').flatMap((one) => needsOf(one, resource));
  }
  if (has('coding') || (has('text') && !has('family', 'line', 'given'))) {
    const codings = nodesAt(node, 'coding').filter(isTree);
    return [has('text') ? texts(node, 'text') : codings.flatMap(codingWords)];
  }
  if (has('family', 'given') || has('line', 'city')) {
    return [
      has('text')
        ? texts(node, 'text')
        : [...texts(node, 'family'), ...texts(node, 'city'), ...texts(node, 'given')],
    ];
  }
  if (has('reference', 'display') || (has('identifier') && has('type'))) {
    return [[...codingWords(node), ...referenceWords(node, resource)]];
  }
  if (has('value') && has('unit', 'code', 'comparator', 'currency')) {
    const units = ['unit', 'code', 'currency'].flatMap((key) => texts(node, key));
    return [...numbersAt(node, 'value'), ...(units.length ? [units] : [])];
  }
  if (has('contentType', 'data', 'url') && !has('system')) {
    return [['title', 'contentType', 'url'].flatMap((key) => texts(node, key))];
  }
  return [
    'value',
    'low',
    'high',
    'numerator',
    'denominator',
    'start',
    'end',
    'text',
    'period',
    'code',
    'dose',
    'doseQuantity',
  ]
    .flatMap((key) => nodesAt(node, key))
    .flatMap((one) => needsOf(one, resource));
}

const numbersAt = (node: Tree, key: string): Needs =>
  nodesAt(node, key).flatMap((one) => (one instanceof WrittenNumber ? [[one.text]] : []));

const codingWords = (node: Tree): readonly string[] => {
  const displays = texts(node, 'display');
  return displays.length ? displays : texts(node, 'code');
};

function referenceWords(node: Tree, resource: Tree): readonly string[] {
  const [reference = ''] = texts(node, 'reference');
  const inside = nodesAt(resource, 'contained').filter(
    (one) => isTree(one) && reference === `#${textIn(one, 'id')}`,
  );
  const names = inside.flatMap((one) => [...leavesOf(one, '')].map(({ value }) => value));
  return [reference, ...texts(node, 'identifier.value'), ...names.filter((name) => typeof name === 'string')];
}

/** Paths to what FHIR marks as a modifier of a type. */
function modifierPaths(definitions: Definitions, type: string, path: string = ''): readonly string[] {
  return (definitions[type]?.elements ?? []).flatMap(({ name, types, isModifier }) => {
    const here = path ? `${path}.${name}` : name;
    if (/^(?:modifierExtension|implicitRules)$/.test(name)) {
      return [];
    }
    const [only = ''] = types;
    const inner = only.startsWith(`${type}.`) ? modifierPaths(definitions, only, here) : [];
    return isModifier ? [here, ...inner] : inner;
  });
}

const modifiers = new Map<string, readonly string[]>();

/** What is seen of a resource before anything is opened. */
export interface AtOnce {
  readonly seen: Seen;
  /** What its notices say; not those of resources within it. */
  readonly notices: string;
}

export function readAtOnce(element: Element): AtOnce {
  const article = element.shadowRoot?.querySelector('[part~=resource]');
  const notices = [...(article?.children ?? [])].filter((child) => child.matches('[part~=notice]'));
  return {
    seen: Seen.of(element, 'at once'),
    notices: notices.map((notice) => Seen.of(notice, 'at once').text).join(' '),
  };
}

/** Looks for what has to be seen before anything is opened. */
export function checkAtOnce(
  { seen, notices }: AtOnce,
  text: string,
  { file = '', definitions }: { file?: string; definitions: Definitions },
): readonly Finding[] {
  const tree = readWritten(text);
  if (holdsUnknownModifier(tree)) {
    return [];
  }
  const type = textIn(tree, 'resourceType');
  if (!modifiers.has(type)) {
    modifiers.set(type, modifierPaths(definitions, type));
  }
  const paths = new Set([...(mustShow.get(type) ?? []), ...(modifiers.get(type) ?? [])]);
  const unseen = [...paths].flatMap((path) =>
    nodesAt(tree, path)
      .flatMap((node) => needsOf(node, tree))
      .filter((ways) => ways.length && !ways.some((way) => isSeen(seen, way)))
      .map((ways) => ({ path: `${type}.${path}`, value: ways.join(' | ') })),
  );
  const unsaid = [
    ...unsaidIn(tree, meanings, notices).map((value) => ({ path: `${type}: no notice`, value })),
    ...unsaidIn(tree, meaningsOfParts, seen.text).map((value) => ({ path: `${type}: not said`, value })),
  ];
  const names = namesOfPrograms(tree)
    .filter((name) => seen.text.includes(name))
    .map((name) => ({ path: `${type}: a name of programs`, value: name }));
  return [...unseen, ...unsaid, ...names].map((finding) => ({ file, ...finding }));
}

/** A date is for people in words only. */
function isSeen(seen: Seen, text: string): boolean {
  const words = dateInWords(text);
  return words === undefined ? seen.tellsText('', text) : seen.hasDate(words);
}

function unsaidIn(tree: Tree, all: readonly Meaning[], text: string): readonly string[] {
  return all.flatMap(({ words, where }) => {
    const cause = where.find((one) => isThere(tree, one));
    return cause === undefined || words.test(text) ? [] : [`${String(words)} for ${cause}`];
  });
}

function isThere(tree: Tree, condition: string): boolean {
  const [, type, path = '', value] = /^(?:([A-Z]\w*)\.)?([^=]*)(?:=(.*))?$/.exec(condition) ?? [];
  return (
    (type === undefined || type === tree['resourceType']) &&
    nodesAt(tree, path).some(
      (node) =>
        value === undefined || node === value || (typeof node === 'boolean' && String(node) === value),
    )
  );
}

/** Names as programs write them, such as `birthDate`, are nothing for a reader, unless the record itself says them. */
function namesOfPrograms(tree: Tree): readonly string[] {
  const own = plain(
    [...leavesOf(tree, '')].map(({ value }) => (typeof value === 'string' ? value : '')).join('\n'),
  );
  return [...keysOf(tree)].filter((key) => asWords(key).includes(' ') && !own.includes(key));
}

function keysOf(node: Node): ReadonlySet<string> {
  const keys = new Set<string>();
  const walk = (one: Node): void => {
    if (isMany(one)) {
      one.forEach(walk);
    } else if (isTree(one)) {
      for (const [key, value] of Object.entries(one)) {
        keys.add(key);
        walk(value);
      }
    }
  };
  walk(node);
  return keys;
}
