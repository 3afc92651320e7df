import { patientsOf } from './accounts.mjs';
import { asksForPatient, knownScopes } from './authorization-server.mjs';
import { readForm, redirect, sendPage } from './http.mjs';
import { renderConsent, renderPatientChoice, renderSignIn } from './screens.mjs';

/**
 * The screens between leaving an app and coming back to it: sign in, choose a patient, consent.
 *
 * @param {object} site as for the authorization server, with `tenants`
 * @param {ReturnType<import('./authorization-server.mjs').createAuthorizationServer>} authorization
 */
export function createInteractions(site, authorization) {
  const { provider } = authorization;
  /** The patient that was chosen, by interaction. */
  const chosen = new Map();

  async function describe(request, response) {
    const details = await provider.interactionDetails(request, response);
    const { params, session, uid, prompt } = details;
    const tenant = site.tenantOf(params.aud);
    const account = session && site.accounts.find(session.accountId);
    const isKnownHere = account?.tenant === tenant.id;
    const launch = site.launches.get(params.launch);
    const scopes = knownScopes(params.scope ?? '');
    const patients = isKnownHere ? patientsOf(account, tenant) : [];
    const needsPatient = asksForPatient(scopes, launch?.patient);
    const onlyOne = needsPatient && patients.length === 1 ? patients[0].id : undefined;
    const patientId = launch?.patient ?? chosen.get(uid) ?? onlyOne;
    return {
      details,
      uid,
      tenant,
      scopes,
      launch,
      patients,
      account: isKnownHere ? account : undefined,
      client: params.client_id,
      needsLogin: prompt.name === 'login' || !isKnownHere,
      needsPatient: needsPatient && patientId === undefined,
      patient: tenant.resources.find(
        ({ resourceType, id }) => resourceType === 'Patient' && id === patientId,
      ),
    };
  }

  async function show(request, response, query) {
    const about = await describe(request, response);
    const action = (name) => `/interaction/${about.uid}/${name}`;
    if (about.needsLogin || query.has('other-account')) {
      sendPage(response, 200, renderSignIn({ ...about, action: action('sign-in') }));
    } else if (about.needsPatient) {
      sendPage(response, 200, renderPatientChoice({ ...about, action: action('patient') }));
    } else {
      const otherAccount = `/interaction/${about.uid}?other-account`;
      sendPage(response, 200, renderConsent({ ...about, action: action('consent'), otherAccount }));
    }
  }

  async function signIn(request, response, about, form) {
    if (form.has('cancel')) {
      await deny(request, response);
      return;
    }
    const username = form.get('username') ?? '';
    const account = site.accounts.signIn(about.tenant.id, username, form.get('password') ?? '');
    if (!account) {
      const action = `/interaction/${about.uid}/sign-in`;
      sendPage(response, 401, renderSignIn({ ...about, action, username, wrongPassword: true }));
      return;
    }
    await provider.interactionFinished(request, response, { login: { accountId: account.id } });
  }

  async function choosePatient(response, about, form) {
    const id = form.get('patient');
    if (about.patients.some((patient) => patient.id === id)) {
      chosen.set(about.uid, id);
    }
    redirect(response, `/interaction/${about.uid}`);
  }

  async function consent(request, response, about, form) {
    if (form.get('decision') !== 'allow' || !about.account) {
      await deny(request, response);
      return;
    }
    const { Grant } = provider;
    const grant = new Grant({ accountId: about.account.id, clientId: about.client });
    const allowed = new Set(form.getAll('scope'));
    for (const scope of about.scopes) {
      if (allowed.has(scope)) {
        grant.addOIDCScope(scope);
      } else {
        grant.rejectOIDCScope(scope);
      }
    }
    const grantId = await grant.save();
    authorization.describeGrant(grantId, {
      tenant: about.tenant.id,
      patient: about.patient?.id,
      encounter: about.launch?.encounter,
    });
    site.launches.delete(about.details.params.launch);
    chosen.delete(about.uid);
    await provider.interactionFinished(
      request,
      response,
      { consent: { grantId } },
      { mergeWithLastSubmission: true },
    );
  }

  async function deny(request, response) {
    const result = { error: 'access_denied', error_description: 'Access was not allowed.' };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }

  return async function serve(request, response, url) {
    const [, , , step] = url.pathname.split('/');
    if (request.method === 'GET') {
      await show(request, response, url.searchParams);
      return;
    }
    const form = await readForm(request);
    const about = await describe(request, response);
    const steps = {
      'sign-in': () => signIn(request, response, about, form),
      patient: () => choosePatient(response, about, form),
      consent: () => consent(request, response, about, form),
    };
    await steps[step]?.();
  };
}
