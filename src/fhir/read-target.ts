import { asFolder } from '../smart/secure-url.js';
import { invalidSource } from './source-template.js';

/** What a `src` asks for. */
export interface ReadTarget {
  /** The absolute URL, without a fragment. */
  readonly url: string;
  /** The type that a right answer has; undefined where the URL does not tell (an operation). */
  readonly type?: string;
  /** The id that a right answer has, for the read of one resource. */
  readonly id?: string;
  /** The type that is read or searched for; undefined where the URL does not tell. */
  readonly about?: string;
  /** Whether it is one page of a search, whose entries are looked at one by one. */
  readonly isPage?: true;
}

/**
 * Resolves a source against the FHIR base.
 *
 * Whether the URL may have the token is not decided here, but by the session's own `fetch`.
 *
 * @param places - further bases, where records are as they are at the first one.
 * @throws {SmartError} `fhir/invalid-source` for what is no URL, and for anything that walks up the path.
 */
export function resolveSource(source: string, base: string, places: readonly string[] = []): ReadTarget {
  const path = source.replace(/[?#].*$/s, '');
  // URL parsers drop control characters, and take a backslash for a slash.
  if (/[\p{Cc} \\]/u.test(source) || /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i.test(path)) {
    throw invalidSource(source);
  }
  let url: URL;
  try {
    url = new URL(source, asFolder(base));
  } catch {
    throw invalidSource(source);
  }
  url.hash = '';
  const { href } = url;
  // As the URL parser writes it: upper case in a host, or a port that goes without saying, make no other place.
  const folder = [base, ...places.filter((place) => URL.canParse(place))]
    .map((place) => new URL(asFolder(place)).href)
    .find((one) => href.startsWith(one));
  return { url: href, ...(folder !== undefined && expected(href.slice(folder.length))) };
}

/** FHIR, RESTful API: read, vread, history, search, capabilities. */
function expected(rest: string): Pick<ReadTarget, 'type' | 'id' | 'about'> {
  const [path = '', query] = rest.split('?');
  const about = /(?:^|\/)([A-Z]\w+)(?:\/_(?:history|search))?$/.exec(path)?.[1];
  if (path === 'metadata') {
    return { type: 'CapabilityStatement' };
  }
  const [, type, id, tail] = /^([A-Z]\w+)(?:\/([^/$_][^/]*))?(\/_history\/[^/]+)?$/.exec(path) ?? [];
  if (type && id) {
    return { type, about: type, ...decodedId(id) };
  }
  const isSearch = type ? !tail : query !== undefined && path === '';
  const isBundle = isSearch || /(?:^|\/)_(?:history|search)$/.test(path);
  return { ...(isBundle && { type: 'Bundle' }), ...(about && { about }) };
}

/** An id that cannot be decoded is none to compare with. */
function decodedId(id: string): Pick<ReadTarget, 'id'> {
  try {
    return { id: decodeURIComponent(id) };
  } catch {
    return {};
  }
}
