import { define } from '../../ui/define.js';
import { SmartSessionStatusElement } from './smart-session-status-element.js';

define('smart-session-status', SmartSessionStatusElement);

declare global {
  interface HTMLElementTagNameMap {
    'smart-session-status': SmartSessionStatusElement;
  }
}
