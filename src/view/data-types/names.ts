import { isObject, own, textIn } from '../../fhir/resource.js';
import { join, type Say, type Wording } from './wording.js';

export const sayName: Say = (value) => {
  const name =
    value.part('text') ??
    join(' ', ...['prefix', 'given', 'family', 'suffix'].map((key) => value.part(key, ' ')));
  return name && withUse(value, name, /^(?:usual|official)$/);
};

export const sayAddress: Say = (value) => {
  const lines = ['line', 'city', 'district', 'state', 'postalCode', 'country'];
  const address = value.part('text') ?? join(', ', ...lines.map((key) => value.part(key)));
  return address && withUse(value, address);
};

/** Also a ContactPoint, which has the same keys but for the meaning of `system`. */
export const sayIdentifier: Say = (value) => {
  const text = value.text('value') && value.part('value');
  if (!text) {
    return undefined;
  }
  const isContact = /^(?:phone|fax|email|pager|url|sms|other)$/.test(value.text('system') ?? '');
  const kind = value.part(isContact ? 'system' : 'type');
  return withUse(value, kind ? `${kind}: ${text}` : text, /^(?:usual|official)$/);
};

/** The use is part of the meaning: nobody should take an old name or address for the present one. */
function withUse(value: Wording, words: string, unsaid = /^$/): string {
  const use = unsaid.test(value.text('use') ?? '') ? undefined : value.part('use');
  const period = own(value.node, 'period');
  const end = isObject(period) ? textIn(period, 'end') : undefined;
  const hasEnded = end && end < value.taker.today.slice(0, end.length);
  const more = join(', ', use, hasEnded ? 'no longer in use' : undefined, value.part('period'));
  return more ? `${words} (${more})` : words;
}

export const sayContactDetail: Say = (value) => join('; ', value.part('name'), value.part('telecom', '; '));

/** Not anything else that has a type and a name. */
export const sayContributor: Say = (value) =>
  /^(?:author|editor|reviewer|endorser)$/.test(value.text('type') ?? '') && value.has('name')
    ? join('; ', `${value.part('name')} (${value.part('type')})`, value.part('contact', '; '))
    : undefined;
