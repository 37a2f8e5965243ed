import { token, type Token } from './token.js';

export interface Will { readonly topic: string; readonly payload: Buffer; readonly retain: boolean }

export interface LinkOptions {
  readonly clientId: string;
  readonly username?: string;
  readonly password?: string;
  /** Asked before each CONNECT, so that every connection can have a will of its own. */
  readonly will?: () => Will;
  /** Seconds. */
  readonly keepalive?: number;
}

/** Called in order, never concurrently. Nothing is called after `close` has resolved. */
export interface LinkEvents {
  /** After every CONNACK. Sessions are clean: subscribe again here. */
  connected(): void;
  /** `refused` when the broker said no (MQTT 3.1.1 return code 1-5) and not the network. */
  disconnected(reason: { readonly message: string; readonly refused?: number }): void;
  message(topic: string, payload: Buffer, retain: boolean): void;
}

/** One MQTT 3.1.1 session that reconnects by itself (full-jitter exponential back-off). */
export interface Link {
  /** Resolves when the broker has it (QoS 1) or when it is written (QoS 0); rejects when the link is down or goes down before. */
  publish(topic: string, payload: Buffer, options?: { readonly qos?: 0 | 1; readonly retain?: boolean }): Promise<void>;
  /** Rejects when the broker refuses the filter (SUBACK 128). */
  subscribe(filter: string, qos?: 0 | 1): Promise<void>;
  unsubscribe(filter: string): Promise<void>;
  isConnected(): boolean;
  /** Bytes accepted by `publish` but not yet on the wire. */
  backlog(): number;
  /** Sends DISCONNECT (so no will fires) unless `abrupt`. */
  close(abrupt?: boolean): Promise<void>;
}

/** Opens links to one broker: embedded and in-process, or any MQTT 3.1.1 broker. */
export interface MessageBus {
  open(options: LinkOptions, events: LinkEvents): Link;
}
export const MessageBus: Token<MessageBus> = token<MessageBus>('MessageBus');
