import { deepFreeze } from '../core/deep-freeze.js';
import type { SignedInUser } from '../smart/id-token.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../smart/json-object.js';
import { readLaunchContext, type LaunchContext } from '../smart/launch-context.js';
import { splitScope } from '../smart/scope.js';
import { readServerConfiguration, type ServerConfiguration } from '../smart/server-configuration.js';
import type { Credentials } from './credentials.js';
import type { Ending, EndingCause } from './endings.js';

/** What is known of a session whose tokens are kept elsewhere. */
export interface SessionFacts {
  readonly id: string;
  readonly fhirBase: string;
  /** In the form that snapshots are made of. In the place of tokens there is a word. */
  readonly credentials: Credentials;
  /** The first end that is known. */
  readonly ending: Ending | undefined;
  /** How long the person may do nothing, in ms. `Infinity` where nobody says. */
  readonly idleLimitMs: number;
  /** When this was said, in ms since the epoch. */
  readonly saidAt: number;
}

/** What somebody says of a session, before it is checked: members as they came, in the names of OAuth and SMART. */
export interface SaidOfSession {
  readonly id: string;
  readonly fhirBase: string;
  /** Of what was granted, and of what was asked for: separated by spaces. */
  readonly scope?: unknown;
  readonly askedScope?: unknown;
  /** Members of a token response: `patient`, `need_patient_banner`, … */
  readonly context?: unknown;
  /** Claims of an id_token that was checked: `sub`, `name`, `fhirUser`. */
  readonly user?: unknown;
  /** Of the server: its `smart-configuration`, or a part of it. */
  readonly configuration?: unknown;
  readonly isRenewable: boolean;
  readonly isLaunched: boolean;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number | undefined;
  readonly ending: Ending | undefined;
  /** Milliseconds. */
  readonly idleLimitMs: number;
}

/** Stands where a token would be. It is no token, and is sent nowhere. */
const elsewhere = 'kept elsewhere';

const nothingDeclared: ServerConfiguration = {
  source: 'smart-configuration',
  authorizationEndpoint: '',
  tokenEndpoint: '',
  capabilities: [],
  issParameterSupported: false,
  associatedEndpoints: [],
};

/** Takes what can be used of what was said, and freezes it. @param now milliseconds since the epoch */
export function readSessionFacts(said: SaidOfSession, now: number): SessionFacts {
  const { id, fhirBase, expiresAt, idleLimitMs, isRenewable, isLaunched } = said;
  const user = readUser(said.user);
  const grantedScopes = splitScope(textIn(said.scope) ?? '');
  const credentials: Credentials = {
    accessToken: elsewhere,
    ...(isRenewable && { refreshToken: elsewhere }),
    obtainedAt: now,
    beganAt: now,
    ...(expiresAt !== undefined && { expiresAt }),
    askedScopes: splitScope(textIn(said.askedScope) ?? ''),
    grantedScopes,
    context: readContext(said.context),
    ...(user && { user }),
    ...(isLaunched && { isLaunched }),
    configuration: readConfiguration(said.configuration, fhirBase),
    warnings: [],
  };
  const tokenEnd: Ending | undefined =
    expiresAt === undefined || isRenewable ? undefined : { cause: 'token', at: expiresAt, extendable: false };
  return deepFreeze({ id, fhirBase, credentials, ending: said.ending ?? tokenEnd, idleLimitMs, saidAt: now });
}

/** Whether nothing says that two sessions are of two people, or about two records. */
export function isAlike(one: SessionFacts, other: SessionFacts): boolean {
  const [{ context, user }, { context: otherContext, user: otherUser }] = [
    one.credentials,
    other.credentials,
  ];
  return (
    one.fhirBase === other.fhirBase &&
    context.patient === otherContext.patient &&
    user?.subject === otherUser?.subject
  );
}

/**
 * Whether two sessions are of the same person and about the same record. A page may go on with another session of that
 * kind; with any other it would change from one person's record to another's by itself.
 */
export function isSameRecord(one: SessionFacts, other: SessionFacts): boolean {
  // Who is not named may be anybody.
  return one.credentials.user !== undefined && isAlike(one, other);
}

const causes: readonly EndingCause[] = ['idle', 'token', 'server', 'limit'];

/** @param at milliseconds since the epoch */
export function readEnding(said: JsonObject, at: number): Ending {
  return {
    // Of a cause that is not known, all that can be said is that it is the server's.
    cause: causes.find((cause) => cause === said['cause']) ?? 'server',
    at,
    extendable: said['extendable'] === true,
  };
}

/** @returns undefined for whatever is no text, and for an empty one. */
export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function readContext(said: unknown): LaunchContext {
  const members = isJsonObject(said) ? Object.entries<JsonValue>(said) : [];
  // Whoever hands on a whole token response must not have handed on what every script of the page can read.
  return readLaunchContext(
    Object.fromEntries(members.filter(([name]) => !/(?:token|secret|password|assertion)$/i.test(name))),
  );
}

function readUser(said: unknown): SignedInUser | undefined {
  const claims = isJsonObject(said) ? said : {};
  const subject = textIn(claims['sub']);
  const name = textIn(claims['name']);
  const fhirUser = textIn(claims['fhirUser']);
  return subject === undefined
    ? undefined
    : {
        subject,
        ...(fhirUser !== undefined && { fhirUser }),
        ...(name !== undefined && { name }),
        // Whoever says who signed in has checked it.
        signature: 'verified',
      };
}

function readConfiguration(said: unknown, fhirBase: string): ServerConfiguration {
  try {
    return isJsonObject(said)
      ? readServerConfiguration(said, fhirBase, 'smart-configuration').configuration
      : nothingDeclared;
  } catch {
    // Nobody signs in with it here.
    return nothingDeclared;
  }
}
