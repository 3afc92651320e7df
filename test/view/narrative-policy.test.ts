import { expect } from '@open-wc/testing';

import { xhtmlDiv } from './narrative-page.js';

describe('A narrative in a page with the policy that a page may have', () => {
  const modules = new URL('../../src/view/narrative/', import.meta.url).href;
  const lit = new URL('../../node_modules/lit/index.js', import.meta.url).href;

  const hostile = xhtmlDiv(
    '<script>parent.hit = 1</script><img src="x" onerror="parent.hit = 1"/><img src="https://evil.example/x.gif"/>' +
      '<p style="color: red; background: url(https://evil.example/); margin: 4px" onclick="parent.hit = 1">styled</p>' +
      '<img alt="dot" src="data:image/gif;base64,R0lGODlhAQABAAAAACw="/><a href="javascript:parent.hit = 1">link</a>' +
      '<style>p { color: red }</style><link rel="stylesheet" href="https://evil.example/x.css"/>',
  );

  interface Heard {
    readonly violations?: readonly string[];
    readonly style?: string;
    readonly words?: string;
    readonly italics?: string;
  }

  /** What became of it in a page with this policy. */
  async function drawIn(policy: string): Promise<Heard> {
    const frame = document.createElement('iframe');
    frame.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><main></main>
      <script type="module" nonce="n">
        window.violations = [];
        document.addEventListener('securitypolicyviolation', (event) =>
          violations.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample));
        try {
          const { render } = await import('${lit}');
          const { readNarrative } = await import('${modules}narrative.ts');
          const { narrativeView } = await import('${modules}narrative-view.ts');
          const main = document.querySelector('main');
          render(narrativeView(readNarrative(${JSON.stringify(hostile).replaceAll('<', '\\u003c')})), main);
          const root = main.querySelector('div').shadowRoot;
          root.querySelector('p').click();
          root.querySelector('a').click();
          const italics = getComputedStyle(root.querySelector('[part=note]')).fontStyle;
          window.heard = { words: root.textContent, style: root.querySelector('p').style.margin, italics };
        } catch (error) {
          window.heard = { words: String(error) };
        }
      </script>`;
    document.body.append(frame);
    const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));
    const page: (Window & { heard?: Heard; violations?: string[] }) | null = frame.contentWindow;
    try {
      while (!page?.heard) {
        await wait();
      }
      // What is loaded or reported comes a little later.
      await wait();
      await wait();
      return { ...page.heard, violations: page.violations ?? [] };
    } finally {
      frame.remove();
    }
  }

  it('is drawn without a violation, and nothing runs or loads', async () => {
    // By its address: engines differ in what they take for 'self' in a frame without one.
    const here = location.origin;
    const heard = await drawIn(
      `default-src 'none'; base-uri 'none'; script-src 'nonce-n' ${here}; style-src ${here}; connect-src ${here}; ` +
        `img-src ${here} blob: data:; trusted-types lit-html smart-elements; require-trusted-types-for 'script'`,
    );
    expect(heard).to.deep.equal({
      violations: [],
      words: '(image “x” is not loaded)(image at evil.example is not loaded)styledlink',
      style: '4px',
      italics: 'italic',
    });
    expect('hit' in window).to.equal(false);
  });
});
