import type { PeerCertificate } from 'node:tls';
import { StatusError } from '../../api/status-error.js';
import type { Crypto } from '../../contracts/index.js';
import { anonymous, type User } from './user.js';

/** A static token and who its holder is. */
export interface TokenUser { readonly token: string; readonly user: User }

export interface Credentials {
  /** Subject of a client certificate that the CA vouches for. */
  readonly subject?: Pick<PeerCertificate, 'subject'>['subject'];
  /** The Authorization header. */
  readonly authorization?: string;
}

const unauthorized = (): StatusError => new StatusError('Unauthorized', 'Unauthorized');

/**
 * A certificate is CN and all O; a bearer token is looked up; wrong credentials are refused, none are anonymous.
 * Throws Unauthorized.
 */
export function authenticate({ subject, authorization }: Credentials, tokens: readonly TokenUser[], crypto: Pick<Crypto, 'equal'>): User {
  const fromCertificate = subject === undefined ? undefined : userOf(subject);
  if (fromCertificate !== undefined) return fromCertificate;
  if (authorization === undefined || authorization === '') return anonymous;
  const token = /^bearer +([^\s]{1,8192})\s*$/i.exec(authorization)?.[1];
  if (token === undefined) throw unauthorized();
  // Looks at every token, so that the time tells nothing.
  const found = tokens.filter((known) => crypto.equal(known.token, token));
  const user = found[0]?.user;
  if (user === undefined) throw unauthorized();
  return withAuthenticated(user);
}

function userOf(subject: NonNullable<Credentials['subject']>): User | undefined {
  const { CN, O } = subject as { readonly CN?: string | readonly string[]; readonly O?: string | readonly string[] };
  const name = typeof CN === 'string' ? CN : CN?.[0];
  if (name === undefined || name === '') return undefined;
  const groups = O === undefined ? [] : typeof O === 'string' ? [O] : [...O];
  return withAuthenticated({ name, groups });
}

const withAuthenticated = ({ name, groups }: User): User => ({ name, groups: [...groups, 'system:authenticated'] });
