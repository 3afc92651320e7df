import type { ReactiveController, ReactiveControllerHost } from 'lit';

const onSeen = new WeakMap<Element, (isSeen: boolean) => void>();
let observer: IntersectionObserver | undefined;
let count = 0;
/** More than that on one page, and most of them are out of sight. */
const few = 3;

function observerOfAll(): IntersectionObserver {
  return (observer ??= new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      onSeen.get(target)?.(isIntersecting);
    }
  }));
}

/** Knows whether an element is where a person sees it. The browser tells so within a frame, and whenever that changes. */
export class Sighting implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #onSeen: () => void;
  isSeen = false;

  /** @param onSeen called when it comes into view. */
  constructor(host: ReactiveControllerHost & Element, onSeen: () => void) {
    this.#host = host;
    this.#onSeen = onSeen;
    host.addController(this);
  }

  /** Whether the page has so many of these elements that it is worth while to tell which are seen. */
  static get areMany(): boolean {
    return count > few;
  }

  hostConnected(): void {
    count++;
    onSeen.set(this.#host, (isSeen) => {
      this.isSeen = isSeen;
      if (isSeen) {
        this.#onSeen();
      }
    });
    observerOfAll().observe(this.#host);
  }

  hostDisconnected(): void {
    count--;
    observerOfAll().unobserve(this.#host);
  }
}
