/** Ways to wait that cost little. */

/** Asks until there is an answer. */
export async function eventually(ask) {
  for (const end = Date.now() + 15_000; Date.now() < end;) {
    const answer = await ask();
    if (answer) {
      return answer;
    }
    await pause(30);
  }
  throw new Error(`Waited in vain for ${ask}.`);
}

export function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** For how long a page asks itself before it answers. */
const askingMs = 200;

/** For how long an answer is waited for that may not come: at most, and once the page that was asked has been left. */
const patienceMs = 5_000;
const graceMs = 50;

/**
 * A script that calls a function in a page until it returns something true, for a moment: a page that asks itself notices
 * at once, and every question from outside costs the browser more than the answer does.
 *
 * @returns {string} an expression; its value is what the function returned last
 */
export function untilTrue(fn, args) {
  return `(async () => {
    const end = performance.now() + ${askingMs};
    for (;;) {
      let value, fault;
      try {
        value = await (${fn})(...${JSON.stringify(args)});
      } catch (thrown) {
        fault = thrown;
      }
      // A page that nobody sees has slow timers.
      if (value || document.hidden || performance.now() > end) {
        if (fault) {
          throw fault;
        }
        return value;
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  })()`;
}

/** What a page answers; undefined where another one has taken its place: what was left may be silent. */
export async function soon(answer, page) {
  let goOn;
  const isOver = new Promise((resolve) => (goOn = () => resolve(undefined)));
  const timers = [setTimeout(goOn, patienceMs)];
  const onNavigation = (frame) => {
    if (frame === page.mainFrame()) {
      timers.push(setTimeout(goOn, graceMs));
    }
  };
  page.on('framenavigated', onNavigation);
  answer.catch(() => undefined);
  try {
    return await Promise.race([answer, isOver]);
  } finally {
    timers.forEach(clearTimeout);
    page.off('framenavigated', onNavigation);
  }
}
