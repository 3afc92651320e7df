let channel: BroadcastChannel | undefined;
let isRefused = false;

/** The one channel between the tabs of this site, opened at its first use. Undefined where the browser refuses it. */
export function tabChannel(): BroadcastChannel | undefined {
  try {
    channel ??= isRefused ? undefined : new BroadcastChannel('smart-elements');
  } catch {
    isRefused = true;
  }
  return channel;
}
