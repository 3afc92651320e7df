import '@mantine/core/styles.css';
import '@medplum/react/styles.css';

import { MantineProvider } from '@mantine/core';
import { indexStructureDefinitionBundle, MedplumClient } from '@medplum/core';
import { MedplumProvider, ResourceTable } from '@medplum/react';
import { createElement } from 'react';

import { present } from './in-page.mjs';
import { reactList } from './react-list.mjs';

/** It asks a server for the definition of each type; here it has them all, and there is none to ask. */
const medplum = new MedplumClient({
  baseUrl: location.origin,
  fetch: () => Promise.resolve(new Response(null, { status: 404 })),
});

async function readDefinitions() {
  for (const name of ['profiles-types', 'profiles-resources']) {
    indexStructureDefinitionBundle(await (await fetch(`/definitions/${name}.json`)).json());
  }
}

const list = reactList(
  (value) => createElement(ResourceTable, { value, ignoreMissingValues: true }),
  (content) => createElement(MantineProvider, null, createElement(MedplumProvider, { medplum }, content)),
);

await present({
  ...list,
  async setUp(host) {
    await readDefinitions();
    list.setUp(host);
  },
});
