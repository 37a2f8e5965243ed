import { parseQuantity } from '../quantity.js';
import { DecodeError, typeNameOf, type Decoder } from './decode.js';

const wrong = (value: unknown, { message, path }: { readonly message: string; readonly path: string }, wanted: string): DecodeError =>
  new DecodeError(typeof value === 'number' ? `number ${String(value)}` : typeNameOf(value), message, path, wanted);

const text: Decoder = (value, place) => {
  if (typeof value === 'string') return value;
  throw wrong(value, place, 'string');
};

const truth: Decoder = (value, place) => {
  if (typeof value === 'boolean') return value;
  throw wrong(value, place, 'bool');
};

const integer = (type: 'int32' | 'int64'): Decoder => {
  const limit = type === 'int32' ? 2 ** 31 : Number.MAX_SAFE_INTEGER;
  return (value, place) => {
    if (typeof value === 'number' && Number.isInteger(value) && value >= -limit && value < limit) return value;
    throw wrong(value, place, type);
  };
};

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const bytes: Decoder = (value, place) => {
  if (typeof value !== 'string') throw wrong(value, place, '[]uint8');
  const compact = value.replace(/[\r\n]/g, '');
  if (base64.test(compact)) return compact;
  throw new DecodeError('illegal base64 data', place.message, place.path, '[]uint8');
};

const time: Decoder = (value, place) => {
  if (typeof value === 'string' && (value === '' || (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(value) && !Number.isNaN(Date.parse(value))))) return value === '' ? undefined : value;
  throw wrong(value, place, 'Time');
};

const quantity: Decoder = (value, place) => {
  if ((typeof value === 'string' || typeof value === 'number') && parseQuantity(value) !== undefined) return String(value);
  throw new DecodeError(`${typeNameOf(value)} ${String(JSON.stringify(value)).slice(0, 64)}`, place.message, place.path, 'resource.Quantity');
};

const intOrString: Decoder = (value, place) => {
  if (typeof value === 'string' || (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 31)) return value;
  throw wrong(value, place, 'intstr.IntOrString');
};

const anything: Decoder = (value) => value;

/** Decoders of what has no fields of its own. */
export const scalarDecoders: Readonly<Record<string, Decoder>> = {
  string: text, bool: truth, int32: integer('int32'), int64: integer('int64'), bytes, 'meta.Time': time, 'meta.MicroTime': time,
  'resource.Quantity': quantity, 'intstr.IntOrString': intOrString, 'meta.FieldsV1': anything, 'runtime.RawExtension': anything, double: (value, place) => {
    if (typeof value === 'number') return value;
    throw wrong(value, place, 'float64');
  },
};
