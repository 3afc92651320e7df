/** What asks for a form, and not for other records. */
const ofForm = /^_(?:format|pretty|count|total)$/;

/**
 * The parameters of a search that a server has not heeded (FHIR, Search, “Server Conformance”: the `self` link holds
 * those that it has; whoever uses what was found has to look).
 *
 * @param asked - the URL that was asked for.
 * @param self - the link, as the server wrote it: its host, its order and its values may be other ones.
 * @returns names as they were asked for; undefined where the link does not say.
 */
export function ignoredParameters(asked: string, self: string | undefined): readonly string[] | undefined {
  if (self === undefined) {
    return undefined;
  }
  const names = namesIn(asked).filter((name) => !ofForm.test(name));
  const heeded = namesIn(self).map(comparable);
  const left = [...heeded];
  const ignored = names.filter((name) => {
    const at = left.indexOf(comparable(name));
    left.splice(at, at < 0 ? 0 : 1);
    return at < 0;
  });
  // Some servers write nothing but the number of a page: of that, nothing follows.
  const isOpaque = ignored.length === names.length && heeded.some((name) => !ofForm.test(name));
  return isOpaque && names.length > 0 ? undefined : [...new Set(ignored)];
}

function namesIn(url: string): readonly string[] {
  const query = /\?([^#]*)/.exec(url)?.[1] ?? '';
  return [...new URLSearchParams(query).keys()];
}

/** `subject:Patient` and `patient` ask for the same. Other modifiers count: what is not `:exact` is more. */
function comparable(name: string): string {
  return name.replace(/:[A-Z]\w*/, '').replace(/^subject(?=$|[.:])/, 'patient');
}
