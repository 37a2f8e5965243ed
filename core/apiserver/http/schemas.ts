import { MessageDecoders } from '../../api/schema/decode.js';
import { MergeShapes } from '../../api/schema/merge-shape.js';

/** What is known of messages, read when the first body comes in. */
export class Schemas {
  #decoders: MessageDecoders | undefined;
  #shapes: MergeShapes | undefined;

  get decoders(): MessageDecoders { return (this.#decoders ??= new MessageDecoders()); }
  get shapes(): MergeShapes { return (this.#shapes ??= new MergeShapes()); }
}
