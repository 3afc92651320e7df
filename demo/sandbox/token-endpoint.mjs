import { reissue } from './id-tokens.mjs';
import { launchContext } from './launch-context.mjs';
import { Provider } from './oidc-library.mjs';
import { createRenewalBreaks } from './renewal-breaks.mjs';
import { fingerprintOf } from './request-log.mjs';
import { rewritten } from './switches.mjs';

/**
 * What happens at the token endpoint besides what the provider does: answers say what SMART asks for, and switches refuse,
 * change, forgive and break off.
 *
 * @param {import('oidc-provider').Provider} provider
 * @param {object} site as for the authorization server
 */
export function createTokenEndpoint(provider, site) {
  const { origin, switches } = site;
  const { keys, grants, rotations } = site.state;
  const breaks = createRenewalBreaks(switches);
  const isTokenRequest = (ctx) => ctx?.oidc.route === 'token';
  const refusalOf = ({ oidc }) => switches.refuseToken({ ...oidc.params });

  provider.on('refresh_token.consumed', ({ jti }) => {
    const token = fingerprintOf(jti);
    // Within the grace there is a second time; what counts is the first.
    rotations.set(token, rotations.get(token) ?? Date.now());
  });

  // What a switch refuses or breaks off is not looked at: the code or the refresh token stays as good as it was.
  changeFind(provider.AuthorizationCode, (find) => {
    const { ctx } = Provider;
    return isTokenRequest(ctx) && refusalOf(ctx) ? undefined : find();
  });
  changeFind(provider.RefreshToken, (find, value) => {
    const { ctx } = Provider;
    return isTokenRequest(ctx) ? findForRenewal(ctx, find, value) : find();
  });

  async function findForRenewal(ctx, find, value) {
    const refreshToken = fingerprintOf(value);
    const reuse = reuseOf(refreshToken);
    Object.assign(ctx.req.seen, { refreshToken, ...reuse });
    if (breakBefore(ctx) || switches.refuseRefresh || refusalOf(ctx)) {
      return undefined;
    }
    const token = await find();
    if (token && reuse.withinGrace) {
      token.consumed = undefined;
    }
    return token;
  }

  /** What is to be told of a refresh token that was rotated before. */
  function reuseOf(refreshToken) {
    const rotatedAt = rotations.get(refreshToken);
    return rotatedAt === undefined
      ? {}
      : { reuse: true, withinGrace: Date.now() - rotatedAt < switches.rotationGrace * 1000 };
  }

  /** Asked once for each request: what was looked at is not broken off before that. */
  function breakBefore(ctx) {
    ctx.state.breakBefore ??= breaks.at('before');
    return ctx.state.breakBefore;
  }

  async function answer(ctx, about) {
    const { AccessToken: token } = ctx.oidc.entities;
    const tenant = grants.get(token?.grantId)?.tenant;
    Object.assign(ctx.req.seen, { grantType: about.grantType, tenant });
    const isRenewal = about.grantType === 'refresh_token';
    if (isRenewal && breakBefore(ctx)) {
      await breakOff(ctx, breakBefore(ctx));
      return;
    }
    if (ctx.status !== 200) {
      refuse(ctx, about);
      return;
    }
    ctx.body = grant(ctx, { ...about, fhirBase: site.fhirBase(tenant) });
    const breakLate = isRenewal && breaks.at('after', 'during');
    if (breakLate) {
      await breakOff(ctx, breakLate);
    }
  }

  function grant({ body: given, oidc }, about) {
    const { AccessToken: token, RefreshToken: refreshToken } = oidc.entities;
    const body = {
      ...given,
      ...launchContext(grants.get(token.grantId)),
      // draft-ietf-oauth-refresh-token-expiration
      ...(switches.saysRefreshLifetime &&
        given.refresh_token && { refresh_token_timeout: refreshToken.remainingTTL }),
      smart_style_url: `${origin}/smart-style.json`,
    };
    if (body.id_token && switches.rewrite.idToken) {
      body.id_token = reissue(body.id_token, keys, (parts) => switches.rewrite.idToken(parts, about));
    }
    return rewritten(switches, 'token', body, about);
  }

  function refuse(ctx, about) {
    const parameters = { ...ctx.oidc.params };
    const said = refusalOf(ctx) ?? { status: ctx.status, body: ctx.body };
    const { status, body } = rewritten(switches, 'refusal', said, { ...about, parameters });
    Object.assign(ctx, { status, body });
    if (typeof body === 'string') {
      ctx.type = 'text/html';
    }
  }

  return { answer, breaks };
}

/** Ends the connection in place of an answer, or in the middle of it. */
async function breakOff(ctx, { step, happen }) {
  // The library is not to answer any more.
  ctx.respond = false;
  ctx.req.seen.brokenOff = step;
  if (step === 'during') {
    await sendHalf(ctx);
  }
  await happen();
  ctx.req.socket.destroy();
}

/** Sends the headers of an answer and the first half of its body. */
async function sendHalf({ res, status, body }) {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  res.setHeader('content-length', bytes.length);
  res.writeHead(status);
  await new Promise((resolve) => {
    res.write(bytes.subarray(0, Math.floor(bytes.length / 2)), resolve);
  });
}

/** Changes how the provider finds what it has given out. */
export function changeFind(kind, change) {
  const { find } = kind;
  kind.find = async function findChanged(value, ...more) {
    return change((other = value) => find.call(this, other, ...more), value);
  };
}
