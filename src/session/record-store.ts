import { delMany, entries, get, promisifyRequest, setMany, type UseStore } from 'idb-keyval';

import type { RecordStore } from './host.js';
import { tabChannel } from './tab-channel.js';

const databaseName = 'smart-elements';
const storeName = 'records';
/** Opening that takes longer has met a sleeping page. */
const openingTakesMs = 250;

/** Runs a task in a transaction of its own. */
interface Store {
  /** For tasks that place all their requests at once. */
  readonly atOnce: UseStore;
  /** For tasks that go on after a request has been answered. */
  readonly stepwise: UseStore;
}

/** The kit's one database, through idb-keyval. It is opened at its first use. */
export function openRecordStore(): RecordStore {
  const { atOnce, stepwise } = openStore();
  /** Reads one value and decides, in the same transaction, what becomes of it. */
  const change = <T>(key: string, decide: (value: unknown, store: IDBObjectStore) => T): Promise<T> =>
    stepwise('readwrite', (store) => {
      const done = promisifyRequest(store.transaction);
      return new Promise<T>((resolve, reject) => {
        done.catch(reject);
        const request = store.get(key);
        request.onsuccess = () => {
          const result = decide(request.result as unknown, store);
          store.transaction.commit();
          done.then(() => {
            resolve(result);
          }, reject);
        };
      });
    });
  return {
    get: (key) => get<unknown>(key, atOnce),
    set: (values) =>
      setMany(
        values.map(([key, value]) => [key, value]),
        atOnce,
      ),
    remove: (...keys) => delMany([...keys], atOnce),
    entries: () => entries<string, unknown>(stepwise),
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
 * loses ends the session; giving way to a tab that deletes the database, which an open connection would block; and
 * leaving nothing half done behind. WebKit puts a page that is left to sleep with its transactions, and they keep the
 * next page waiting for good: so each is committed as early as can be, and what is not by then is given up.
 */
function openStore(): Store {
  // A page that was left while it opened the database sleeps with its request, and those of other pages wait for it.
  // Chromium drops a sleeping page that misses a message, and its request with it; hence a channel with a listener.
  const channel = tabChannel();
  channel?.addEventListener('message', () => undefined);
  let opened: Promise<IDBDatabase> | undefined;
  const running = new Set<IDBTransaction>();
  const forget = (): void => {
    opened = undefined;
  };
  const open = async (): Promise<IDBDatabase> => {
    const request = indexedDB.open(databaseName);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(storeName);
    };
    const wakeSleepers = setInterval(() => {
      channel?.postMessage('waiting for the database');
    }, openingTakesMs);
    const database = await promisifyRequest(request).finally(() => {
      clearInterval(wakeSleepers);
    });
    database.onclose = forget;
    database.onversionchange = () => {
      forget();
      database.close();
    };
    return database;
  };
  const leave = (): void => {
    for (const transaction of running) {
      try {
        transaction.abort();
      } catch {
        // It is being committed: that goes on without the page.
      }
    }
    opened?.then(
      (database) => {
        database.close();
      },
      () => undefined,
    );
    forget();
  };
  const use =
    (isAtOnce: boolean): UseStore =>
    async (mode, callback) => {
      if (!opened) {
        opened = open();
        opened.catch(forget);
        addEventListener('pagehide', leave, { once: true });
      }
      const database = await opened;
      const transaction = database.transaction(storeName, mode, { durability: 'strict' });
      running.add(transaction);
      const end = (): void => {
        running.delete(transaction);
      };
      transaction.addEventListener('complete', end);
      transaction.addEventListener('abort', end);
      const result = callback(transaction.objectStore(storeName));
      if (isAtOnce) {
        transaction.commit();
      }
      return result;
    };
  return { atOnce: use(true), stepwise: use(false) };
}
