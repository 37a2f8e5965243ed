import type { Clock, Link, LinkOptions, MessageBus, Timer } from '../../core/contracts/index.js';

const idleMs = 30_000;
const connectMs = 10_000;

/** The second connection, for bulk: opened when somebody needs it, closed when nobody has for a while. */
export class BulkLink {
  readonly #bus: MessageBus;
  readonly #options: LinkOptions;
  readonly #clock: Clock;
  #users = 0;
  #idle: Timer | undefined;
  #open: { readonly link: Link; readonly ready: Promise<Link> } | undefined;

  constructor(options: { readonly bus: MessageBus; readonly link: LinkOptions; readonly clock: Clock }) {
    this.#bus = options.bus;
    this.#options = options.link;
    this.#clock = options.clock;
  }

  acquire(): void { this.#users += 1; this.#idle?.cancel(); }

  release(): void {
    this.#users -= 1;
    if (this.#users === 0) this.#idle = this.#clock.after(idleMs, () => { void this.close(); }, true);
  }

  /** The connected link. Rejects when it cannot be had in time. */
  link(): Promise<Link> { return (this.#open ??= this.#connect()).ready; }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    this.#idle?.cancel();
    await open?.link.close();
  }

  #connect(): { readonly link: Link; readonly ready: Promise<Link> } {
    let link: Link | undefined;
    const ready = new Promise<Link>((resolve, reject) => {
      const timer = this.#clock.after(connectMs, () => { reject(new Error('the bulk connection could not be opened')); void this.close(); });
      link = this.#bus.open(this.#options, {
        connected: () => { timer.cancel(); if (link) resolve(link); },
        disconnected: ({ message }) => { timer.cancel(); reject(new Error(message)); void this.close(); },
        message: () => undefined,
      });
    });
    ready.catch(() => undefined);
    return { link: link as unknown as Link, ready };
  }
}
