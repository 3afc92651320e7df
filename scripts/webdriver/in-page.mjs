/* global document, requestAnimationFrame */
/* These run in the page, each on its own: they see nothing of this module. */

/** What an element is, for whoever looks at it; undefined while it is not there. */
export function describe(path) {
  const element = path
    .split(' >>> ')
    .reduce((root, part) => (root?.shadowRoot ?? root)?.querySelector(part), document);
  if (!element) {
    return undefined;
  }
  const { x, y, width, height } = element.getBoundingClientRect();
  return {
    tag: element.localName,
    text: (element.innerText ?? element.textContent).trim(),
    value: element.value,
    checked: element.checked,
    disabled: element.matches(':disabled'),
    visible: element.checkVisibility({ visibilityProperty: true }) && width > 0 && height > 0,
    rect: { x, y, width, height },
  };
}

/** Where to click an element; undefined until it is there, enabled, at rest and not covered. */
export async function pointOf(path) {
  const find = () =>
    path.split(' >>> ').reduce((root, part) => (root?.shadowRoot ?? root)?.querySelector(part), document);
  const element = find();
  if (!element || element.matches(':disabled')) {
    return undefined;
  }
  element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  const first = element.getBoundingClientRect();
  await new Promise((resolve) => requestAnimationFrame(resolve));
  const { x, y, width, height } = element.getBoundingClientRect();
  if (find() !== element || x !== first.x || y !== first.y || width === 0 || height === 0) {
    return undefined;
  }
  const point = { x: Math.floor(x + width / 2), y: Math.floor(y + height / 2) };
  let hit = document.elementFromPoint(point.x, point.y);
  for (let inner; hit?.shadowRoot; hit = inner) {
    inner = hit.shadowRoot.elementFromPoint(point.x, point.y);
    if (!inner || inner === hit) {
      break;
    }
  }
  // A click on what is inside the element, or on the label that stands for it, is a click on it.
  for (let node = hit; node; node = node.assignedSlot ?? node.parentNode ?? node.host) {
    if (node === element || (node.localName === 'label' && node.control === element)) {
      return point;
    }
  }
  return undefined;
}

/** Puts the focus into a field with its text selected; undefined until that is possible. */
export function focusField(path) {
  const field = path
    .split(' >>> ')
    .reduce((root, part) => (root?.shadowRoot ?? root)?.querySelector(part), document);
  if (!field || field.matches(':disabled')) {
    return undefined;
  }
  field.focus();
  field.select?.();
  return field.getRootNode().activeElement === field;
}
