import { randomBytes } from 'node:crypto';

import { redirect, sendPage } from './http.mjs';
import { renderFailure } from './screens.mjs';

/**
 * Plays an EHR that opens an app: `/launch/{tenant}?app=…&patient=…&encounter=…`.
 *
 * @param {{ fhirBase: (tenantId: string) => string, tenants: object[], state: { launches: Map<string, object> } }} site
 * @param {import('node:http').ServerResponse} response
 * @param {URL} url
 */
export function launchApp(site, response, url) {
  const [, , tenantId] = url.pathname.split('/');
  const { app, patient, encounter } = Object.fromEntries(url.searchParams);
  const tenant = site.tenants.find(({ id }) => id === tenantId);
  if (!tenant || !/^https?:/.test(app ?? '') || !URL.canParse(app)) {
    const html = renderFailure(
      'invalid_request',
      'A launch needs an organisation and the address of an app.',
    );
    sendPage(response, 400, html);
    return;
  }
  const { rawLaunch } = site.switches;
  const launch = `${rawLaunch ? 'raw+' : ''}${randomBytes(16).toString('base64url')}`;
  site.state.launches.set(launch, { tenant: tenant.id, patient, encounter });
  const target = new URL(app);
  target.searchParams.set('iss', site.fhirBase(tenant.id));
  target.searchParams.set('launch', launch);
  // Some EHRs put it into the address as it is, and there a plus sign means a space.
  redirect(response, rawLaunch ? target.href.replace('launch=raw%2B', 'launch=raw+') : target.href);
}
