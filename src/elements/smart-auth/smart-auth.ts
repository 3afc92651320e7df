import { captureCallback } from '../../session/captured-callback.js';
import { define } from '../../ui/define.js';
import { pageHost } from './page-host.js';
import { SmartAuthElement } from './smart-auth-element.js';

// Now, and not when an element starts: a router that runs in between would see, or lose, the code in the address bar.
// On a server there is neither.
if ('document' in globalThis) {
  captureCallback(pageHost());
}
define('smart-auth', SmartAuthElement);

declare global {
  interface HTMLElementTagNameMap {
    'smart-auth': SmartAuthElement;
  }
}
