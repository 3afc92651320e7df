import { reissue } from './id-tokens.mjs';
import { launchContext } from './launch-context.mjs';
import { Provider } from './oidc-library.mjs';
import { rewritten } from './switches.mjs';

/**
 * What happens at the token endpoint besides what the provider does: answers say what SMART asks for, and switches refuse
 * and change.
 *
 * @param {import('oidc-provider').Provider} provider
 * @param {object} site as for the authorization server
 */
export function createTokenEndpoint(provider, site) {
  const { origin, switches } = site;
  const { keys, grants } = site.state;
  const isTokenRequest = (ctx) => ctx?.oidc.route === 'token';
  const refusalOf = ({ oidc }) => switches.refuseToken({ ...oidc.params });

  // What a switch refuses is not looked at: the code or the refresh token stays as good as it was.
  changeFind(provider.AuthorizationCode, (find) => {
    const { ctx } = Provider;
    return isTokenRequest(ctx) && refusalOf(ctx) ? undefined : find();
  });
  changeFind(provider.RefreshToken, (find) => {
    const { ctx } = Provider;
    const isRefused = isTokenRequest(ctx) && (switches.refuseRefresh || refusalOf(ctx));
    return isRefused ? undefined : find();
  });

  function answer(ctx, about) {
    const { AccessToken: token } = ctx.oidc.entities;
    const tenant = grants.get(token?.grantId)?.tenant;
    Object.assign(ctx.req.seen, { grantType: about.grantType, tenant });
    if (ctx.status !== 200) {
      refuse(ctx, about);
      return;
    }
    ctx.body = grant(ctx, { ...about, fhirBase: site.fhirBase(tenant) });
  }

  function grant({ body: given, oidc }, about) {
    const body = {
      ...given,
      ...launchContext(grants.get(oidc.entities.AccessToken.grantId)),
      smart_style_url: `${origin}/smart-style.json`,
    };
    if (body.id_token && switches.rewrite.idToken) {
      body.id_token = reissue(body.id_token, keys, (parts) => switches.rewrite.idToken(parts, about));
    }
    return rewritten(switches, 'token', body, about);
  }

  function refuse(ctx, about) {
    const parameters = { ...ctx.oidc.params };
    const asSwitched = refusalOf(ctx);
    if (asSwitched === 'drop') {
      ctx.respond = false;
      ctx.req.socket.destroy();
      return;
    }
    const said = asSwitched ?? { status: ctx.status, body: ctx.body };
    const { status, body } = rewritten(switches, 'refusal', said, { ...about, parameters });
    Object.assign(ctx, { status, body });
    if (typeof body === 'string') {
      ctx.type = 'text/html';
    }
  }

  return { answer };
}

/** Changes how the provider finds what it has given out. */
export function changeFind(kind, change) {
  const { find } = kind;
  kind.find = async function findChanged(value, ...more) {
    return change((other = value) => find.call(this, other, ...more), value);
  };
}
