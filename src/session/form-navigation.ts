/**
 * Leaves the page by a form, for requests that are too long for an address (SMART-30). A page with a
 * Content-Security-Policy must list the server in `form-action`.
 *
 * @param endpoint where to; a query that it has stays there (SMART-31).
 * @param url the endpoint with the whole request in its query.
 */
export function postTo(endpoint: string, url: string): void {
  const own = new URL(endpoint).searchParams;
  const form = document.createElement('form');
  form.method = 'post';
  form.action = endpoint;
  form.hidden = true;
  for (const [name, value] of new URL(url).searchParams) {
    if (!own.has(name)) {
      const field = document.createElement('input');
      field.type = 'hidden';
      field.name = name;
      field.value = value;
      form.append(field);
    }
  }
  document.body.append(form);
  form.submit();
  form.remove();
}
