/**
 * The script of `smart-callback.html`, a page that can stand as the redirect URI where the app itself cannot: it takes the
 * answer of the authorization server to the page that the person left from, and knows no setting of the app.
 */
import { createBrowserHost } from './session/browser-host.js';
import { placeLeftFrom } from './session/captured-callback.js';
import { handOver } from './session/hand-over.js';
import type { Host } from './session/host.js';
import { readCallback, withoutCallback, type Callback } from './smart/callback.js';

async function deliver(host: Host, callback: Callback): Promise<'completed' | 'nobody'> {
  host.showUrl(withoutCallback(host.pageUrl()));
  const leftFrom = placeLeftFrom(host, callback.state);
  if (leftFrom?.origin === location.origin) {
    // What the place has of its own by these names gives way: of two codes none would count.
    const place = new URL(withoutCallback(leftFrom.href));
    for (const [name, value] of callback.parameters) {
      place.searchParams.append(name, value);
    }
    host.replacePage(place.href);
    return 'completed';
  }
  return (await handOver(host, callback)) ? 'completed' : 'nobody';
}

function show(outcome: string): void {
  for (const element of document.querySelectorAll<HTMLElement>('[data-when]')) {
    element.hidden = element.dataset['when'] !== outcome;
  }
}

const host = createBrowserHost();
const callback = readCallback(host.pageUrl());
show('waiting');
(callback ? deliver(host, callback) : Promise.resolve('nobody')).then(show, () => {
  show('nobody');
});
