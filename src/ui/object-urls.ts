/** Object URLs that belong together and end together: each keeps its bytes in memory until it is revoked. */
export class ObjectUrls {
  readonly #made = new Set<string>();

  /** @param type - what the bytes are known to be. It must never be HTML or SVG: such a URL would run in the page's origin. */
  make(bytes: Uint8Array<ArrayBuffer>, type: string): string {
    const url = URL.createObjectURL(new Blob([bytes], { type }));
    this.#made.add(url);
    return url;
  }

  revokeAll(): void {
    for (const url of this.#made) {
      URL.revokeObjectURL(url);
    }
    this.#made.clear();
  }
}
