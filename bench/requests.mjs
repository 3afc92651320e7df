/** What a person waits for: the requests of signing in and of showing records, counted at the server. */
import { openBrowser } from '../test/e2e/harness/browser.mjs';
import {
  consent,
  giveName,
  leave,
  signIn,
  startPortal,
  untilShown,
  untilStatus,
} from '../test/e2e/harness/portal.mjs';

const elements = 200;
const resources = 20;

export async function run() {
  const browser = await openBrowser();
  // Slow enough that it is plain which request waits for which.
  const portal = await startPortal({ delay: 60 });
  try {
    return [...(await signInRows(browser, portal)), ...(await sharingRows(browser, portal))];
  } finally {
    await browser.close();
    await portal.close();
  }
}

async function signInRows(browser, { sandbox, url }) {
  const page = await browser.newPage();
  await page.goto(url);
  await untilStatus(page, 'signed-out');
  // A person takes a moment to press the button; the preparation is over by then.
  await answered(sandbox, 'wellKnown');
  sandbox.log.length = 0;
  await leave(page);
  const first = sandbox.log.findIndex(({ leg }) => leg === 'authorize');
  await giveName(page);
  await page.waitFor(() => Boolean(document.querySelector('[name=decision]')));
  sandbox.log.length = 0;
  await consent(page);
  await untilStatus(page, 'signed-in');
  await untilShown(page);
  const back = sandbox.log.filter(({ leg }) =>
    ['token', 'jwks', 'fhir', 'wellKnown', 'metadata'].includes(leg),
  );
  const preflights = back.filter(({ method }) => method === 'OPTIONS');
  const asked = back.filter(({ method }) => method !== 'OPTIONS');
  const inSequence = longestChain(asked);
  const beside = asked.filter((request) => !inSequence.includes(request));
  await page.close();
  return [
    { name: 'from the click to leaving: requests', value: first, unit: '', budget: 0, ok: first === 0 },
    {
      name: 'from coming back to the painted record: in sequence',
      value: inSequence.length,
      unit: '',
      budget: 2,
      ok: inSequence.length <= 2,
      note: inSequence.map(({ leg }) => leg).join(', then '),
    },
    { name: '  beside them', value: beside.length, unit: '', note: beside.map(({ leg }) => leg).join(', ') },
    {
      name: '  preflights',
      value: preflights.length,
      unit: '',
      note: preflights.map(({ leg }) => leg).join(', '),
    },
  ];
}

/** Waits until a part of the server has answered. */
async function answered({ log }, leg) {
  while (!log.some((request) => request.leg === leg)) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The longest row of requests of which each began when the one before had ended. */
function longestChain(requests) {
  const chain = [];
  for (const request of requests.toSorted((a, b) => b.at - a.at)) {
    if (chain.length === 0 || request.endedAt <= chain[0].at) {
      chain.unshift(request);
    }
  }
  return chain;
}

async function sharingRows(browser, { sandbox, url }) {
  const page = await browser.newPage();
  await page.goto(url);
  await signIn(page);
  await untilShown(page);
  sandbox.log.length = 0;
  await page.evaluate(
    (count, different) => {
      const auth = document.querySelector('smart-auth');
      for (let index = 0; index < count; index++) {
        const element = document.createElement('fhir-resource');
        element.setAttribute('src', `Observation/maria-glucose-${(index % different) + 1}`);
        auth.append(element);
      }
    },
    elements,
    resources,
  );
  await page.waitFor(() =>
    [...document.querySelectorAll('fhir-resource')].every((element) =>
      element.matches(':state(ready), :state(not-found)'),
    ),
  );
  const count = sandbox.log.filter(({ leg, method }) => leg === 'fhir' && method === 'GET').length;
  await page.close();
  return [
    {
      name: `${elements} <fhir-resource> that ask for ${resources} resources: requests`,
      value: count,
      unit: '',
      budget: resources,
      ok: count === resources,
    },
  ];
}
