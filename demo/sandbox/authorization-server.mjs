import { pageHeaders } from './http.mjs';
import { launchContext } from './launch-context.mjs';
import { errors, interactionPolicy, Provider, quietly } from './oidc-library.mjs';
import { allScopes } from './scopes.mjs';
import { renderFailure } from './screens.mjs';
import { createSignOut } from './sign-out.mjs';
import { rewritten } from './switches.mjs';
import { changeFind, createTokenEndpoint } from './token-endpoint.mjs';
import { createTokenStore } from './token-store.mjs';

const loopback = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?\//;

function publicClient({ client_id: id, redirect_uris: redirectUris, post_logout_redirect_uris: afterwards }) {
  return {
    client_id: id,
    client_name: id,
    redirect_uris: redirectUris,
    post_logout_redirect_uris: afterwards ?? [],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  };
}

/**
 * The authorization server of all tenants.
 *
 * @param {object} site `{ origin, switches, state, accounts, tenantOf(aud), fhirBase(tenantId), clients, appOrigins }`
 */
export async function createAuthorizationServer(site) {
  const { origin, switches, accounts } = site;
  const { keys, cookieKeys, grants, launches } = site.state;
  const store = createTokenStore(site.state.entries);
  const signOut = createSignOut(site);

  const provider = await quietly(
    async () =>
      new Provider(origin, {
        adapter: store.Adapter,
        clients: [
          publicClient({ client_id: 'demo-app', redirect_uris: [`${origin}/none`] }),
          ...(site.clients ?? []).map(publicClient),
        ],
        jwks: { keys: [keys.rsaJwk] },
        cookies: { keys: cookieKeys },
        scopes: allScopes(),
        claims: { openid: ['sub', 'name'], fhirUser: ['fhirUser'] },
        // The claims belong into the id_token: SMART has no use for a userinfo endpoint.
        conformIdTokenClaims: false,
        findAccount: (_, id) => findAccount(id),
        extraParams: {
          aud: (ctx, aud) => {
            if (!site.tenantOf(aud)) {
              throw new errors.InvalidRequest('aud must be the FHIR base of this server that is to be read');
            }
            refuseScopes(ctx.query.scope ?? ctx.oidc.body?.scope ?? '');
          },
          launch: (ctx, launch) => {
            const tenant = site.tenantOf(ctx.oidc.params.aud);
            if (launch && launches.get(launch)?.tenant !== tenant?.id) {
              throw new errors.InvalidRequest('launch is unknown, was used before, or is of another aud');
            }
          },
        },
        pkce: { required: () => true },
        features: {
          devInteractions: { enabled: false },
          introspection: { enabled: true, allowedPolicy: () => true },
          revocation: { enabled: true, allowedPolicy: () => true },
          rpInitiatedLogout: signOut.feature,
        },
        // SMART wants CORS for every site that an app may be on, on the token endpoint too.
        clientBasedCORS: () => true,
        interactions: {
          policy: interactionPolicy.base(),
          url: (_, { uid }) => `${site.prefix()}/interaction/${uid}`,
        },
        // Each sign-in is a grant of its own, with a patient of its own.
        loadExistingGrant: async (ctx) => {
          const grantId = ctx.oidc.result?.consent?.grantId;
          return grantId ? ctx.oidc.provider.Grant.find(grantId) : undefined;
        },
        issueRefreshToken: async (_, client, source) =>
          switches.refreshTokens &&
          (source.scopes.has('offline_access') || source.scopes.has('online_access')),
        expiresWithSession: async () => false,
        rotateRefreshToken: () => switches.rotate,
        renderError: (ctx, out) => {
          ctx.set(pageHeaders());
          ctx.body = renderFailure(out.error, out.error_description);
        },
        ttl: {
          AccessToken: () => switches.accessTokenLifetime,
          RefreshToken: (_, token) => refreshTokenLifetime(token),
          AuthorizationCode: 60,
          IdToken: 3600,
          Interaction: 3600,
          Session: 12 * 3600,
          Grant: 30 * 24 * 3600,
        },
      }),
  );

  // Apps on this machine come and go on any port.
  for (const name of ['redirectUriAllowed', 'postLogoutRedirectUriAllowed']) {
    const isRegistered = provider.Client.prototype[name];
    provider.Client.prototype[name] = function isAllowed(uri) {
      return (
        isRegistered.call(this, uri) ||
        (this.clientId === 'demo-app' && isAppAddress(uri) && !uri.includes('#'))
      );
    };
  }

  const tokenEndpoint = createTokenEndpoint(provider, site);
  // An access token that was wrapped in something else is still known by its last part.
  changeFind(provider.AccessToken, (find, value) => find(value?.split('.').at(-1)));

  provider.on('end_session.success', ({ oidc: { params, session } }) => {
    if (params.logout) {
      endSession(session);
    }
  });

  /** Ends what was given in a session, but for what `offline_access` gave. */
  function endSession({ uid, accountId }) {
    const ends = (payload) =>
      payload.sessionUid === uid &&
      payload.accountId === accountId &&
      !grants.get(payload.grantId)?.outlastsSession;
    for (const model of ['AccessToken', 'RefreshToken', 'AuthorizationCode']) {
      store.forgetWhere(model, ends);
    }
  }

  function isAppAddress(uri) {
    return loopback.test(uri) || (site.appOrigins ?? []).some((allowed) => uri.startsWith(`${allowed}/`));
  }

  /** @returns seconds. What `online_access` gave ends with the session, however often it was renewed. */
  function refreshTokenLifetime({ scope = '', grantId }) {
    if (scope.split(' ').includes('offline_access')) {
      return switches.refreshTokenLifetime;
    }
    const { startedAt = Date.now() } = grants.get(grantId) ?? {};
    const left = switches.sessionLifetime - Math.floor((Date.now() - startedAt) / 1000);
    return Math.max(1, Math.min(switches.refreshTokenLifetime, left));
  }

  async function findAccount(id) {
    const account = accounts.find(id);
    return (
      account && {
        accountId: id,
        claims: async () => ({
          sub: id,
          name: account.name,
          fhirUser: `${site.fhirBase(account.tenant)}/${account.fhirUser}`,
        }),
      }
    );
  }

  function refuseScopes(scope) {
    const refused = scope.split(' ').find((each) => switches.refuseScope(each));
    if (refused) {
      throw new errors.InvalidScope('the app is not registered for a scope that it asks for', refused);
    }
  }

  provider.use(async (ctx, next) => {
    await next();
    const { oidc } = ctx;
    const about = { base: site.base(), grantType: oidc?.params?.grant_type };
    const answers = {
      token: () => tokenEndpoint.answer(ctx, about),
      jwks: () => {
        ctx.body = rewritten(switches, 'jwks', ctx.body, { ...about, keys, earlier: site.earlier('jwks') });
      },
      introspection: () => {
        const token = oidc.entities.AccessToken ?? oidc.entities.RefreshToken;
        ctx.body = { ...ctx.body, ...(ctx.body.active && launchContext(grants.get(token?.grantId))) };
      },
      discovery: () => {
        const { end_session_endpoint: endSession, ...body } = ctx.body;
        ctx.body = { ...body, ...(switches.endSession && { end_session_endpoint: endSession }) };
      },
      authorization: () => rewriteCallback(ctx, about),
      resume: () => rewriteCallback(ctx, about),
      end_session: () => signOut.answer(ctx),
    };
    await answers[oidc?.route]?.();
  });

  /** Changes what an app is called back with. What stays at this server is left as it is. */
  function rewriteCallback(ctx, about) {
    const location = ctx.response.get('location');
    const url = location && new URL(location, origin);
    if (url && url.origin !== origin) {
      url.search = rewritten(switches, 'callback', url.searchParams, about).toString();
      ctx.set('location', url.href);
    }
  }

  return {
    provider,
    callback: provider.callback(),
    /** Remembers what a grant is about. */
    describeGrant: (grantId, about) => grants.set(grantId, { ...about, startedAt: Date.now() }),
    /** Where renewals are broken off. */
    breaks: tokenEndpoint.breaks,
    /** Signs the person of a browser out, so that somebody else can sign in there. Their grants go on. */
    async signOut(interaction) {
      const session = await provider.Session.findByUid(interaction.session.uid);
      if (session) {
        Object.assign(session, { accountId: undefined, authorizations: undefined });
        await session.persist();
      }
      // The provider refuses an interaction whose person is no longer the one that it began with.
      interaction.session = { ...interaction.session, accountId: undefined };
      await interaction.save(interaction.exp - Math.floor(Date.now() / 1000));
    },
    /** @returns who may do what with the token of an Authorization header. */
    async findAccess(authorization) {
      const [, value] = /^Bearer (.+)$/i.exec(authorization ?? '') ?? [];
      const token = value && (await provider.AccessToken.find(value));
      const about = token && grants.get(token.grantId);
      return about && { ...about, account: accounts.find(token.accountId), scopes: [...token.scopes] };
    },
    /** Every refresh token is refused from now on. */
    forgetRefreshTokens: () => store.forget('RefreshToken'),
    /** Every access token is refused from now on; refresh tokens still work. */
    forgetAccessTokens: () => store.forget('AccessToken'),
    /** Every token is refused from now on. People stay signed in at this server. */
    revokeAll: () => store.forget('AccessToken', 'RefreshToken'),
    /** Every grant has ended, with its tokens and with codes that were not exchanged yet. */
    endGrants: () => store.forget('Grant', 'AccessToken', 'RefreshToken', 'AuthorizationCode'),
    /** Everybody is signed out at this server, and what `online_access` gave ends; `offline_access` goes on. */
    endSessions: () => {
      store.forget('Session');
      store.forgetWhere('RefreshToken', ({ scope = '' }) => !scope.split(' ').includes('offline_access'));
    },
    /** Nobody is signed in at this server any more, and no grant is left. */
    forgetEverything: () =>
      store.forget('Session', 'Grant', 'AccessToken', 'RefreshToken', 'AuthorizationCode'),
  };
}
