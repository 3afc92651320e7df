/** What is the same in the page of each contender: the clock, and what is looked at when it stops. */

/** A contender that has drawn nothing by then has failed, in ms. */
const patienceMs = 2_000;
/** How many turns of the event loop nothing must change in, until a resource is taken as drawn. */
const quietTurns = 2;

const host = document.createElement('main');

function turn() {
  return globalThis.scheduler.postTask(() => undefined);
}

/** With what is in shadow trees. */
function countElements(root) {
  let count = 0;
  for (const element of root.querySelectorAll('*')) {
    count += 1 + (element.shadowRoot ? countElements(element.shadowRoot) : 0);
  }
  return count;
}

/** How many pieces of text a reader has before them, here or further down, without opening anything. */
function countTexts(root) {
  let count = 0;
  for (const node of root.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      count += node.data.trim() ? 1 : 0;
    } else if (node.nodeType === Node.ELEMENT_NODE && getComputedStyle(node).display !== 'none') {
      count += countTexts(node.shadowRoot ?? node);
    }
  }
  return count;
}

/** Lets the browser finish with what was taken off the page: no time of the next one is spent on that. */
async function settle() {
  await elapsedAfterFrame(0);
  await turn();
}

/** A frame: styles, layout, what of it is seen, and paint. What is left to the browser until then is in the time too. */
async function elapsedAfterFrame(begun) {
  await new Promise((resolve) => {
    requestAnimationFrame(() => globalThis.scheduler.postTask(resolve, { priority: 'user-blocking' }));
  });
  return performance.now() - begun;
}

/** @returns ms from the JSON text to a frame that shows it, how much there is in it, and how many resources failed. */
async function draw({ show, isShown, countFailed }, texts, { isCounted }) {
  const begun = performance.now();
  await show(texts);
  while (!isShown() && performance.now() - begun < patienceMs * texts.length) {
    await turn();
  }
  let ms = await elapsedAfterFrame(begun);
  let elements = countElements(host);
  for (let quiet = 0; quiet < quietTurns; quiet++) {
    await turn();
    const now = countElements(host);
    if (now !== elements) {
      ms = await elapsedAfterFrame(begun);
      elements = now;
      quiet = -1;
    }
  }
  return {
    ms,
    elements,
    ...(isCounted && { texts: countTexts(host) }),
    failed: isShown() ? countFailed() : texts.length,
  };
}

/**
 * Puts a contender on the page.
 *
 * @param contender `{ setUp(host), show(texts), isShown(), countFailed(), clear() }`; `show` draws what was cleared before
 */
export async function present(contender) {
  document.body.append(host);
  await contender.setUp(host);
  let texts;

  globalThis.bench = {
    async load() {
      texts = await (await fetch('/data.json')).json();
    },

    /** One after the other, each in place of the one before. */
    async drawEach([from, to], options) {
      const results = [];
      for (const text of texts.files.slice(from, to)) {
        results.push(await draw(contender, [text], options));
        contender.clear();
        await settle();
      }
      return results;
    },

    drawAtOnce: (options) => draw(contender, texts.observations, options),

    clear: () => contender.clear(),

    /** @returns bytes of this page: of JavaScript and of the DOM */
    memory: async () => (await performance.measureUserAgentSpecificMemory()).bytes,
  };
}
