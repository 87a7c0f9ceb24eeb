import { v7 as uuid } from 'uuid';

/** The part of JSON Schema that the OpenAPI document of the application uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  minItems?: number;
  pattern?: string;
}

export type Json = unknown;
const DEEP = 40;

/** Draws from a seed: the same seed makes the same requests. */
export class Dice {
  constructor(private state: number) {}

  /** mulberry32, a number from 0 up to 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }
  chance(share: number): boolean {
    return this.next() < share;
  }
  whole(below: number): number {
    return Math.floor(this.next() * below);
  }
  pick<T>(values: readonly T[]): T {
    const value = values[this.whole(values.length)];
    if (value === undefined) throw new Error('Nothing to pick from');
    return value;
  }
}

export const NASTY_TEXTS = [
  '', ' ', '\u0000', 'a\u0000b', '\ud800', '\u202e\u200b\ufeff', '👩🏽‍🚒'.repeat(50), 'مدينة', 'សាលាក្រុង', 'é'.repeat(20_000), 'x'.repeat(200_000), `'; DROP TABLE post; --`, '%00', '%', '../../etc/passwd',
  '..%2f..%2f', '{{7*7}}', '${7*7}', '<script>alert(1)</script>', '(a+)+$', '\\', '"', '0', '-1', 'null', 'undefined', 'NaN', '1e309', '2026-02-30', '0000-00-00', '+275760-09-13', '9'.repeat(400), '00000000-0000-0000-0000-000000000000', '__proto__',
];
const NASTY_VALUES: Json[] = [
  null, true, false, 0, -1, 1.5, 1e308, -1e308, 2 ** 53, 2 ** 31, -(2 ** 31), [], {}, [null], [[[[[]]]]], Array.from({ length: 5_000 }, () => 'a'), { __proto__: null, constructor: 1 }, JSON.parse('{"__proto__":{"admin":true}}') as Json,
  JSON.parse('['.repeat(DEEP * 10) + ']'.repeat(DEEP * 10)) as Json, Object.fromEntries(Array.from({ length: 2_000 }, (_, n) => [`k${n}`, n])),
];

export const nasty = (dice: Dice): Json => (dice.chance(0.5) ? dice.pick(NASTY_TEXTS) : dice.pick(NASTY_VALUES));

export interface Known {
  schemas: Record<string, Schema>;
  /** Of things that exist. */
  ids: readonly string[];
  /** What is known to fit a property of that name, where its schema says less. */
  hints: Record<string, readonly Json[]>;
}

/** A value that the schema allows, as far as it says. */
export function valid(schema: Schema, known: Known, dice: Dice, depth = 0): Json {
  const { schemas, ids, hints } = known;
  const again = (part: Schema, key = '') => {
    const fitting = hints[key];
    return fitting && dice.chance(0.8) ? dice.pick(fitting) : valid(part, known, dice, depth + 1);
  };
  if (depth > DEEP) return null;
  if (schema.$ref) return again(schemas[schema.$ref.replace('#/components/schemas/', '')] ?? {});
  if (schema.const !== undefined) return schema.const;
  if (schema.enum?.length) return dice.pick(schema.enum);
  const parts = schema.anyOf ?? schema.oneOf;
  if (parts?.length) return again(dice.pick(parts));
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => again(part)));
  const type = Array.isArray(schema.type) ? dice.pick(schema.type) : schema.type;
  if (type === 'object' || schema.properties)
    return Object.fromEntries(Object.entries(schema.properties ?? {}).flatMap(([key, part]) => (schema.required?.includes(key) || dice.chance(0.6) ? [[key, again(part, key)]] : [])));
  if (type === 'array') return Array.from({ length: (schema.minItems ?? 0) + dice.whole(3) }, () => again(schema.items ?? {}));
  if (type === 'integer' || type === 'number') return Math.max(schema.minimum ?? 0, Math.min(schema.maximum ?? 100, dice.whole(100)));
  if (type === 'boolean') return dice.chance(0.5);
  if (type === 'null') return null;
  if (type === 'string' || schema.format || schema.pattern) return text(schema, dice, ids);
  return nasty(dice);
}

function text(schema: Schema, dice: Dice, ids: readonly string[]): string {
  if (schema.format === 'uuid' || (schema.pattern ?? '').includes('[0-9a-f')) return dice.chance(0.5) ? uuid() : dice.pick(ids);
  if (schema.format === 'date') return `20${10 + dice.whole(30)}-0${1 + dice.whole(9)}-1${dice.whole(10)}`;
  if (schema.format === 'date-time') return '2027-03-04T05:06:07Z';
  if (schema.format === 'email') return 'fuzz@exemple.test';
  return 'Une commune écrit à une autre. '.repeat(1 + Math.ceil((schema.minLength ?? 0) / 30)).slice(0, Math.max(schema.minLength ?? 0, 10 + dice.whole(80)));
}

/** The value with one place of it spoilt: replaced, missing or with something added. */
export function spoilt(value: Json, dice: Dice): Json {
  if (value === null || typeof value !== 'object' || dice.chance(0.15)) return nasty(dice);
  const keys = Object.keys(value);
  const key = keys.length > 0 ? dice.pick(keys) : null;
  if (Array.isArray(value)) return key === null ? [nasty(dice)] : value.map((one, at) => (String(at) === key ? spoilt(one, dice) : (one as Json)));
  const copy: Record<string, Json> = { ...value };
  if (key === null || dice.chance(0.1)) copy[dice.pick(['extra', 'role', 'id', 'constructor', 'toString'])] = nasty(dice);
  else if (dice.chance(0.25)) Reflect.deleteProperty(copy, key);
  else copy[key] = spoilt(copy[key], dice);
  return copy;
}
