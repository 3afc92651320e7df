/** A page of a React application that shows resources, each in a boundary of its own. */
import { Component, createElement, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { flushSync } from 'react-dom';

class Boundary extends Component {
  state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  render() {
    return this.state.hasFailed ? createElement('p', { className: 'failed' }) : this.props.children;
  }
}

/**
 * @param toElement makes a React element of a resource
 * @param around makes a React element of the application from what is in it
 */
export function reactList(toElement, around = (content) => content) {
  let host;
  let setItems;
  let lastKey = 0;

  function List() {
    const [items, set] = useState([]);
    setItems = set;
    return items.map(({ key, resource }) =>
      createElement('div', { key, className: 'item' }, createElement(Boundary, null, toElement(resource))),
    );
  }

  return {
    setUp(element) {
      host = element;
      flushSync(() => createRoot(host).render(around(createElement(List))));
    },
    show(texts) {
      const items = texts.map((text) => ({ key: ++lastKey, resource: JSON.parse(text) }));
      // At once, and not when React's scheduler comes to it.
      flushSync(() => setItems(items));
    },
    isShown: () => !host.querySelector('.item:empty'),
    countFailed: () => host.querySelectorAll('.failed').length,
    clear: () => flushSync(() => setItems([])),
  };
}
