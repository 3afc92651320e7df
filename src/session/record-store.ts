import { del, entries, get, promisifyRequest, set, type UseStore } from 'idb-keyval';

import type { RecordStore } from './host.js';

const databaseName = 'smart-elements';
const storeName = 'records';

/** The kit's one database, through idb-keyval. It is opened at its first use. */
export function openRecordStore(): RecordStore {
  const useStore = openStore();
  /** Reads one value and decides, in the same transaction, what becomes of it. */
  const change = <T>(key: string, decide: (value: unknown, store: IDBObjectStore) => T): Promise<T> =>
    useStore('readwrite', (store) => {
      const done = promisifyRequest(store.transaction);
      return new Promise<T>((resolve, reject) => {
        done.catch(reject);
        const request = store.get(key);
        request.onsuccess = () => {
          const result = decide(request.result as unknown, store);
          done.then(() => {
            resolve(result);
          }, reject);
        };
      });
    });
  return {
    get: (key) => get<unknown>(key, useStore),
    set: (key, value) => set(key, value, useStore),
    remove: (key) => del(key, useStore),
    entries: () => entries<string, unknown>(useStore),
    take: (key) =>
      change(key, (value, store) => {
        store.delete(key);
        return value;
      }),
    replace: (key, replacement) =>
      change(key, (value, store) => {
        const next = replacement(value);
        if (next !== undefined) {
          store.put(next, key);
        }
        return next !== undefined;
      }),
  };
}

/**
 * What idb-keyval's own `createStore` does not do: strict durability, because a rotated refresh token that a power cut
 * loses ends the session; and giving way to a tab that deletes the database, which an open connection would block.
 */
function openStore(): UseStore {
  let opened: Promise<IDBDatabase> | undefined;
  const forget = (): void => {
    opened = undefined;
  };
  const open = async (): Promise<IDBDatabase> => {
    const request = indexedDB.open(databaseName);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(storeName);
    };
    const database = await promisifyRequest(request);
    database.onclose = forget;
    database.onversionchange = () => {
      forget();
      database.close();
    };
    return database;
  };
  return async (mode, callback) => {
    opened ??= open();
    opened.catch(forget);
    const database = await opened;
    return callback(database.transaction(storeName, mode, { durability: 'strict' }).objectStore(storeName));
  };
}
