/** A SMART server in a function: what it says can be changed member by member. */
export interface ServerPlan {
  readonly fhirBase: string;
  wellKnown: () => Response | Promise<Response>;
  metadata: () => Response | Promise<Response>;
  /** Called with the form of each token request. */
  token: (form: URLSearchParams) => Response | Promise<Response>;
  jwks: () => Response | Promise<Response>;
  revoke: (form: URLSearchParams) => Response | Promise<Response>;
  introspect: (form: URLSearchParams, authorization: string | null) => Response | Promise<Response>;
  fhir: (request: Request) => Response | Promise<Response>;
}

/** One request that was seen. */
export interface SeenRequest {
  readonly leg: string;
  readonly url: string;
  readonly init: RequestInit;
  readonly form: URLSearchParams;
}

export const origin = 'https://ehr.example';
export const fhirBase: string = `${origin}/fhir/R4/riverside`;

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });
}

const keys = await crypto.subtle.generateKey(
  {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: 'SHA-256',
  },
  true,
  ['sign', 'verify'],
);
const publicKey = await crypto.subtle.exportKey('jwk', keys.publicKey);

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** Signs an id_token with the simulated server's key. */
export async function signIdToken(
  claims: object,
  header: object = { alg: 'RS256', kid: 'one' },
): Promise<string> {
  const encode = (value: object): string => base64Url(new TextEncoder().encode(JSON.stringify(value)));
  const body = `${encode(header)}.${encode(claims)}`;
  const signature = await crypto.subtle.sign(
    'RSASSA-PKCS1-v1_5',
    keys.privateKey,
    new TextEncoder().encode(body),
  );
  return `${body}.${base64Url(new Uint8Array(signature))}`;
}

export const smartConfiguration = {
  issuer: origin,
  jwks_uri: `${origin}/jwks`,
  authorization_endpoint: `${origin}/authorize`,
  token_endpoint: `${origin}/token`,
  revocation_endpoint: `${origin}/revoke`,
  grant_types_supported: ['authorization_code', 'refresh_token'],
  code_challenge_methods_supported: ['S256'],
  capabilities: ['launch-standalone', 'client-public'],
};

/** Names the endpoints of the simulated server in a CapabilityStatement. */
export function capabilityStatement(uris: Record<string, string>): object {
  const extension = Object.entries(uris).map(([url, valueUri]) => ({ url, valueUri }));
  const url = 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris';
  return {
    resourceType: 'CapabilityStatement',
    rest: [{ mode: 'server', security: { extension: [{ url, extension }] } }],
  };
}

/** Tokens that differ with each answer. */
export function tokenAnswer(count: number, more: object = {}): object {
  return {
    access_token: `access-${String(count)}`,
    token_type: 'Bearer',
    expires_in: 600,
    scope: 'launch/patient patient/Patient.rs online_access',
    refresh_token: `refresh-${String(count)}`,
    patient: 'maria',
    ...more,
  };
}

/** What a server was asked to revoke, in the order of asking. */
export function revoked({ seen }: SimulatedServer): readonly (string | null)[] {
  return seen.filter(({ leg }) => leg === 'revoke').map(({ form }) => form.get('token'));
}

export class SimulatedServer {
  readonly seen: SeenRequest[] = [];
  readonly plan: ServerPlan;
  #tokenAnswers = 0;

  constructor(changes: Partial<ServerPlan> = {}) {
    this.plan = {
      fhirBase,
      wellKnown: () => json(smartConfiguration),
      metadata: () => json({ resourceType: 'CapabilityStatement' }),
      token: () => json(tokenAnswer(++this.#tokenAnswers)),
      jwks: () => json({ keys: [{ ...publicKey, kid: 'one', use: 'sig', alg: 'RS256' }] }),
      revoke: () => new Response(null, { status: 200 }),
      introspect: () => json({ active: true }),
      fhir: () => json({ resourceType: 'Patient', id: 'maria' }),
      ...changes,
    };
  }

  /** How often a leg was asked. */
  count(leg: string): number {
    return this.seen.filter((request) => request.leg === leg).length;
  }

  readonly fetch: typeof globalThis.fetch = async (input, init = {}) => {
    const url = input instanceof Request ? input.url : String(input);
    init.signal?.throwIfAborted();
    const { leg, answer } = this.#route(url);
    const form = new URLSearchParams(init.body instanceof URLSearchParams ? init.body : '');
    this.seen.push({ leg, url, init, form });
    const response = await answer(form, url, init);
    init.signal?.throwIfAborted();
    return response;
  };

  #route(url: string): {
    leg: string;
    answer: (form: URLSearchParams, url: string, init: RequestInit) => Response | Promise<Response>;
  } {
    const { plan } = this;
    switch (url) {
      case `${plan.fhirBase}/.well-known/smart-configuration`:
        return { leg: 'wellKnown', answer: () => plan.wellKnown() };
      case `${plan.fhirBase}/metadata`:
      case `${plan.fhirBase}/metadata?_format=json`:
        return { leg: 'metadata', answer: () => plan.metadata() };
      case `${origin}/token`:
        return { leg: 'token', answer: (form) => plan.token(form) };
      case `${origin}/jwks`:
        return { leg: 'jwks', answer: () => plan.jwks() };
      case `${origin}/revoke`:
        return { leg: 'revoke', answer: (form) => plan.revoke(form) };
      case `${origin}/introspect`:
        return {
          leg: 'introspect',
          answer: (form, _, { headers }) => plan.introspect(form, new Headers(headers).get('authorization')),
        };
      default:
        return {
          leg: 'fhir',
          answer: (_, target, { headers = {} }) => plan.fhir(new Request(target, { headers })),
        };
    }
  }
}
