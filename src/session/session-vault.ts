import { deepFreeze } from '../core/deep-freeze.js';
import type { Credentials } from './credentials.js';
import { fromBase64Url, toBase64Url } from './base64url.js';
import type { Host } from './host.js';

/** What is written to the database: nothing readable without the key, which is kept elsewhere. */
export interface SealedRecord {
  readonly version: 1;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly ciphertext: ArrayBuffer;
  /** Rises with every write, so that a write that comes too late can be told. */
  readonly generation: number;
  /** Milliseconds since the epoch. */
  readonly writtenAt: number;
}

/** What is kept in the tab: without it the record is noise. */
interface TabEntry {
  readonly sessionId: string;
  /** 32 bytes in base64url. */
  readonly key: string;
}

/** A stored session, opened. */
export interface OpenedSession {
  readonly sessionId: string;
  readonly generation: number;
  readonly credentials: Credentials;
}

/** Where the sessions of one provider element are kept. */
export interface VaultPlace {
  readonly name: string;
  readonly fhirBase: string;
  readonly clientId: string;
}

export const recordPrefix = 'session/v1';

/**
 * Keeps the session of one provider element for as long as the tab lives: an AES-GCM record in the database, its key
 * in the tab's own storage. Closing the tab makes the record unreadable; signing out removes both.
 *
 * Each session has a random id, so that two tabs with two patients never share a record, while a duplicated tab (which
 * copies the tab's storage) does share its own.
 */
export class SessionVault {
  readonly #host: Host;
  readonly #place: string;

  constructor(host: Host, { name, fhirBase, clientId }: VaultPlace) {
    this.#host = host;
    this.#place = [name, fhirBase, clientId].map(encodeURIComponent).join('|');
  }

  /** The name of the lock under which a session of this place is renewed. */
  lockName(sessionId: string): string {
    return `smart-elements/renew|${this.#recordKey(sessionId)}`;
  }

  /** The id of the session that this tab has; undefined where there is none. */
  get sessionId(): string | undefined {
    return this.#tabEntry()?.sessionId;
  }

  /** Starts a new record, in place of the one that this tab had. Rejects where the browser refuses to write. */
  async create(sessionId: string, credentials: Credentials): Promise<void> {
    const before = this.#tabEntry();
    const key = toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
    const record = await this.#seal({ sessionId, key }, credentials, 1);
    await this.#host.records.set(this.#recordKey(sessionId), record);
    this.#host.tabStorage?.set(this.#tabKey, JSON.stringify({ sessionId, key } satisfies TabEntry));
    if (before) {
      await this.#host.records.remove(this.#recordKey(before.sessionId));
    }
  }

  /**
   * Writes the next generation of a session.
   *
   * @returns false, and changes nothing, where the record is gone (signed out in another tab) or was written by
   *   somebody else in the meantime.
   */
  async update({ sessionId, generation, credentials }: OpenedSession): Promise<boolean> {
    const entry = this.#tabEntry();
    if (entry?.sessionId !== sessionId) {
      return false;
    }
    // Encrypted before the transaction: IndexedDB commits while one waits for anything else.
    const record = await this.#seal(entry, credentials, generation);
    return this.#host.records.replace(this.#recordKey(sessionId), (current) =>
      isSealedRecord(current) && current.generation === generation - 1 ? record : undefined,
    );
  }

  /** Reads the session of this tab. @returns undefined where there is none, or none that can be read. */
  async open(): Promise<OpenedSession | undefined> {
    const entry = this.#tabEntry();
    if (!entry) {
      return undefined;
    }
    const record = await this.#host.records.get(this.#recordKey(entry.sessionId));
    const credentials = isSealedRecord(record) ? await this.#unseal(entry, record) : undefined;
    if (!isSealedRecord(record) || !credentials) {
      return undefined;
    }
    return { sessionId: entry.sessionId, generation: record.generation, credentials };
  }

  /** Removes key and record. The key goes first, and at once: without it nothing is left that can be read. */
  async clear(): Promise<void> {
    const entry = this.#tabEntry();
    this.#host.tabStorage?.remove(this.#tabKey);
    if (entry) {
      await this.#host.records.remove(this.#recordKey(entry.sessionId));
    }
  }

  get #tabKey(): string {
    return `smart-elements/v1|${this.#place}`;
  }

  #recordKey(sessionId: string): string {
    return `${recordPrefix}|${this.#place}|${sessionId}`;
  }

  #tabEntry(): TabEntry | undefined {
    const text = this.#host.tabStorage?.get(this.#tabKey);
    if (text === undefined) {
      return undefined;
    }
    try {
      const entry = JSON.parse(text) as Partial<TabEntry> | null;
      const { sessionId, key } = entry ?? {};
      return typeof sessionId === 'string' && typeof key === 'string' ? { sessionId, key } : undefined;
    } catch {
      return undefined;
    }
  }

  async #seal(entry: TabEntry, credentials: Credentials, generation: number): Promise<SealedRecord> {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(credentials));
    const ciphertext = await crypto.subtle.encrypt(
      this.#cipher(entry, iv),
      await importKey(entry.key),
      plain,
    );
    return { version: 1, iv, ciphertext, generation, writtenAt: this.#host.now() };
  }

  async #unseal(entry: TabEntry, record: SealedRecord): Promise<Credentials | undefined> {
    try {
      const key = await importKey(entry.key);
      const plain = await crypto.subtle.decrypt(this.#cipher(entry, record.iv), key, record.ciphertext);
      return deepFreeze(JSON.parse(new TextDecoder().decode(plain)) as Credentials);
    } catch {
      return undefined;
    }
  }

  /** The record's own key is authenticated with it, so that records cannot be swapped. */
  #cipher(entry: TabEntry, iv: Uint8Array<ArrayBuffer>): AesGcmParams {
    return {
      name: 'AES-GCM',
      iv,
      additionalData: new TextEncoder().encode(this.#recordKey(entry.sessionId)),
    };
  }
}

async function importKey(key: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', fromBase64Url(key), 'AES-GCM', false, ['encrypt', 'decrypt']);
}

export function isSealedRecord(value: unknown): value is SealedRecord {
  return typeof value === 'object' && value !== null && 'version' in value && value.version === 1;
}
