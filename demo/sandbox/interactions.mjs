import { patientsOf } from './accounts.mjs';
import { formTargetOf, readForm, redirect, sendPage } from './http.mjs';
import { knownScopes, needPatient } from './scopes.mjs';
import { rewritten } from './switches.mjs';
import { renderConsent, renderFailure, renderPatientChoice, renderSignIn } from './screens.mjs';

/**
 * The screens between leaving an app and coming back to it: sign in, choose a patient, consent.
 *
 * @param {object} site as for the authorization server, with `tenants`
 * @param {ReturnType<import('./authorization-server.mjs').createAuthorizationServer>} authorization
 */
export function createInteractions(site, authorization) {
  const { provider } = authorization;
  const { launches, chosenPatients: chosen } = site.state;

  /** Everything that is known about a sign-in so far. */
  async function describe(request, response) {
    const interaction = await provider.interactionDetails(request, response);
    const { params, session, uid, prompt } = interaction;
    const tenant = site.tenantOf(params.aud);
    const signedIn = session && site.accounts.find(session.accountId);
    const account = signedIn?.tenant === tenant.id ? signedIn : undefined;
    const scopes = knownScopes(params.scope ?? '');
    // Without the scope `launch`, what the EHR knows is not asked for.
    const launch = scopes.includes('launch') ? launches.get(params.launch) : undefined;
    const patients = account ? patientsOf(account, tenant) : [];
    const onlyOne = patients.length === 1 ? patients[0].id : undefined;
    const patientId = launch?.patient ?? (needPatient(scopes) ? (chosen.get(uid) ?? onlyOne) : undefined);
    const patient = patients.find(({ id }) => id === patientId);
    return {
      interaction,
      uid,
      params,
      tenant,
      account,
      scopes,
      launch,
      patients,
      patient,
      client: params.client_id,
      app: formTargetOf(params.redirect_uri),
      needsLogin: prompt.name === 'login' || !account,
      isForeignRecord: Boolean(account && launch?.patient && !patient),
      needsPatient: needPatient(scopes) && !patient,
    };
  }

  async function show(request, response, query) {
    const about = await describe(request, response);
    const action = (name) => `${site.prefix()}/interaction/${about.uid}/${name}`;
    if (about.needsLogin || about.isForeignRecord || query.has('other-account')) {
      const problem = about.isForeignRecord ? 'foreign-record' : undefined;
      sendPage(response, 200, renderSignIn({ ...about, problem, action: action('sign-in') }), about.app);
    } else if (about.needsPatient) {
      sendPage(response, 200, renderPatientChoice({ ...about, action: action('patient') }), about.app);
    } else {
      const otherAccount = `${site.prefix()}/interaction/${about.uid}?other-account`;
      const html = renderConsent({ ...about, action: action('consent'), otherAccount });
      sendPage(response, 200, html, about.app);
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
      const action = `${site.prefix()}/interaction/${about.uid}/sign-in`;
      const html = renderSignIn({ ...about, action, username, problem: 'wrong-password' });
      // 200, and not 401: that needs a challenge (RFC 9110 §15.5.2), and browsers keep only good pages for Back.
      sendPage(response, 200, html, about.app);
      return;
    }
    const { accountId = account.id } = about.interaction.session ?? {};
    if (accountId !== account.id) {
      await authorization.signOut(about.interaction);
    }
    await provider.interactionFinished(request, response, { login: { accountId: account.id } });
  }

  async function choosePatient(response, about, form) {
    const id = form.get('patient');
    if (about.patients.some((patient) => patient.id === id)) {
      chosen.set(about.uid, id);
    }
    redirect(response, `${site.prefix()}/interaction/${about.uid}`);
  }

  async function consent(request, response, about, form) {
    if (form.get('decision') !== 'allow') {
      await deny(request, response);
      return;
    }
    if (about.needsLogin || about.isForeignRecord || about.needsPatient) {
      redirect(response, `${site.prefix()}/interaction/${about.uid}`);
      return;
    }
    const { Grant } = provider;
    const grant = new Grant({ accountId: about.account.id, clientId: about.client });
    const ticked = about.scopes.filter((scope) => form.getAll('scope').includes(scope));
    const allowed = rewritten(site.switches, 'grant', ticked, { base: site.base() });
    for (const scope of about.scopes) {
      if (allowed.includes(scope)) {
        grant.addOIDCScope(scope);
      } else {
        grant.rejectOIDCScope(scope);
      }
    }
    const grantId = await grant.save();
    authorization.describeGrant(grantId, {
      tenant: about.tenant.id,
      outlastsSession: allowed.includes('offline_access'),
      ...launchContext(about, allowed),
    });
    launches.delete(about.params.launch);
    chosen.delete(about.uid);
    const result = { consent: { grantId } };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true });
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
    const take = steps[step] ?? (() => sendPage(response, 404, renderFailure('not_found')));
    await take();
  };
}

/** What an app is told of the place it was opened at, as far as the person allowed it. */
function launchContext({ launch, patient, tenant }, allowed) {
  const fromLaunch = allowed.includes('launch') ? launch : undefined;
  const patientId = needPatient(allowed) || fromLaunch?.patient ? patient?.id : undefined;
  const wantsEncounter = patientId !== undefined && allowed.includes('launch/encounter');
  return {
    patient: patientId,
    encounter: fromLaunch?.encounter ?? (wantsEncounter ? latestEncounter(tenant, patientId) : undefined),
  };
}

function latestEncounter({ resources }, patientId) {
  const begun = resources
    .filter(
      ({ resourceType, subject }) =>
        resourceType === 'Encounter' && subject?.reference === `Patient/${patientId}`,
    )
    .filter(({ status }) => status === 'in-progress' || status === 'finished')
    .sort((one, other) => (one.period?.start ?? '').localeCompare(other.period?.start ?? ''));
  return begun.at(-1)?.id;
}
