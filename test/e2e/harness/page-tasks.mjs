/** What a script of the page may do while somebody is signed in. */

/** Asks for something with the session. @returns the status of the answer, or what went wrong. */
export function askFor(page, url) {
  return page.evaluate(async (target) => {
    const { session } = document.querySelector('smart-auth');
    return session.fetch(target).then(
      ({ status }) => status,
      ({ code }) => code ?? 'unreachable',
    );
  }, url);
}

/** Goes to the second page of a search by its link. @returns as {@link askFor}. */
export async function askForNextPage(page) {
  const next = await page.evaluate(async () => {
    const { session } = document.querySelector('smart-auth');
    const { link } = await (await session.fetch('Observation?_count=1')).json();
    return link.find(({ relation }) => relation === 'next').url;
  });
  return askFor(page, next);
}

/** Reads the record anew. @returns the state of what the page shows then. */
export function reloadRecord(page) {
  return page.evaluate(async () => {
    const resource = document.querySelector('fhir-resource');
    await resource.reload();
    return ['ready', 'stale', 'error'].find((state) => resource.matches(`:state(${state})`));
  });
}

/** Lets a page read a server that names no place to sign in. */
export function allowUnprotected(page) {
  return page.evaluate(() => document.querySelector('smart-auth').setAttribute('allow-unprotected', ''));
}
