import { expect } from '@open-wc/testing';

import { postTo } from '../../src/session/form-navigation.js';

/** What a form was when it was sent. */
interface Sent {
  readonly action: string;
  readonly method: string;
  readonly enctype: string;
  readonly target: string;
  readonly fields: readonly (readonly [string, string])[];
  readonly isOnPage: boolean;
  readonly isSeen: boolean;
}

describe('A request that leaves the page as a form', () => {
  const { submit } = HTMLFormElement.prototype;
  let sent: Sent[];
  let before: number;

  beforeEach(() => {
    sent = [];
    before = document.body.childElementCount;
    HTMLFormElement.prototype.submit = function noteInstead(this: HTMLFormElement) {
      // By the attributes: a field may stand where a member of that name was.
      const said = (name: string): string => Element.prototype.getAttribute.call(this, name) ?? '';
      sent.push({
        action: said('action'),
        method: said('method'),
        enctype: said('enctype'),
        target: said('target'),
        fields: [...new FormData(this)].map(([name, value]) => [name, value as string] as const),
        isOnPage: document.body.contains(this),
        isSeen: this.getClientRects().length > 0,
      });
    };
  });

  afterEach(() => {
    HTMLFormElement.prototype.submit = submit;
    expect(document.body.childElementCount, 'the page is as it was').to.equal(before);
  });

  /** Posts what would be the address. */
  function post(endpoint: string, query: string, target = '_self'): Sent {
    const url = new URL(endpoint);
    for (const [name, value] of new URLSearchParams(query)) {
      url.searchParams.append(name, value);
    }
    postTo(endpoint, url.href, target);
    expect(sent).to.have.length(1);
    return sent[0]!;
  }

  const endpoint = 'https://as.example/authorize';

  it('SMART-30: has the whole request in its fields, and nothing of it in the address', () => {
    const form = post(endpoint, 'response_type=code&scope=patient/*.rs+openid&state=se.1');
    expect(form).to.include({ action: endpoint, method: 'post', target: '_self' });
    expect(form.enctype, 'that of any form (RFC 6749 §3.1)').to.equal('');
    expect(form.fields).to.deep.equal([
      ['response_type', 'code'],
      ['scope', 'patient/*.rs openid'],
      ['state', 'se.1'],
    ]);
  });

  it('is on the page, where browsers send it from, and is not seen', () => {
    expect(post(endpoint, 'state=se.1')).to.include({ isOnPage: true, isSeen: false });
  });

  it('goes to the window that is named', () => {
    expect(post(endpoint, 'state=se.1', 'smart-elements-7').target).to.equal('smart-elements-7');
  });

  it('SMART-31: leaves the endpoint the query that it has, and says none of it twice', () => {
    const form = post(`${endpoint}?tenant=7&policy=sign+in`, 'state=se.1');
    expect(new URL(form.action).search).to.equal('?tenant=7&policy=sign+in');
    expect(form.fields).to.deep.equal([['state', 'se.1']]);
  });

  it('SMART-31: says in place of the endpoint what the request itself has to say', () => {
    postTo(`${endpoint}?tenant=7&prompt=none`, `${endpoint}?tenant=7&prompt=login&state=se.1`, '_self');
    expect(sent[0]?.action).to.equal(`${endpoint}?tenant=7`);
    expect(sent[0]?.fields).to.deep.equal([
      ['prompt', 'login'],
      ['state', 'se.1'],
    ]);
  });

  it('SMART-34: says each value of what comes more than once', () => {
    expect(post(endpoint, 'resource=a&resource=b&state=se.1').fields).to.deep.equal([
      ['resource', 'a'],
      ['resource', 'b'],
      ['state', 'se.1'],
    ]);
  });

  for (const [what, from, url] of [
    ['of the endpoint', `${endpoint}?resource=a&resource=b`, `${endpoint}?resource=a&resource=b&state=se.1`],
    [
      'of the endpoint and the request',
      `${endpoint}?resource=a`,
      `${endpoint}?resource=a&resource=b&state=se.1`,
    ],
  ] as const) {
    it(`SMART-31 SMART-34: loses no value ${what} that comes more than once`, () => {
      postTo(from, url, '_self');
      const all = [...new URL(sent[0]?.action ?? '').searchParams, ...(sent[0]?.fields ?? [])];
      expect(all.map(([name, value]) => `${name}=${value}`)).to.have.members([
        'resource=a',
        'resource=b',
        'state=se.1',
      ]);
    });
  }

  for (const name of ['submit', 'action', 'append', 'method', 'target', 'hidden', 'parentNode', 'remove']) {
    it(`goes where it should with a parameter that is called “${name}”`, () => {
      const form = post(endpoint, `${name}=https://elsewhere.example/&state=se.1`, 'a-window');
      expect(form).to.include({ action: endpoint, method: 'post', target: 'a-window', isOnPage: true });
      expect(form.fields).to.deep.equal([
        [name, 'https://elsewhere.example/'],
        ['state', 'se.1'],
      ]);
    });
  }

  it('says what is markup or a new line as the text that it is', () => {
    const text = '"><img src=x onerror=alert(1)>\r\n&amp;';
    expect(post(endpoint, new URLSearchParams({ login_hint: text }).toString()).fields).to.deep.equal([
      ['login_hint', text],
    ]);
  });
});
