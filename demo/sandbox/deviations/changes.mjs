/** The ways in which deviations change answers, so that each deviation is one line. */

/** Changes one kind of answer. */
export function change(kind, task) {
  return { rewrite: { [kind]: task } };
}

/** Leaves members out. */
export function without(...names) {
  return (body) => Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));
}

/** Adds members, or gives them another value. */
export function withMembers(members) {
  return (body) => ({ ...body, ...members });
}

/** Changes only what a renewal brings. */
export function onRefresh(task) {
  return (body, about) => (about.grantType === 'refresh_token' ? task(body, about) : body);
}

/** Changes the answer that brings a token. */
export function token(task) {
  return change('token', task);
}

/** Adds members to the answer that brings a token. */
export function members(added) {
  return token(withMembers(added));
}

/** Changes the list of scopes in the answer that brings a token. */
export function withScopes(task) {
  return token((body) => ({
    ...body,
    scope: task((body.scope ?? '').split(' ').filter(Boolean)).join(' '),
  }));
}
