import { formTargetOf, pageHeaders } from './http.mjs';
import { renderSignedOut, renderSignOut } from './screens.mjs';

/**
 * Signing out at this server (OpenID Connect RP-Initiated Logout 1.0): the library's own pages need a script and look
 * like nothing here.
 *
 * @param {object} site as for the authorization server
 */
export function createSignOut({ accounts }) {
  return {
    /** @type {import('oidc-provider').Configuration['features']['rpInitiatedLogout']} */
    feature: {
      enabled: true,
      logoutSource(ctx) {
        const { session, client, params } = ctx.oidc;
        const { post_logout_redirect_uri: back } = params;
        ctx.set(pageHeaders(back && formTargetOf(back)));
        ctx.body = renderSignOut({
          action: ctx.oidc.urlFor('end_session_confirm'),
          secret: session.state.secret,
          client: client?.clientId,
          account: accounts.find(session.accountId),
        });
      },
      async postLogoutSuccessSource(ctx) {
        const { accountId } = await ctx.oidc.provider.Session.get(ctx);
        ctx.set(pageHeaders());
        ctx.body = renderSignedOut({ account: accountId && accounts.find(accountId) });
      },
    },
    /** Where nobody is signed in, there is nothing to ask: the library would have a script send its form. */
    answer(ctx) {
      const { session, params } = ctx.oidc;
      if (ctx.status !== 200 || session.accountId) {
        return;
      }
      const { post_logout_redirect_uri: back, state } = params;
      const target = new URL(back ?? ctx.oidc.urlFor('end_session_success'));
      if (back !== undefined && state !== undefined) {
        target.searchParams.set('state', state);
      }
      ctx.status = 303;
      ctx.redirect(target.href);
    },
  };
}
