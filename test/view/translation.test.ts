import { expect } from '@open-wc/testing';

import { drawn, said, seenAtOnce, viewOf } from './words-of.js';

/** What stands beside a text, where it is also there in other languages. */
function translated(...translations: readonly [language: string, text: object | string][]): object {
  return {
    extension: translations.map(([valueCode, text]) => ({
      url: 'http://hl7.org/fhir/StructureDefinition/translation',
      extension: [
        { url: 'lang', valueCode },
        { url: 'content', ...(typeof text === 'string' ? { valueString: text } : text) },
      ],
    })),
  };
}

const inEnglish = (text: string): object => translated(['fr', 'en français'], ['en-US', text]);

describe('A translation into the reader’s language stands beside the text:', () => {
  it('of an element of the resource', () => {
    const record = {
      resourceType: 'Observation',
      valueString: 'verhoogd',
      _valueString: inEnglish('raised'),
    };
    expect(said(record, 'Value')).to.deep.equal(['verhoogd (raised)']);
  });

  it('of markdown', () => {
    const content = { valueMarkdown: '**raised**' };
    const record = { resourceType: 'Basic', comment: 'verhoogd', _comment: translated(['en', content]) };
    expect(said(record, 'Comment')).to.deep.equal(['verhoogd (**raised**)']);
  });

  it('of each of several texts', () => {
    const record = {
      resourceType: 'Organization',
      alias: ['Huis', 'Kliniek', 'Zaal'],
      _alias: [inEnglish('House'), null, inEnglish('Ward')],
    };
    expect(said(record, 'Alias')).to.deep.equal(['Huis (House)', 'Kliniek', 'Zaal (Ward)']);
  });

  it('of the title', () => {
    const title = { title: 'Zorgplan', _title: inEnglish('Care plan') };
    expect(viewOf({ resourceType: 'CarePlan', ...title }).title).to.equal('Zorgplan (Care plan)');
    expect(seenAtOnce({ resourceType: 'Composition', section: [title] })).to.contain('Zorgplan (Care plan)');
  });

  it('of what stands within a part', () => {
    const item = { linkId: '1', text: 'Rookt u?', _text: inEnglish('Do you smoke?') };
    const answer = [{ valueString: 'nee', _valueString: inEnglish('no') }];
    const words = seenAtOnce({ resourceType: 'QuestionnaireResponse', item: [{ ...item, answer }] });
    expect(words).to.contain('Rookt u? (Do you smoke?): nee (no)');
  });

  it('of a text within a data type, and of one of a list in it', () => {
    const code = { coding: [{ display: 'Bloeddruk', _display: inEnglish('Blood pressure') }] };
    expect(viewOf({ resourceType: 'Observation', code }).title).to.equal('Bloeddruk (Blood pressure)');
    const address = { line: ['Straat 1', 'Kelder'], _line: [null, inEnglish('Basement')] };
    expect(said({ resourceType: 'Location', address }, 'Address')).to.deep.equal([
      'Straat 1, Kelder (Basement)',
    ]);
  });

  it('of the very language where there is one, else of any kind of it', () => {
    const comment = 'verhoogd';
    for (const [first, second, shown] of [
      ['en-US', 'en-GB', 'second'],
      ['EN-GB', 'en', 'first'],
      ['en', 'en-US', 'first'],
      ['de', 'en-AU', 'second'],
    ] as const) {
      const _comment = translated([first, 'first'], [second, 'second']);
      expect(said({ resourceType: 'Basic', comment, _comment }, 'Comment')).to.deep.equal([
        `${comment} (${shown})`,
      ]);
    }
  });

  it('once, where it says the same', () => {
    const record = { resourceType: 'Basic', comment: 'insuline', _comment: inEnglish('insuline') };
    expect(said(record, 'Comment')).to.deep.equal(['insuline']);
  });
});

describe('A translation into another language', () => {
  it('is left to the details', () => {
    const record = { resourceType: 'Basic', comment: 'verhoogd', _comment: translated(['fr', 'élevé']) };
    expect(said(record, 'Comment')).to.deep.equal(['verhoogd']);
    expect(drawn(record).textContent).to.contain('élevé');
  });

  it('that does not say which is no translation', () => {
    const record = { resourceType: 'Basic', comment: 'verhoogd', _comment: translated(['', 'raised']) };
    expect(said(record, 'Comment')).to.deep.equal(['verhoogd']);
  });
});
