import { expect } from '@open-wc/testing';
import { html, render } from 'lit';

import { guardError } from '../../src/core/errors/guard.js';
import type { JsonObject } from '../../src/fhir/resource.js';
import type { AttachmentSource } from '../../src/ui/attachment-source.js';
import { attachmentView } from '../../src/ui/attachment-view.js';

const base = 'https://fhir.good.example/r4';
const pdf = '%PDF-1.7 hello';
const png = '\x89PNG\r\n\x1a\n\0\0\0\rIHDR';
/** A picture that a browser can draw, too. */
const realPng =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(text, (sign) => sign.charCodeAt(0));

let page: HTMLElement;
let asked: {
  readonly url: string;
  readonly accept: string | null;
  readonly signal: AbortSignal | null | undefined;
}[];
let answer: () => Response | Promise<Response>;
let source: AttachmentSource;
/** Object URLs that are not revoked, with what they hold. */
let live: Map<string, Blob>;
const { createObjectURL, revokeObjectURL } = URL;
const pageFetch = window.fetch;

beforeEach(() => {
  page = document.createElement('section');
  document.body.append(page);
  asked = [];
  answer = () => new Response(bytesOf(pdf), { headers: { 'content-type': 'application/pdf' } });
  source = {
    base,
    async fetch(url, { headers, signal }) {
      asked.push({ url, accept: new Headers(headers).get('accept'), signal });
      return answer();
    },
  };
  live = new Map();
  URL.createObjectURL = (blob: Blob) => {
    const url = createObjectURL.call(URL, blob);
    live.set(url, blob);
    return url;
  };
  URL.revokeObjectURL = (url) => {
    live.delete(url);
    revokeObjectURL.call(URL, url);
  };
  window.fetch = () => {
    throw new Error('An attachment fetched by itself.');
  };
});

afterEach(() => {
  render(html``, page);
  page.remove();
  Object.assign(URL, { createObjectURL, revokeObjectURL });
  window.fetch = pageFetch;
});

function draw(attachment: JsonObject, from: AttachmentSource | null = source): void {
  render(html`${attachmentView(attachment, from ?? undefined, { level: 4, language: 'en-GB' })}`, page);
}
const words = (): string => (page.textContent ?? '').replace(/\s+/g, ' ').trim();
const button = (): HTMLButtonElement => page.querySelector('button')!;
const link = (text: string): HTMLAnchorElement | undefined =>
  [...page.querySelectorAll('a')].find((one) => one.textContent?.includes(text));

/** Waits until something is so. */
async function until(what: () => unknown): Promise<void> {
  for (let tries = 0; !what(); tries++) {
    if (tries > 100) {
      throw new Error(`It never came to be: ${words()}`);
    }
    await new Promise((resolve) => setTimeout(resolve));
  }
}

async function open(): Promise<void> {
  button().click();
  await until(() => button().textContent?.includes('Hide') || page.querySelector('[part=error]'));
}

const embedded = (contentType: string | undefined, content: string, more: JsonObject = {}): JsonObject => ({
  ...(contentType && { contentType }),
  data: btoa(content),
  ...more,
});

describe('An attachment at the server of the session', () => {
  const attachment = { contentType: 'application/pdf', url: 'Binary/1', title: 'Lab report', size: 14 };

  it('is offered with its name, type and size, and not asked for', async () => {
    draw(attachment);
    await until(() => button());
    expect(words()).to.equal('Show Lab report (PDF, 14 bytes)');
    expect(button().getAttribute('aria-expanded')).to.equal('false');
    expect(asked).to.deep.equal([]);
  });

  it('is asked for by its absolute URL, in its type, and opened in a tab or saved', async () => {
    draw(attachment);
    await open();
    expect(asked.map(({ url, accept }) => [url, accept])).to.deep.equal([
      [`${base}/Binary/1`, 'application/pdf, */*;q=0.1'],
    ]);
    const opened = link('in a new tab')!;
    expect(live.get(opened.href)?.type).to.equal('application/pdf');
    expect([opened.target, opened.rel]).to.deep.equal(['_blank', 'noopener']);
    const saved = link('Save a copy')!;
    expect(live.get(saved.href)?.type).to.equal('application/octet-stream');
    expect(saved.download).to.equal('Lab report.pdf');
    expect(await live.get(saved.href)!.text()).to.equal(pdf);
    expect(button().getAttribute('aria-expanded')).to.equal('true');
    expect(page.querySelectorAll('iframe, embed, object').length).to.equal(0);
  });

  it('may be wrapped into FHIR JSON', async () => {
    const wrapped = {
      resourceType: 'Binary',
      contentType: 'text/plain; charset=iso-8859-1',
      data: btoa('s\xfc\xdf'),
    };
    answer = () =>
      new Response(JSON.stringify(wrapped), { headers: { 'content-type': 'application/fhir+json' } });
    draw({ contentType: 'text/plain', url: `${base}/Binary/2` });
    await open();
    expect(page.querySelector('pre')?.textContent).to.equal('süß');
  });

  it('is called what the answer calls it where the record does not say', async () => {
    answer = () => new Response('a,b', { headers: { 'content-type': 'text/csv; charset=utf-8' } });
    draw({ url: 'Binary/3' });
    await open();
    expect(page.querySelector('pre')?.textContent).to.equal('a,b');
    expect(link('Save')!.download).to.equal('document.csv');
  });

  it('says what the server said when it refuses, and is tried again by the same button', async () => {
    const outcome = {
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'error', code: 'forbidden', details: { text: 'Ask the desk.' } }],
    };
    answer = () => new Response(JSON.stringify(outcome), { status: 403 });
    draw(attachment);
    const first = button();
    first.focus();
    await open();
    expect(page.querySelector('[part=error]')?.textContent)
      .to.contain('not allowed')
      .and.contain('Ask the desk.');
    expect(words()).to.contain('Try again to show Lab report');
    answer = () => new Response(pdf);
    await open();
    expect(link('in a new tab')).to.not.equal(undefined);
    expect(button()).to.equal(first);
    expect(document.activeElement).to.equal(first);
  });

  it('an error that comes with 200 is an error', async () => {
    answer = () => new Response('{"resourceType":"OperationOutcome","issue":[{"code":"x"}]}');
    draw({ url: 'Binary/4' });
    await open();
    expect(page.querySelector('[part=error]')).to.not.equal(null);
  });

  it('an answer that is a page of a sign-in is not shown as the PDF it should be', async () => {
    answer = () => new Response('<html><form>', { headers: { 'content-type': 'text/html' } });
    draw(attachment);
    await open();
    expect(words()).to.contain('not what the record says').and.contain('has 14 bytes, but it has 12');
    expect(link('in a new tab')).to.equal(undefined);
    expect(link('Save')!.download).to.equal('Lab report.bin');
  });

  it('a server that cannot be reached is said', async () => {
    answer = () => Promise.reject(new TypeError('Failed to fetch'));
    draw(attachment);
    await open();
    expect(words()).to.contain('could not be reached');
  });

  it('what the session refuses to ask is refused', async () => {
    answer = () => Promise.reject(guardError('foreign-url', { values: { host: 'evil.example' } }));
    draw(attachment);
    await open();
    expect(words()).to.contain('at another place');
  });

  it('is called off by the button, by leaving the page, and by another attachment', async () => {
    for (const leave of [
      () => button().click(),
      () => render(html``, page),
      () => draw({ ...attachment, url: 'Binary/9' }),
    ]) {
      answer = () => new Promise<Response>(() => undefined);
      draw({ ...attachment });
      button().click();
      await until(() => asked.length);
      expect(words()).to.contain('Stop reading');
      leave();
      expect(asked.pop()?.signal?.aborted).to.equal(true);
      expect(words()).to.not.contain('Reading…');
    }
  });

  it('what comes of one session is not shown under another', async () => {
    draw(attachment);
    await open();
    draw(attachment, { ...source });
    expect(words()).to.equal('Show Lab report (PDF, 14 bytes)');
    expect([...live.keys()]).to.deep.equal([]);
  });

  it('too large an answer is not read to its end', async () => {
    let sent = 0;
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(10_000_000));
      },
      cancel() {
        cancelled = true;
      },
    });
    answer = () => new Response(body);
    draw({ url: 'Binary/5' });
    await open();
    expect(words()).to.contain('too large');
    expect(cancelled).to.equal(true);
    expect(sent).to.be.below(14);
  });
});

describe('An attachment elsewhere', () => {
  const outside = [
    'https://evil.example/a.pdf',
    '//evil.example/a',
    'https://fhir.good.example.evil.example/r4/Binary/1',
    'http://fhir.good.example:444/r4/Binary/1',
    'https://fhir.good.example/r4evil/Binary/1',
    'https://fhir.good.example:444/r4/Binary/1',
    '/r4/../admin',
  ];
  for (const url of outside) {
    it(`is not asked for, but named: ${url}`, () => {
      draw({ contentType: 'application/pdf', url });
      const { host, href, rel, target, referrerPolicy } = link('outside this page')!;
      expect(words()).to.contain(`Open at ${host} (outside this page)`);
      expect(href).to.equal(new URL(url, `${base}/`).href);
      expect([rel, target, referrerPolicy]).to.deep.equal(['noopener noreferrer', '_blank', 'no-referrer']);
      expect(page.querySelector('button')).to.equal(null);
      expect(asked).to.deep.equal([]);
    });
  }

  const unusable = [
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'java\nscript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,<script>',
    'https://fhir.good.example@evil.example/r4/Binary/1',
    'https:\\\\evil.example',
    '#c',
    '',
    'urn:uuid:1',
    'blob:https://x.example/1',
  ];
  for (const url of unusable) {
    it(`is text only: ${JSON.stringify(url)}`, () => {
      draw({ contentType: 'text/plain', url });
      expect(page.querySelector('a, button, iframe')).to.equal(null);
      expect(page.querySelector('code')?.textContent).to.equal(url);
    });
  }

  it('is at the server where it merely thinks that it is at http: it is asked for over TLS', async () => {
    draw({ contentType: 'application/pdf', url: 'http://fhir.good.example/r4/Binary/1' });
    await open();
    expect(asked.map(({ url }) => url)).to.deep.equal([`${base}/Binary/1`]);
  });

  it('is asked for where the server has named the place', async () => {
    const url = 'https://files.example/letters/1';
    draw({ url }, { ...source, places: ['https://files.example/letters'] });
    await open();
    expect(asked.map((one) => one.url)).to.deep.equal([url]);
    draw({ url: 'https://files.example/others/1' }, { ...source, places: ['https://files.example/letters'] });
    expect(words()).to.contain('Open at files.example');
  });

  it('without a session nothing is asked for', () => {
    draw({ url: 'Binary/1' }, null);
    expect(page.querySelector('a, button')).to.equal(null);
    draw({ url: `${base}/Binary/1` }, null);
    expect(words()).to.contain('Open at fhir.good.example');
  });

  it('empty data hides no address', () => {
    draw({ contentType: 'application/pdf', data: '', url: 'https://evil.example/a.pdf' });
    expect(words()).to.contain('Open at evil.example');
  });

  it('that is nowhere is said to be', () => {
    draw({ title: 'X-ray' });
    expect(words()).to.equal('The record names X-ray without giving its content.');
  });
});

describe('An attachment within its record', () => {
  it('a small picture shows by itself, by what it is called', async () => {
    draw({ contentType: 'image/jpeg', data: realPng, title: 'Face' });
    await until(() => page.querySelector('img'));
    const image = page.querySelector('img')!;
    expect(image.alt).to.equal('Face');
    expect(live.get(image.src)?.type).to.equal('image/png');
    await image.decode();
    expect(page.querySelector('button')).to.equal(null);
  });

  it('a large picture waits to be asked for', () => {
    draw(embedded('image/png', png.padEnd(600_000, '\0')));
    expect(words()).to.equal('Show this picture (picture, 600 kB)');
  });

  it('a picture that the browser cannot draw is said, and can be saved', async () => {
    draw(embedded('image/png', png));
    await until(() => words().includes('cannot show it'));
    expect(page.querySelector('img')).to.equal(null);
    expect(link('Save')!.download).to.equal('document.png');
  });

  it('what is no picture, though it is called one, is not shown', async () => {
    draw(embedded('image/png', '<html><script>parent.__xss=1</script>'));
    await until(() => link('Save'));
    expect(words()).to.contain('not what the record says');
    expect(page.querySelector('img')).to.equal(null);
  });

  it('text is text, with its charset and its line breaks', async () => {
    draw(embedded('text/plain; charset=windows-1252', '<b>5 \xb5g</b>\n  \x96 x'));
    await open();
    expect(page.querySelector('pre')?.textContent).to.equal('<b>5 µg</b>\n  – x');
    expect(page.querySelector('b')).to.equal(null);
  });

  it('a clinical document is drawn, and a file within it is an attachment in turn', async () => {
    const scan = `<ClinicalDocument><title>Scan</title><component><nonXMLBody><text mediaType="text/plain" representation="B64">${btoa('inner')}</text></nonXMLBody></component></ClinicalDocument>`;
    draw(embedded('text/xml', scan));
    await open();
    expect(page.querySelector('[part=document]')?.textContent).to.contain('Scan');
    const inner = [...page.querySelectorAll('button')].find((one) => one.textContent?.includes('Show Scan'))!;
    inner.click();
    await until(() => page.querySelector('pre'));
    expect(page.querySelector('pre')?.textContent).to.equal('inner');
  });

  it('sound is played on request', async () => {
    draw(embedded('audio/wav', 'RIFF\x24\0\0\0WAVEfmt '));
    button().click();
    await until(() => link('Save'));
    expect(link('Save')!.download).to.equal('document.wav');
  });

  it('damage is said', async () => {
    draw({ contentType: 'text/plain', data: '*not base64*' });
    await open();
    expect(words()).to.contain('arrived damaged');
  });

  it('emptiness is said', async () => {
    draw({ contentType: 'text/plain', data: '' });
    await open();
    expect(words()).to.contain('It is empty.');
  });

  it('another fingerprint and size are said, and it is shown', async () => {
    draw(embedded('text/plain', 'hello', { size: 9, hash: '2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }));
    await open();
    expect(words()).to.contain('fingerprint').and.contain('9 bytes');
    expect(page.querySelector('pre')?.textContent).to.equal('hello');
  });

  it('what is too large to be shown can be saved', async () => {
    draw(embedded('text/plain', 'a'.repeat(10_000_001)));
    await open();
    expect(words()).to.contain('too large to be shown here (10 MB)');
    expect(page.querySelector('pre')).to.equal(null);
    expect(live.get(link('Save')!.href)?.size).to.equal(10_000_001);
  });

  it('what is too large is not saved as what it is not', async () => {
    draw(embedded('application/pdf', '<html>'.padEnd(10_000_001)));
    await open();
    expect(words()).to.contain('not what the record says');
    expect(link('Save')!.download).to.equal('document.bin');
  });

  it('may stand in a data URL, which is never followed', async () => {
    draw({ url: `data:text/html;base64,${btoa('<p>x</p><script>1</script>')}` });
    await open();
    expect(page.querySelector('[part=narrative]')?.shadowRoot?.textContent).to.equal('x');
    expect(page.querySelector('a[href^=data]')).to.equal(null);
  });

  it('a Binary of STU3 has content in place of data', async () => {
    draw({ resourceType: 'Binary', contentType: 'text/plain', content: btoa('old') });
    await open();
    expect(page.querySelector('pre')?.textContent).to.equal('old');
  });

  it('hidden, replaced or gone, it leaves no object URL', async () => {
    const attachment = embedded('application/pdf', pdf);
    draw(attachment);
    await open();
    expect(live.size).to.equal(2);
    button().click();
    expect(live.size).to.equal(0);
    expect(words()).to.equal('Show this PDF (PDF, 14 bytes)');
    await open();
    draw(embedded('application/pdf', pdf));
    expect(live.size).to.equal(0);
    await open();
    render(html``, page);
    expect(live.size).to.equal(0);
  });

  it('moved within the page, a picture shows again', async () => {
    const part = render(html`${attachmentView({ contentType: 'image/png', data: realPng })}`, page);
    await until(() => page.querySelector('img'));
    part.setConnected(false);
    expect(live.size).to.equal(0);
    part.setConnected(true);
    await until(() => page.querySelector('img') && live.has(page.querySelector('img')!.src));
  });
});

describe('Attachments that lie', () => {
  const read = async (name: string): Promise<JsonObject | undefined> => {
    const response = await pageFetch(`/__wds-outside-root__/1/shared/fhir-data/adversarial/att-${name}.json`);
    return response.ok ? ((await response.json()) as JsonObject) : undefined;
  };
  /** What a person must see, where they have pressed what there is to press. */
  const expectations: Record<string, RegExp> = {
    'foreign-host': /kept at evil\.example, outside this page/,
    'prefix-host': /kept at fhir\.good\.example\.evil\.example, outside this page/,
    'userinfo-host': /cannot be opened from here/,
    'html-inline': /Shown in a plain form/,
    'svg-inline': /Save a copy of this drawing/,
    'type-mismatch': /not what the record says/,
  };
  for (const [name, expected] of Object.entries(expectations)) {
    it(`${name}: ${String(expected)}`, async function () {
      const resource = await read(name);
      if (!resource) {
        this.skip();
      }
      const { content, photo } = resource as { content?: { attachment: JsonObject }[]; photo?: JsonObject[] };
      draw(content?.[0]?.attachment ?? photo?.[0] ?? resource);
      page.querySelector('button')?.click();
      await until(() => expected.test(words()));
      expect(page.querySelector('script, form, iframe, object, embed, svg')).to.equal(null);
      expect(
        [...live.values()].map(({ type }) => type).filter((type) => /html|svg|xml/.test(type)),
      ).to.deep.equal([]);
      expect(asked).to.deep.equal([]);
      expect((window as { __xss?: unknown }).__xss).to.equal(undefined);
    });
  }
});
