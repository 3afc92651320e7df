import { expect } from '@open-wc/testing';

describe('Attachments in a page with the policy that a page may have', () => {
  const modules = new URL('../../src/ui/', import.meta.url).href;
  const lit = new URL('../../node_modules/lit/index.js', import.meta.url).href;
  const here = location.origin;
  // By its address: engines differ in what they take for 'self' in a frame without one.
  const policy =
    `default-src 'none'; base-uri 'none'; script-src 'nonce-n' ${here}; style-src ${here}; connect-src ${here}; ` +
    `img-src ${here} blob: data:; frame-src blob:; trusted-types lit-html smart-elements; require-trusted-types-for 'script'`;

  const hostile =
    '<script>parent.hit = 1</script><style>p { color: red }</style><p style="color: red" onclick="parent.hit = 1">styled' +
    '<img src="https://evil.example/x.gif" onerror="parent.hit = 1"><iframe srcdoc="x"></iframe><form action="https://evil.example">';
  const attachments = [
    ['text/html', hostile],
    ['text/plain', hostile],
    ['application/pdf', `%PDF-1.7 ${hostile}`],
    [
      'image/svg+xml',
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="parent.hit = 1"><script>parent.hit = 1</script></svg>',
    ],
    [
      'text/xml',
      `<ClinicalDocument><component><structuredBody><component><section><text><content style="color:red" onclick="parent.hit=1">coded</content></text></section></component></structuredBody></component></ClinicalDocument>`,
    ],
    ['image/png', hostile],
  ].map(([contentType, content = '']) => ({ contentType, data: btoa(content) }));

  interface Heard {
    readonly violations?: readonly string[];
    readonly words?: string;
    readonly drawing?: number;
  }

  async function drawn(): Promise<Heard> {
    const frame = document.createElement('iframe');
    frame.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><main></main>
      <script type="module" nonce="n">
        const violations = [];
        document.addEventListener('securitypolicyviolation', (event) =>
          violations.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample));
        const tell = (heard) => parent.postMessage({ violations, ...heard });
        try {
          const { render, html } = await import('${lit}');
          const { attachmentView } = await import('${modules}attachment-view.ts');
          const main = document.querySelector('main');
          const attachments = ${JSON.stringify(attachments)};
          render(html\`\${attachments.map((one) => attachmentView(one))}\`, main);
          for (const button of main.querySelectorAll('button')) { button.click(); }
          while (main.querySelectorAll('a[download]').length < attachments.length) {
            await new Promise((resolve) => setTimeout(resolve, 10));
          }
          await main.querySelector('img').decode();
          const narrative = main.querySelector('[part=narrative]').shadowRoot.textContent;
          tell({ words: narrative + main.querySelector('[part=document] section').textContent, drawing: main.querySelector('img').naturalWidth });
        } catch (error) {
          tell({ words: String(error) });
        }
      </script>`;
    const heard = new Promise<Heard>((resolve) => {
      addEventListener('message', function hear({ source, data }: MessageEvent<Heard>) {
        if (source === frame.contentWindow && data.violations) {
          removeEventListener('message', hear);
          resolve(data);
        }
      });
    });
    document.body.append(frame);
    try {
      return await heard;
    } finally {
      frame.remove();
    }
  }

  it('are drawn without a violation, and nothing runs or loads', async () => {
    expect(await drawn()).to.deep.equal({
      violations: [],
      words: 'styled(image at evil.example is not loaded)' + 'Section without a title' + 'coded',
      drawing: 9,
    });
    expect('hit' in window).to.equal(false);
  });
});
