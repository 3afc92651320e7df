import { define } from '../../ui/define.js';
import { SmartLoginButtonElement } from './smart-login-button-element.js';

define('smart-login-button', SmartLoginButtonElement);

declare global {
  interface HTMLElementTagNameMap {
    'smart-login-button': SmartLoginButtonElement;
  }
}
