/** The one state that every element has which shows data. Each is a different thing to see, hear and style. */
export type DataState =
  /** Needs a session. */
  | 'signed-out'
  /** Asked, not answered. */
  | 'loading'
  /** All of what was asked for. */
  | 'ready'
  /** The server answered with nothing. */
  | 'empty'
  /** Some of it. */
  | 'partial'
  /** Shown from before; could not be brought up to date. */
  | 'stale'
  /** 401 after renewal, 403, or a scope that was not granted. */
  | 'denied'
  /** 404. */
  | 'not-found'
  /** 410. */
  | 'gone'
  /** Anything else that failed. */
  | 'error'
  /** Must not be shown as it is. */
  | 'refused';
