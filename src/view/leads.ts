/** How a part of a resource without words of its own is told. */
export interface Lead {
  /** What it is called by: the question, the role, the test. */
  readonly name: readonly string[];
  /** What it says of that: the answer, the person, the result. */
  readonly says: readonly string[];
}

/**
 * By the name of the element, which means the same in nearly every type; where it does not, the members decide: those
 * that are not there say nothing. Whatever is not named here follows, member by member.
 */
const leads: Readonly<Record<string, Lead>> = Object.fromEntries(
  `activity |plannedActivityReference
adjudication category|amount value reason
agent type role|who
answer |value
attester mode|party time
benefitBalance category|
careTeam role|provider
class type|value name
communication language|
component code|value dataAbsentReason interpretation
condition code|
contact relationship purpose|name telecom
content |attachment
costToBeneficiary type|value
dateCriterion code|value
detail productOrService service code description|
deviceName type|name
diagnosis type use|diagnosis condition
entity role|what
entry |item
event code|
evidence code|
financial type|allowed used
group title text|
ingredient item|strength amount
insurance |coverage
issue severity|details diagnostics
item text productOrService service|answer
location |location
measure code|
participant role type function|member individual actor
payee type|party
payment type|amount
performer function role|actor
practitioner role|actor
practitionerRole role|managingOrganization organization
procedure type|procedure
processing procedure description|
property type|value
qualification code|
question text|answer
reaction manifestation severity|
reason use|value
recommendation vaccineCode targetDisease|forecastStatus
related type|target
relatesTo code|target
requester |agent
stage summary type|
statusHistory status|period
subDetail productOrService service|
supportingInfo category code|value timing
suspectEntity |instance
target measure|detail
total category|amount
udiCarrier |carrierHRF deviceIdentifier`
    .split('\n')
    .map((line) => {
      const [, element = '', name = '', says = ''] = /^(\w+) (.*)\|(.*)$/.exec(line) ?? [];
      return [element, { name: split(name), says: split(says) }];
    }),
);

function split(words: string): readonly string[] {
  return words ? words.split(' ') : [];
}

const none: Lead = { name: [], says: [] };

/** What stands within its like, as questions do within questions, needs no heading between. */
const seamless: Readonly<Record<string, readonly string[]>> = {
  activity: ['Detail'],
  answer: ['Item', 'Group'],
  group: ['Group', 'Question'],
  item: ['Item', 'Answer'],
  question: ['Answer', 'Group'],
};

/** Whether a heading is left out within an element. */
export function isSeamless(element: string, label: string): boolean {
  return Object.hasOwn(seamless, element) && seamless[element]?.includes(label) === true;
}

export function leadOf(element: string): Lead {
  return (Object.hasOwn(leads, element) ? leads[element] : undefined) ?? none;
}
