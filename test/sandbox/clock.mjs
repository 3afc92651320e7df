/** Does something at a later time, by the clock that the sandbox and its provider read. Nothing waits for it. */
export async function secondsLater(seconds, task) {
  const { now } = Date;
  Date.now = () => now() + seconds * 1000;
  try {
    return await task();
  } finally {
    Date.now = now;
  }
}
