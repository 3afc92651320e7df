/** Chromium's DevTools protocol over the pipe of `--remote-debugging-pipe`: JSON messages, each ended by a NUL. */
export class CdpConnection {
  #input;
  #next = 0;
  #waiting = new Map();
  #listeners = new Set();
  #closed = false;

  /** @param input what Chromium reads, @param output what it writes */
  constructor(input, output) {
    this.#input = input;
    let rest = [];
    output.on('data', (chunk) => {
      let start = 0;
      for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, start)) {
        const message = Buffer.concat([...rest, chunk.subarray(start, end)]);
        rest = [];
        start = end + 1;
        this.#take(JSON.parse(message));
      }
      rest.push(chunk.subarray(start));
    });
    const end = () => this.#end();
    output.on('close', end).on('end', end).on('error', end);
    input.on('error', end);
  }

  /** Sends a command, to the browser itself or to the target of a session. */
  send(method, params = {}, sessionId = undefined) {
    if (this.#closed) {
      return Promise.reject(closedError());
    }
    const id = ++this.#next;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, method, sessionId });
      this.#input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  /** Hears every event as `{ method, params, sessionId }`. @returns a function that ends it */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Refuses what a target that is gone would never answer. */
  forget(sessionId) {
    for (const [id, waiting] of this.#waiting) {
      if (waiting.sessionId === sessionId) {
        this.#waiting.delete(id);
        waiting.reject(new Error(`${waiting.method}: the tab or frame is gone.`));
      }
    }
  }

  #take({ id, method, params, sessionId, result, error }) {
    if (id === undefined) {
      this.#listeners.forEach((listener) => listener({ method, params, sessionId }));
      return;
    }
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) {
      waiting?.reject(new Error(`${waiting.method}: ${error.message}`));
    } else {
      waiting?.resolve(result);
    }
  }

  #end() {
    this.#closed = true;
    for (const { reject } of this.#waiting.values()) {
      reject(closedError());
    }
    this.#waiting.clear();
  }
}

function closedError() {
  return Object.assign(new Error('The browser has ended.'), { isClosed: true });
}
