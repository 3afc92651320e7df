import { deepFreeze } from '../core/deep-freeze.js';
import type { Persistence } from '../smart/client-settings.js';
import type { Credentials } from './credentials.js';
import { fromBase64Url, toBase64Url } from './base64url.js';
import type { Host, RecordStore, TabStorage } from './host.js';

/** What is written to the database: nothing readable without the key. */
export interface SealedRecord {
  readonly version: 2;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly ciphertext: ArrayBuffer;
  /** Rises with every write of tokens, so that a write that comes too late can be told. */
  readonly generation: number;
  /** When the person last did something, in ms since the epoch. */
  readonly usedAt: number;
}

/** What the tab's own storage says of its session. */
interface TabEntry {
  readonly sessionId: string;
  /** 32 bytes in base64url; not there where the browser keeps the key. */
  readonly key?: string;
}

/** What opens a record. */
interface Opener {
  readonly sessionId: string;
  readonly key: CryptoKey;
}

/** A stored session, opened. */
export interface OpenedSession {
  readonly sessionId: string;
  readonly generation: number;
  /** When the person last did something, in ms since the epoch. */
  readonly usedAt: number;
  readonly credentials: Credentials;
}

/** Where the sessions of one provider element are kept. */
export interface VaultPlace {
  readonly name: string;
  readonly fhirBase: string;
  readonly clientId: string;
}

export const recordPrefix = 'session/';
export const keyPrefix = 'key/';
export const lastPrefix = 'last/';

/**
 * Keeps the session of one provider element, as an AES-GCM record in the database.
 *
 * - `tab`: the key is in the tab's own storage, and goes with it. Browsers that bring back a closed tab bring it back too.
 * - `browser`: the key is a CryptoKey in the same database that no script can read out. A tab without a session of its
 *   own takes up the last one; not one that an EHR began, because that belongs to the tab which it was opened in.
 * - `memory`: nothing is written.
 *
 * Each session has a random id, so that two tabs with two patients never share a record, while a duplicated tab (which
 * copies the tab's storage) does share its own.
 */
export class SessionVault {
  /** What tells this place from others, on this site. */
  readonly place: string;
  readonly #host: Host;
  readonly #persist: Persistence;

  constructor(host: Host, { name, fhirBase, clientId }: VaultPlace, persist: Persistence) {
    this.#host = host;
    this.#persist = persist;
    this.place = [name, fhirBase, clientId].map(encodeURIComponent).join('|');
  }

  /** Whether sessions are written at all. */
  get isLasting(): boolean {
    return this.#persist !== 'memory';
  }

  /** Whether other tabs may take up what one of them has begun. */
  get isShared(): boolean {
    return this.#persist === 'browser';
  }

  /** The name of the lock under which a session of this place is renewed. */
  lockName(sessionId: string): string {
    return `smart-elements/renew|${this.#recordKey(sessionId)}`;
  }

  /** The id of the session that this tab has of its own; undefined where there is none. */
  get sessionId(): string | undefined {
    return this.#tabEntry()?.sessionId;
  }

  /**
   * Starts a new record, in place of the one that this tab had. Rejects where the browser refuses to write.
   *
   * @returns the id of the session that had to go for it.
   */
  async create(sessionId: string, credentials: Credentials): Promise<string | undefined> {
    const before = this.#tabEntry();
    const entry = this.isShared ? { sessionId } : { sessionId, key: randomKey() };
    const key = entry.key === undefined ? await createKey() : await importKey(entry.key);
    const record = await this.#seal({ sessionId, key }, credentials, 1, this.#host.now());
    await this.#records.set([
      [this.#recordKey(sessionId), record],
      ...(this.isShared ? [[this.#keyKey(sessionId), key] as const] : []),
      ...(this.isShared && !credentials.isLaunched ? [[this.#lastKey, sessionId] as const] : []),
    ]);
    this.#tab?.set(this.#tabKey, JSON.stringify(entry satisfies TabEntry));
    if (before) {
      await this.#remove(before.sessionId);
    }
    return before?.sessionId;
  }

  /**
   * Writes the next generation of a session.
   *
   * @returns false, and changes nothing, where the record is gone (signed out in another tab) or was written by
   *   somebody else in the meantime.
   */
  async update({ sessionId, generation, credentials, usedAt }: OpenedSession): Promise<boolean> {
    const opener = await this.#openerOf(sessionId);
    if (!opener) {
      return false;
    }
    // Encrypted before the transaction: IndexedDB commits while one waits for anything else.
    const record = await this.#seal(opener, credentials, generation, usedAt);
    return this.#records.replace(this.#recordKey(sessionId), (current) =>
      isSealedRecord(current) && current.generation === generation - 1
        ? { ...record, usedAt: Math.max(usedAt, current.usedAt) }
        : undefined,
    );
  }

  /** Writes down that the person has done something. */
  async touch(sessionId: string, usedAt: number): Promise<void> {
    await this.#records.replace(this.#recordKey(sessionId), (current) =>
      isSealedRecord(current) && current.usedAt < usedAt ? { ...current, usedAt } : undefined,
    );
  }

  /** Reads the session of this tab. @returns undefined where there is none, or none that can be read. */
  async open(): Promise<OpenedSession | undefined> {
    if (!this.isLasting) {
      return undefined;
    }
    const own = this.sessionId;
    const opened = own === undefined ? undefined : await this.#openRecord(own);
    if (!opened && own === this.sessionId) {
      // What it speaks of is gone: then not even its id is to be left.
      this.#tab?.remove(this.#tabKey);
    }
    return opened ?? (this.isShared ? this.#openLast() : undefined);
  }

  /** Reads a session of this tab once more. @returns undefined where it is gone, or the tab has another one by now. */
  async reopen(sessionId: string): Promise<OpenedSession | undefined> {
    return this.sessionId === sessionId ? this.#openRecord(sessionId) : undefined;
  }

  /** Removes key and record. What is in the tab goes first, and at once: without it nothing is left that can be read. */
  async clear(sessionId: string | undefined = this.sessionId): Promise<void> {
    if (sessionId === this.sessionId) {
      this.#tab?.remove(this.#tabKey);
    }
    if (sessionId !== undefined && this.isLasting) {
      await this.#remove(sessionId);
    }
  }

  async #openRecord(sessionId: string): Promise<OpenedSession | undefined> {
    const [opener, record] = await Promise.all([
      this.#openerOf(sessionId),
      this.#records.get(this.#recordKey(sessionId)),
    ]);
    const credentials = opener && isSealedRecord(record) ? await this.#unseal(opener, record) : undefined;
    if (!isSealedRecord(record) || !credentials) {
      return undefined;
    }
    return { sessionId, generation: record.generation, usedAt: record.usedAt, credentials };
  }

  /** Takes up the last session that began in this browser. From then on it is this tab's own. */
  async #openLast(): Promise<OpenedSession | undefined> {
    const sessionId = await this.#records.get(this.#lastKey);
    const opened = typeof sessionId === 'string' ? await this.#openRecord(sessionId) : undefined;
    if (opened) {
      this.#tab?.set(this.#tabKey, JSON.stringify({ sessionId: opened.sessionId } satisfies TabEntry));
    }
    return opened;
  }

  async #openerOf(sessionId: string): Promise<Opener | undefined> {
    const entry = this.#tabEntry();
    const key =
      entry?.sessionId === sessionId && entry.key !== undefined
        ? await importKey(entry.key)
        : await this.#records.get(this.#keyKey(sessionId));
    return key instanceof CryptoKey ? { sessionId, key } : undefined;
  }

  async #remove(sessionId: string): Promise<void> {
    await this.#records.remove(this.#recordKey(sessionId), this.#keyKey(sessionId));
    if (this.isShared && (await this.#records.get(this.#lastKey)) === sessionId) {
      await this.#records.remove(this.#lastKey);
    }
  }

  get #records(): RecordStore {
    return this.#host.records;
  }

  get #tab(): TabStorage | undefined {
    return this.isLasting ? this.#host.tabStorage : undefined;
  }

  get #tabKey(): string {
    return `smart-elements/v2|${this.place}`;
  }

  get #lastKey(): string {
    return `${lastPrefix}v2|${this.place}`;
  }

  #recordKey(sessionId: string): string {
    return `${recordPrefix}v2|${this.place}|${sessionId}`;
  }

  #keyKey(sessionId: string): string {
    return `${keyPrefix}v2|${this.place}|${sessionId}`;
  }

  #tabEntry(): TabEntry | undefined {
    try {
      const entry = JSON.parse(this.#tab?.get(this.#tabKey) ?? 'null') as Partial<TabEntry> | null;
      const { sessionId, key } = entry ?? {};
      return typeof sessionId === 'string'
        ? { sessionId, ...(typeof key === 'string' && { key }) }
        : undefined;
    } catch {
      return undefined;
    }
  }

  async #seal(
    opener: Opener,
    credentials: Credentials,
    generation: number,
    usedAt: number,
  ): Promise<SealedRecord> {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(credentials));
    const ciphertext = await crypto.subtle.encrypt(this.#cipher(opener, iv), opener.key, plain);
    return { version: 2, iv, ciphertext, generation, usedAt };
  }

  async #unseal(opener: Opener, { iv, ciphertext }: SealedRecord): Promise<Credentials | undefined> {
    try {
      const plain = await crypto.subtle.decrypt(this.#cipher(opener, iv), opener.key, ciphertext);
      return deepFreeze(JSON.parse(new TextDecoder().decode(plain)) as Credentials);
    } catch {
      return undefined;
    }
  }

  /** The record's own key is authenticated with it, so that records cannot be swapped. */
  #cipher({ sessionId }: Opener, iv: Uint8Array<ArrayBuffer>): AesGcmParams {
    return {
      name: 'AES-GCM',
      iv,
      additionalData: new TextEncoder().encode(this.#recordKey(sessionId)),
    };
  }
}

function randomKey(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
}

async function importKey(key: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', fromBase64Url(key), 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** A key that no script can read out. */
function createKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

export function isSealedRecord(value: unknown): value is SealedRecord {
  return typeof value === 'object' && value !== null && 'version' in value && value.version === 2;
}
