import { connect } from 'node:net';

/** Firefox's Marionette protocol: `length:json` over TCP, commands `[0, id, name, params]`, answers `[1, id, error, result]`. */
export class MarionetteConnection {
  #socket;
  #next = 0;
  #waiting = new Map();
  #buffer = Buffer.alloc(0);
  #closed = false;

  /** Connects to a browser that listens on a loopback port. */
  static async open(port) {
    const socket = connect(port, '127.0.0.1');
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return new MarionetteConnection(socket);
  }

  constructor(socket) {
    this.#socket = socket;
    socket.on('data', (data) => this.#take(data));
    socket.on('close', () => this.#end()).on('error', () => undefined);
  }

  send(name, params = {}) {
    if (this.#closed) {
      return Promise.reject(closedError());
    }
    const id = ++this.#next;
    const message = JSON.stringify([0, id, name, params]);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, name });
      this.#socket.write(`${Buffer.byteLength(message)}:${message}`);
    });
  }

  close() {
    this.#socket.destroy();
  }

  #take(data) {
    this.#buffer = Buffer.concat([this.#buffer, data]);
    for (;;) {
      const colon = this.#buffer.indexOf(0x3a);
      const end = colon + 1 + Number(this.#buffer.subarray(0, Math.max(colon, 0)));
      if (colon === -1 || this.#buffer.length < end) {
        return;
      }
      const message = JSON.parse(this.#buffer.subarray(colon + 1, end));
      this.#buffer = this.#buffer.subarray(end);
      // The first message is a greeting, and no answer.
      if (Array.isArray(message)) {
        this.#answer(message);
      }
    }
  }

  #answer([, id, error, result]) {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) {
      const fault = new Error(`${waiting?.name}: ${error.error}: ${error.message}`);
      waiting?.reject(Object.assign(fault, { code: error.error }));
    } else {
      waiting?.resolve(result);
    }
  }

  #end() {
    this.#closed = true;
    this.#waiting.forEach(({ reject }) => reject(closedError()));
    this.#waiting.clear();
  }
}

function closedError() {
  return Object.assign(new Error('The browser has ended.'), { isClosed: true });
}
