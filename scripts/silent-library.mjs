/** Which argument of these functions of oauth4webapi is a text for developers, by its position. */
const textOf = {
  OPE: 0,
  CodedTypeError: 0,
  UnsupportedOperationError: 0,
  ResponseBodyError: 0,
  AuthorizationResponseError: 0,
  WWWAuthenticateChallengeError: 0,
  assertString: 1,
  assertNumber: 2,
};

/** Which argument is what the error was about. The kit never reads it (it may hold a token), but for two members of it. */
const causeOf = { OPE: 2, CodedTypeError: 2, UnsupportedOperationError: 1, assertString: 3, assertNumber: 4 };
const readOfCauses = ['claim', 'reason'];

/**
 * What is never reached: answers come to the library as plain JSON, without a `WWW-Authenticate` header, and nothing here
 * is bound by DPoP.
 */
const unreached = ['parseWwwAuthenticateChallenges', 'assertDPoP'];

/**
 * A rollup plugin that takes out of the bundle what oauth4webapi has for developers: the messages of its errors and what
 * they carry. Nobody sees them, because the kit tells the errors apart by their codes and says what happened in words of
 * its own. It saves more than a kilobyte, and not one check.
 *
 * Fails where the library no longer has what is named here.
 */
export const silentLibrary = {
  name: 'silent-library',
  transform(code, id) {
    if (!id.includes('/oauth4webapi/')) {
      return null;
    }
    const edits = [];
    const seen = new Set();
    visit(this.parse(code), (node) => {
      if (node.type === 'CallExpression' || node.type === 'NewExpression') {
        const name = node.callee.name;
        const text = node.arguments[textOf[name]];
        const cause = node.arguments[causeOf[name]];
        if (
          text?.type === 'TemplateLiteral' ||
          (text?.type === 'Literal' && typeof text.value === 'string')
        ) {
          seen.add(name);
          edits.push({ start: text.start, end: text.end, text: "''" });
        }
        if (cause && isIdle(cause)) {
          edits.push({ start: cause.start, end: cause.end, text: 'undefined' });
        }
      } else if (node.type === 'FunctionDeclaration' && unreached.includes(node.id?.name)) {
        seen.add(node.id.name);
        edits.push({ start: node.body.start, end: node.body.end, text: '{}' });
      }
    });
    for (const name of [...Object.keys(textOf), ...unreached]) {
      if (!seen.has(name)) {
        this.error(`oauth4webapi no longer has ${name} as it was.`);
      }
    }
    return { code: withEdits(code, edits), map: null };
  },
};

/** Whether nothing of a cause is ever read, so that it can go. */
function isIdle(cause) {
  return (
    cause.type === 'Identifier' ||
    (cause.type === 'ObjectExpression' &&
      !cause.properties.some(({ key }) => key && readOfCauses.includes(key.name)))
  );
}

/** Applies edits from the end, so that the positions before stay true; what lies within another edit goes with it. */
function withEdits(code, edits) {
  const outer = edits.filter(
    (edit) => !edits.some((other) => other !== edit && other.start <= edit.start && edit.end <= other.end),
  );
  return outer
    .sort((a, b) => b.start - a.start)
    .reduce((all, { start, end, text }) => all.slice(0, start) + text + all.slice(end), code);
}

function visit(node, see) {
  if (Array.isArray(node)) {
    for (const item of node) {
      visit(item, see);
    }
  } else if (typeof node?.type === 'string') {
    see(node);
    for (const value of Object.values(node)) {
      visit(value, see);
    }
  }
}
