import { expect } from '@open-wc/testing';

import type { FhirResourceElement } from '../../src/elements/fhir-resource/fhir-resource-element.js';
import type { FhirErrorEvent } from '../../src/ui/fhir-events.js';
import { answer } from '../fhir/answers.js';
import { settled } from '../support/settled.js';
import { Page, respond, statesOf, wordsOf } from './fhir-resource-page.js';

const ann = { resourceType: 'Patient', id: 'a', name: [{ text: 'Ann Current' }] };
const bob = { resourceType: 'Patient', id: 'b', name: [{ text: 'Bob Other' }] };
const circle = {
  resourceType: 'Basic',
  id: 'b',
  contained: [{ resourceType: 'Basic', id: 'x', code: { reference: '#x' } }],
  subject: { reference: '#x' },
};

/** JSON cannot hold it. */
function loop(): object {
  const resource: Record<string, unknown> = { ...bob };
  resource['link'] = [{ other: resource }];
  return resource;
}

/** Draws while no date can be asked for: whatever it is, something within the view is broken. */
async function withBrokenView(draw: () => Promise<void>): Promise<void> {
  const { prototype } = Date;
  const original = Object.getOwnPropertyDescriptor(prototype, 'toISOString') ?? {};
  Object.defineProperty(prototype, 'toISOString', {
    configurable: true,
    value: () => {
      throw new RangeError('The view is broken.');
    },
  });
  try {
    await draw();
  } finally {
    Object.defineProperty(prototype, 'toISOString', original);
  }
}

describe('<fhir-resource> and a record that cannot be drawn', () => {
  let page: Page;
  let element: FhirResourceElement;
  let errors: string[];

  beforeEach(async () => {
    page = new Page();
    errors = [];
    page.root.addEventListener('fhir-error', ({ error }: FhirErrorEvent) => void errors.push(error.code));
    element = page.add('');
    element.resource = ann;
    await settled();
    expect(wordsOf(element)).to.contain('Ann Current');
  });
  afterEach(() => page.remove());

  function expectNothingButAnError(): void {
    expect(statesOf(element)).to.deep.equal(['error']);
    expect(wordsOf(element)).to.contain('cannot be shown').and.to.contain('view/not-a-resource');
    expect(wordsOf(element)).not.to.contain('Ann').and.not.to.contain('Bob');
    expect(element.shadowRoot?.querySelector('[part~=resource]'), 'no record is drawn').to.equal(null);
    expect(errors).to.deep.equal(['view/not-a-resource']);
  }

  for (const [what, make] of [
    ['goes in circles', loop],
    ['is of no type', () => ({ id: 'b', name: [{ text: 'Bob Other' }] })],
    ['says its type in a number', () => ({ ...bob, resourceType: 7 })],
    ['is a list', () => [bob]],
    [
      'refuses to be read',
      () => ({
        ...bob,
        get name(): never {
          throw new Error('No.');
        },
      }),
    ],
  ] as const) {
    it(`one that ${what} is an error in place of the one before, of whom nothing is left`, async () => {
      element.resource = make();
      await settled();
      expectNothingButAnError();
      await expect(element).to.be.accessible();
    });
  }

  it('one that the view fails at is an error in place of the one before, of whom nothing is left', async () => {
    await withBrokenView(async () => {
      element.resource = bob;
      await settled();
    });
    expectNothingButAnError();
    await expect(element).to.be.accessible();
  });

  it('one that the view fails at stays an error when the page draws anew, and is told of once', async () => {
    await withBrokenView(async () => {
      element.resource = bob;
      await settled();
    });
    for (const level of [2, 4]) {
      element.headingLevel = level;
      await settled();
    }
    expectNothingButAnError();
  });

  it('the next one that can be drawn is drawn', async () => {
    element.resource = loop();
    await settled();
    element.resource = { ...bob };
    await settled();
    expect(statesOf(element)).to.deep.equal(['ready']);
    expect(wordsOf(element)).to.contain('Bob Other').and.not.to.contain('Ann');
  });

  it('one whose parts refer to each other without end is drawn, to an end', async () => {
    element.resource = circle;
    await settled();
    expect(statesOf(element)).to.deep.equal(['ready']);
    expect(wordsOf(element)).to.contain('#x').and.to.contain('id b').and.not.to.contain('Ann');
    expect(errors).to.deep.equal([]);
  });
});

describe('<fhir-resource> and an answer that cannot be drawn', () => {
  let page: Page;
  beforeEach(() => {
    page = new Page();
    page.signIn();
  });
  afterEach(() => page.remove());

  it('takes the record before off the page, and says that this one cannot be shown', async () => {
    const element = page.add('Basic/a');
    const loaded: unknown[] = [];
    element.addEventListener('fhir-load', ({ resource }) => loaded.push(resource['code']));
    await respond(page, () => answer({ resourceType: 'Basic', id: 'a', code: { text: 'Ann’s note' } }));
    expect(wordsOf(element)).to.contain('Ann’s note');
    await withBrokenView(async () => {
      element.reload().catch(() => undefined);
      await respond(page, () => answer({ resourceType: 'Basic', id: 'a', code: { text: 'Bob’s note' } }));
    });
    expect(statesOf(element)).to.deep.equal(['error']);
    expect(wordsOf(element)).to.contain('view/not-a-resource').and.not.to.contain('note');
    expect(loaded, 'the second one is not said to be on the page').to.deep.equal([{ text: 'Ann’s note' }]);
  });

  it('draws one whose parts refer to each other without end, to an end', async () => {
    const element = page.add('Basic/b');
    await respond(page, () => answer(circle));
    expect(statesOf(element)).to.deep.equal(['ready']);
    expect(wordsOf(element)).to.contain('#x');
  });

  for (const [source, status, state] of [
    ['Patient/50%', 404, 'not-found'],
    ['Patient/50%', 400, 'error'],
    ['Patient/%E0%A4%A/_history/1', 404, 'not-found'],
  ] as const) {
    it(`${source}, which nobody can decode, is ${state} where the server answers ${status}, and not loading for ever`, async () => {
      const element = page.add(source);
      await settled();
      expect(page.server.urls).to.deep.equal([`https://ehr.example/fhir/${source}`]);
      await respond(page, () => answer('', status));
      expect(statesOf(element)).to.deep.equal([state]);
      expect(page.server.open).to.equal(0);
    });
  }

  it('Patient/50% is shown where the server has one', async () => {
    const element = page.add('Patient/50%');
    await respond(page, () => answer({ ...bob, id: '1' }));
    expect(statesOf(element)).to.deep.equal(['ready']);
  });
});
