/** Which argument of these functions of oauth4webapi is a text for developers, by its position. */
const textOf = {
  OPE: 0,
  CodedTypeError: 0,
  UnsupportedOperationError: 0,
  OperationProcessingError: 0,
  ResponseBodyError: 0,
  AuthorizationResponseError: 0,
  WWWAuthenticateChallengeError: 0,
  assertString: 1,
  assertNumber: 2,
};

/**
 * A rollup plugin that empties the messages of oauth4webapi's errors in the bundle: nobody sees them, because the kit
 * tells the errors apart by their codes and says what happened in words of its own. It saves a kilobyte.
 */
export const silentLibrary = {
  name: 'silent-library',
  transform(code, id) {
    if (!id.includes('/oauth4webapi/')) {
      return null;
    }
    const texts = [];
    visit(this.parse(code), (node) => {
      const isCall = node.type === 'CallExpression' || node.type === 'NewExpression';
      const text = isCall ? node.arguments[textOf[node.callee.name]] : undefined;
      if (text?.type === 'TemplateLiteral' || (text?.type === 'Literal' && typeof text.value === 'string')) {
        texts.push(text);
      }
    });
    // From the end, so that the positions before stay true.
    texts.sort((a, b) => b.start - a.start);
    const silent = texts.reduce(
      (text, { start, end }) => `${text.slice(0, start)}''${text.slice(end)}`,
      code,
    );
    return { code: silent, map: null };
  },
};

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
