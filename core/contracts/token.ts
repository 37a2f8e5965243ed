import type { InjectionToken } from 'tsyringe';

/** A contract's token, of the same name as its interface. */
export type Token<T> = InjectionToken<T>;

/** Global symbols, so that a plugin bundled apart from us still names the same contract. */
export const token = <T>(name: string): Token<T> => Symbol.for(`kedge/${name}`);
