import { expect, test } from 'vitest';
import { readLocation, readParts } from '../../../evidence/report/locations.ts';

test.each([
  ['slot[A:0]', { name: 'slot', indices: ['A', '0'] }],
  ['page_ref[new page of A/0]', { name: 'page_ref', indices: ['new page of A/0'] }],
  ['rmap_lock', { name: 'rmap_lock', indices: [] }],
])('the location %s', (text, location) => {
  expect(readLocation(text)).toEqual(location);
});

test.each([
  ['table=T0 w=0', { table: 'T0', w: '0' }],
  ['page=new page of A/0 w=1', { page: 'new page of A/0', w: '1' }],
  ['the file page', { page: 'the file page' }],
])('the value %s', (text, parts) => {
  expect(readParts(text, 'page')).toEqual(parts);
});
