/**
 * Leaves the page by a form, for requests that are too long for an address (SMART-30). A page with a
 * Content-Security-Policy must list the server in `form-action`.
 *
 * @param endpoint where to; a query that it has stays there, but for what the request says itself (SMART-31).
 * @param url the endpoint with the whole request in its query.
 * @param target the name of a window, or `_self`.
 */
export function postTo(endpoint: string, url: string, target: string): void {
  const action = new URL(endpoint);
  const wanted = new URL(url).searchParams;
  const fields: HTMLInputElement[] = [];
  for (const name of new Set(wanted.keys())) {
    const values = wanted.getAll(name);
    if (values.join('\n') !== action.searchParams.getAll(name).join('\n')) {
      action.searchParams.delete(name);
      fields.push(...values.map((value) => fieldOf(name, value)));
    }
  }
  const form = document.createElement('form');
  form.method = 'post';
  form.action = action.href;
  form.target = target;
  form.hidden = true;
  // From here on a field may stand in the way of a member of the form that has its name, such as “submit”.
  form.append(...fields);
  document.body.append(form);
  HTMLFormElement.prototype.submit.call(form);
  document.body.removeChild(form);
}

function fieldOf(name: string, value: string): HTMLInputElement {
  const field = document.createElement('input');
  field.type = 'hidden';
  field.name = name;
  field.value = value;
  return field;
}
