import { expect, waitUntil } from '@open-wc/testing';

import { openRecordStore } from '../../src/session/record-store.js';
import { codeOf } from './sessions.js';

/** For what is to be given up. What is to succeed has the usual patience: a busy machine is no reason to fail. */
const patienceMs = 300;

function answerTo<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error('refused'));
    };
  });
}

describe('the database of the kit', () => {
  beforeEach(() => answerTo(indexedDB.deleteDatabase('smart-elements')));

  it('a task that another page keeps from opening it is given up, and those after it do not wait', async () => {
    const records = openRecordStore(patienceMs);
    // Somebody holds on to it while it is to be deleted: nobody else gets in.
    const held = await answerTo(indexedDB.open('smart-elements'));
    const deleted = answerTo(indexedDB.deleteDatabase('smart-elements'));
    expect(await codeOf(records.get('one'))).to.equal('TimeoutError');
    const start = performance.now();
    expect(await codeOf(records.set([['one', 1]]))).to.equal('TimeoutError');
    expect(performance.now() - start).to.be.below(patienceMs);
    held.close();
    await deleted;
    // It opens at last, and serves from then on.
    await waitUntil(() =>
      records.get('one').then(
        () => true,
        () => false,
      ),
    );
    const patient = openRecordStore();
    await patient.set([['one', 1]]);
    expect(await patient.get('one')).to.equal(1);
  });

  it('what waits for a transaction that does not end is given up, and changes nothing later', async () => {
    const [records, patient] = [openRecordStore(patienceMs), openRecordStore()];
    await patient.set([['one', 1]]);
    const database = await answerTo(indexedDB.open('smart-elements'));
    const holding = database.transaction('records', 'readwrite');
    const store = holding.objectStore('records');
    const held = new Promise((resolve) => (holding.oncomplete = resolve));
    let isHeld = true;
    const hold = (): void => {
      store.get('one').onsuccess = () => {
        if (isHeld) {
          hold();
        }
      };
    };
    hold();
    expect(await codeOf(records.take('one'))).to.equal('TimeoutError');
    expect(await codeOf(records.get('one'))).to.equal('TimeoutError');
    isHeld = false;
    await held;
    expect(await patient.get('one'), 'it was not taken').to.equal(1);
    database.close();
  });

  it('what is being written already is waited for: this page and the others have to agree on it', async () => {
    const [records, patient] = [openRecordStore(patienceMs), openRecordStore()];
    await patient.set([['one', 1]]);
    const isReplaced = await records.replace('one', () => {
      // The page is busy until its patience is over, and only then hears that it was written.
      const end = performance.now() + 2 * patienceMs;
      while (performance.now() < end);
      return 2;
    });
    expect(isReplaced).to.equal(true);
    expect(await patient.get('one')).to.equal(2);
  });
});
