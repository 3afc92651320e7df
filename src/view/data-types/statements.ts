import { join, type Say } from './wording.js';

export const sayAnnotation: Say = (value) => {
  const author = value.first('authorString', 'authorReference');
  return join(' — ', value.part('text'), join(', ', author, value.part('time')));
};

/** Who signed, and when. What the signature is made of is no text for anybody. */
export const saySignature: Say = (value) => {
  const who = value.part('who');
  const when = value.part('when');
  if (!who || !when) {
    return undefined;
  }
  const behalf = value.part('onBehalfOf');
  const data = value.text('data');
  if (data) {
    value.taker.mark(value.node, 'data');
  }
  return join(
    ', ',
    `Signed by ${who}`,
    behalf && `on behalf of ${behalf}`,
    when,
    value.part('type'),
    data && 'its data are not shown',
  );
};

export const sayRelatedArtifact: Say = (value) => {
  const type = value.text('type') && value.part('type');
  const what =
    type &&
    join(
      '; ',
      value.first('display', 'label'),
      value.part('citation'),
      value.part('document'),
      value.first('url', 'resource', 'resourceReference'),
    );
  return what && `${type}: ${what}`;
};

export const sayExpression: Say = (value) => {
  const rule = value.first('expression', 'reference');
  const language = rule && value.part('language');
  return rule && join(' ', join(': ', value.first('description', 'name'), rule), language && `(${language})`);
};
