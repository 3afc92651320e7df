import { delMany, entries, get, promisifyRequest, setMany, type UseStore } from 'idb-keyval';

import type { RecordStore } from './host.js';
import { tabChannel } from './tab-channel.js';

const databaseName = 'smart-elements';
const storeName = 'records';
/** Opening that takes longer has met a sleeping page. */
const openingTakesMs = 250;
/** Whoever has waited so long goes on as if the browser refused: a page that never starts helps nobody. */
const defaultPatienceMs = 5_000;

/** Runs a task in a transaction of its own. */
interface Store {
  /** For tasks that place all their requests at once. */
  readonly atOnce: UseStore;
  /** For tasks that go on after a request has been answered. */
  readonly stepwise: UseStore;
}

/**
 * The kit's one database, through idb-keyval. It is opened at its first use.
 *
 * @param patienceMs how long a task may wait; then it rejects, and is undone unless it was being written already.
 */
export function openRecordStore(patienceMs: number = defaultPatienceMs): RecordStore {
  const { atOnce, stepwise } = openStore(patienceMs);
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
 * next page waiting for good: so each is committed as early as can be, and what is not by then is given up. A page that
 * is left in the moment in which the browser makes the database for it cannot give that up: hence the patience.
 */
function openStore(patienceMs: number): Store {
  // A page that was left while it opened the database sleeps with its request, and those of other pages wait for it.
  // Chromium drops a sleeping page that misses a message, and its request with it; hence a channel with a listener.
  const channel = tabChannel();
  channel?.addEventListener('message', () => undefined);
  let opening: Promise<IDBDatabase> | undefined;
  const running = new Set<IDBTransaction>();
  const forget = (): void => {
    opening = undefined;
  };
  const follow = (transaction: IDBTransaction): void => {
    running.add(transaction);
    const end = (): void => {
      running.delete(transaction);
    };
    transaction.addEventListener('complete', end);
    transaction.addEventListener('abort', end);
  };
  const open = async (): Promise<IDBDatabase> => {
    const request = indexedDB.open(databaseName);
    request.onupgradeneeded = () => {
      follow(request.result.createObjectStore(storeName).transaction);
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
    running.forEach(giveUp);
    opening?.then(
      (database) => {
        database.close();
      },
      () => undefined,
    );
    forget();
  };
  const opened = (): Promise<IDBDatabase> => {
    if (!opening) {
      const database = open();
      // One task waits for what does not open; those after it fail at once, until it does.
      const inPatience = (opening = inTime(database, patienceMs));
      database.then(() => {
        if (opening === inPatience) {
          opening = database;
        }
      }, forget);
      addEventListener('pagehide', leave);
    }
    return opening;
  };
  const use =
    (isAtOnce: boolean): UseStore =>
    async (mode, callback) => {
      const database = await opened();
      const transaction = database.transaction(storeName, mode, { durability: 'strict' });
      follow(transaction);
      const result = callback(transaction.objectStore(storeName));
      if (isAtOnce) {
        transaction.commit();
      }
      return inTime(Promise.resolve(result), patienceMs, isAtOnce ? undefined : () => giveUp(transaction));
    };
  return { atOnce: use(true), stepwise: use(false) };
}

/**
 * Rejects where a task takes too long.
 *
 * @param isGivenUp gives it up, and tells whether that could be done: what is half written is waited for, because this page
 *   and the others have to agree on it.
 */
function inTime<T>(task: Promise<T>, patienceMs: number, isGivenUp?: () => boolean): Promise<T> {
  return new Promise((resolve, reject) => {
    const overdue = setTimeout(() => {
      if (isGivenUp?.() ?? true) {
        reject(new DOMException('No answer.', 'TimeoutError'));
      }
    }, patienceMs);
    const settle = (): void => {
      clearTimeout(overdue);
      resolve(task);
    };
    task.then(settle, settle);
  });
}

/** @returns false where it is being committed: that goes on. */
function giveUp(transaction: IDBTransaction): boolean {
  try {
    transaction.abort();
    return true;
  } catch {
    return false;
  }
}
