import { expect } from '@open-wc/testing';
import type { ReactiveControllerHost } from 'lit';

import { LazyPart } from '../../src/ui/lazy-part.js';
import { turn } from '../support/settled.js';

/** An element that asks for the part whenever it is drawn. */
function hostOf(part: LazyPart<string>): { draws: (string | undefined)[]; host: ReactiveControllerHost } {
  const draws: (string | undefined)[] = [];
  const host: ReactiveControllerHost = {
    addController: () => undefined,
    removeController: () => undefined,
    requestUpdate: () => void draws.push(part.for(host)),
    updateComplete: Promise.resolve(true),
  };
  host.requestUpdate();
  return { draws, host };
}

describe('A part that comes when it is needed', () => {
  it('comes once for all, and they are drawn again', async () => {
    let loads = 0;
    const part = new LazyPart(() => Promise.resolve(`part ${String(++loads)}`));
    const [one, other] = [hostOf(part), hostOf(part)];
    await turn();
    expect([one.draws, other.draws]).to.deep.equal([
      [undefined, 'part 1'],
      [undefined, 'part 1'],
    ]);
  });

  it('that does not come is said, is not asked for without end, and can come for somebody else', async () => {
    let loads = 0;
    const part = new LazyPart(() =>
      ++loads > 1 ? Promise.resolve('part') : Promise.reject(new TypeError()),
    );
    const { draws, host } = hostOf(part);
    await turn();
    expect(draws, 'drawn again, to say it').to.deep.equal([undefined, undefined]);
    expect(part.error?.code).to.equal('session/part-missing');
    host.requestUpdate();
    await turn();
    expect(loads).to.equal(1);
    const later = hostOf(part);
    await turn();
    expect(later.draws).to.deep.equal([undefined, 'part']);
    expect(part.error).to.equal(undefined);
    host.requestUpdate();
    expect(draws.at(-1)).to.equal('part');
  });
});
