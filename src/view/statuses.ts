/** What a status means for whoever reads the record: `!` before what would mislead if it were not known. */
const meanings: Readonly<Record<string, string>> = {
  abandoned: '!This was given up.',
  aborted: '!This was broken off.',
  amended: 'This was changed after it was first released.',
  appended: 'Something was added after it was first released.',
  cancelled: '!This was called off.',
  contraindicated: '!This should not be given.',
  corrected: 'A mistake in it was put right after it was first released.',
  declined: '!This was turned down.',
  deprecated: '!This is not to be used any more.',
  differential: '!This is one of several possible diagnoses.',
  discontinued: '!This was ended early.',
  draft: '!This is not finished, and not in effect.',
  failed: '!This did not succeed.',
  'health-unknown': 'Nothing is known of the health of this relative.',
  inactive: '!This is not in use, or no longer present.',
  intended: 'This is meant to be done later.',
  noshow: '!The patient did not come.',
  'not-taken': '!The patient did not take this.',
  'on-hold': '!This is paused for now.',
  onhold: '!This is paused for now.',
  partial: 'This is not complete.',
  pending: 'This is not settled yet.',
  planned: 'This has not taken place yet.',
  preliminary: '!The result may still change.',
  preparation: 'This has not taken place yet.',
  proposed: 'This is only proposed.',
  provisional: '!This diagnosis is not certain yet.',
  registered: 'There is no result yet.',
  rejected: '!This was turned down.',
  relapse: 'This has come back.',
  remission: 'There are no signs of it at present.',
  resolved: 'This is over.',
  retired: '!This is not to be used any more.',
  revoked: '!This was withdrawn.',
  stopped: '!This was ended before it was completed.',
  superseded: '!A newer version takes its place.',
  suspended: '!This is paused for now.',
  terminated: '!This was ended.',
  unavailable: '!This is not available.',
  unconfirmed: '!This is not certain.',
  unknown: 'Nobody knows what state this is in.',
  withdrawn: '!This was withdrawn.',
};

/** A status that takes nothing away from what the record says needs no notice. */
const plain =
  /^(?:active|current|final|completed?|finished|in-progress|arrived|triaged|confirmed|available|booked|checked-in|fulfilled|accepted|ready|free|busy|success|mitigated|on|attested|validated|valid|balanced|issued|executed|recorded|order|plan|proposal|option|instance-order|original-order|reflex-order|filler-order|achieved|snapshot|immune)$/;

export interface StatusMeaning {
  readonly isWarning: boolean;
  readonly sentence: string;
}

/** What is to be known of a status; undefined where it needs no notice. */
export function meaningOf(code: string): StatusMeaning | undefined {
  if (plain.test(code)) {
    return undefined;
  }
  const meaning = (Object.hasOwn(meanings, code) && meanings[code]) || '';
  return { isWarning: meaning.startsWith('!'), sentence: meaning.replace('!', '') };
}
