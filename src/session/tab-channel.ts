let channel: BroadcastChannel | undefined;

/** The one channel between the tabs of this site. Opened at its first use. */
export function tabChannel(): BroadcastChannel {
  return (channel ??= new BroadcastChannel('smart-elements'));
}
