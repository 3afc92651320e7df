/** The library that is the authorization server, without what it says while it loads. */

export const { default: Provider, errors, interactionPolicy } = await quietly(() => import('oidc-provider'));

/** The library warns about the version of Node and about settings meant for production; neither is news here. */
export async function quietly(task) {
  const { info, warn } = console;
  console.info = console.warn = () => undefined;
  try {
    return await task();
  } finally {
    Object.assign(console, { info, warn });
  }
}
