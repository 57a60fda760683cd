import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { itfText } from '../../evidence/itf.ts';
import { madeTrace } from './made-trace.ts';

const state = (slot: string, ref: string, at: string) => ({
  shared: { 'ref[T0]': ref, 'slot[A:0]': slot, failures_left: '-1' },
  threads: { 'A/0': { at, locals: { page: 'new page of A/0', n: '2' } } },
});
const base = madeTrace(
  [
    {
      thread: 'A/0',
      step: 'install',
      line: 5348,
      says: 'store slot',
      state: state('table=T1 w=1', '1', 'ended'),
    },
  ],
  { step: 1, needed: 'a', found: 'b' },
);
const trace = { ...base, initial: state('table=T0 w=0', '2', 'install') };
const source = { property: 'p', protocol: 'v5', scenario: '\u202ename"\u0000', trace };

test('states with maps, records and numbers', () => {
  const itf = JSON.parse(itfText(source)) as Record<string, unknown>;
  expect(itf['vars']).toEqual(['failures_left', 'ref', 'slot', 'at', 'locals']);
  expect(itf['states']).toEqual([
    {
      '#meta': { index: 0 },
      failures_left: { '#bigint': '-1' },
      ref: { '#map': [['T0', { '#bigint': '2' }]] },
      slot: { '#map': [['A:0', { table: 'T0', w: { '#bigint': '0' } }]] },
      at: { '#map': [['A/0', 'install']] },
      locals: { '#map': [['A/0', { page: 'new page of A/0', n: { '#bigint': '2' } }]] },
    },
    {
      '#meta': {
        index: 1,
        thread: 'A/0',
        step: 'install',
        event: 'STEP',
        says: 'store slot',
        file: 'mm/memory.c',
        line: 5348,
        function: 'handle_cow_pte_fault',
      },
      failures_left: { '#bigint': '-1' },
      ref: { '#map': [['T0', { '#bigint': '1' }]] },
      slot: { '#map': [['A:0', { table: 'T1', w: { '#bigint': '1' } }]] },
      at: { '#map': [['A/0', 'ended']] },
      locals: { '#map': [['A/0', { page: 'new page of A/0', n: { '#bigint': '2' } }]] },
    },
  ]);
  expect(itf).not.toHaveProperty('loop');
});

test('a run that goes round says where', () => {
  expect(JSON.parse(itfText({ ...source, trace: { ...trace, loop: 0 } }))).toHaveProperty('loop', 0);
});

/** The form of ADR-015: what each kind of expression may be; a field of a record does not begin with '#'. */
const form = {
  $defs: {
    expression: {
      anyOf: [
        { type: ['string', 'boolean', 'integer'] },
        { type: 'array', items: { $ref: '#/$defs/expression' } },
        only('#bigint', { type: 'string', pattern: '^-?[0-9]+$' }),
        only('#tup', { type: 'array', items: { $ref: '#/$defs/expression' } }),
        only('#set', { type: 'array', items: { $ref: '#/$defs/expression' } }),
        only('#map', {
          type: 'array',
          items: { type: 'array', minItems: 2, maxItems: 2, items: { $ref: '#/$defs/expression' } },
        }),
        {
          type: 'object',
          propertyNames: { pattern: '^[^#]' },
          additionalProperties: { $ref: '#/$defs/expression' },
        },
      ],
    },
  },
  type: 'object',
  additionalProperties: false,
  required: ['vars', 'states'],
  properties: {
    '#meta': { type: 'object' },
    params: { type: 'array', items: { type: 'string' } },
    vars: { type: 'array', items: { type: 'string', pattern: '^[A-Za-z_]\\w*$' } },
    loop: { type: 'integer', minimum: 0 },
    states: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        properties: { '#meta': { type: 'object' } },
        additionalProperties: { $ref: '#/$defs/expression' },
      },
    },
  },
};
function only(key: string, value: object): object {
  return { type: 'object', properties: { [key]: value }, required: [key], additionalProperties: false };
}

test('the form that Apalache describes', () => {
  const validate = new Ajv2020({ allowUnionTypes: true }).compile(form);
  const itf = JSON.parse(itfText(source)) as { vars: string[]; states: object[] };
  expect(validate(itf), JSON.stringify(validate.errors)).toBe(true);
  for (const one of itf.states) expect(Object.keys(one)).toEqual(['#meta', ...itf.vars]);
});
