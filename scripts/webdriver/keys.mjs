/** Named keys: the code point of W3C WebDriver, and for Chromium the virtual key code and the text that it types. */
const named = {
  Backspace: ['\uE003', 8],
  Tab: ['\uE004', 9],
  Enter: ['\uE007', 13, '\r'],
  Escape: ['\uE00C', 27],
  Space: [' ', 32, ' '],
  PageUp: ['\uE00E', 33],
  PageDown: ['\uE00F', 34],
  End: ['\uE010', 35],
  Home: ['\uE011', 36],
  ArrowLeft: ['\uE012', 37],
  ArrowUp: ['\uE013', 38],
  ArrowRight: ['\uE014', 39],
  ArrowDown: ['\uE015', 40],
  Delete: ['\uE017', 46],
};

/** Bits as the DevTools protocol has them. */
const modifiers = {
  Alt: ['\uE00A', 18, 1],
  Control: ['\uE009', 17, 2],
  Meta: ['\uE03D', 91, 4],
  Shift: ['\uE008', 16, 8],
};

/**
 * Reads `Enter`, `Shift+Tab` or a single character.
 *
 * @returns `{ key, codePoint, keyCode, text, modifiers: [{ key, codePoint, keyCode, bit }] }`
 */
export function parseKey(name) {
  const parts = name === '+' ? ['+'] : name.split('+');
  const last = parts.pop();
  const held = parts.map((part) => {
    if (!modifiers[part]) {
      throw new Error(`No such modifier key: ${part}.`);
    }
    const [codePoint, keyCode, bit] = modifiers[part];
    return { key: part, codePoint, keyCode, bit };
  });
  return { ...readKey(last), modifiers: held };
}

function readKey(name) {
  if (named[name]) {
    const [codePoint, keyCode, text] = named[name];
    return { key: name === 'Space' ? ' ' : name, code: name, codePoint, keyCode, text };
  }
  if ([...name].length !== 1) {
    throw new Error(`No such key: ${name}. Named are ${Object.keys(named).join(', ')}.`);
  }
  const upper = name.toUpperCase();
  const keyCode = /^[A-Z0-9]$/.test(upper) ? upper.charCodeAt(0) : 0;
  return {
    key: name,
    code: /^[A-Z]$/.test(upper) ? `Key${upper}` : '',
    codePoint: name,
    keyCode,
    text: name,
  };
}
