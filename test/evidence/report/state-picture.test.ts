import { expect, test } from 'vitest';
import { statePicture } from '../../../evidence/report/state-picture.ts';

const cast = {
  mms: [
    { name: 'A', slots: ['slot[A:0]'], others: ['mmap_lock[A]', 'seq[A]'] },
    { name: 'B', slots: ['slot[B:0]'], others: [] },
  ],
  tables: [
    { name: 'T0', entries: ['pte[T0:0]'], lock: 'ptl[T0]' },
    { name: 'T1', entries: ['pte[T1:0]'], lock: 'ptl[T1]' },
  ],
};
const values = new Map([
  ['slot[A:0]', 'table=T1 w=1'],
  ['slot[B:0]', 'table=T0 w=0'],
  ['mmap_lock[A]', '2'],
  ['seq[A]', '1'],
  ['ref[T0]', '1'],
  ['ptl[T0]', 'A/1'],
  ['pte[T0:0]', 'page=new page of A/0 w=0'],
  ['life[T0]', 'published'],
  ['ref[T1]', '0'],
  ['ptl[T1]', 'none'],
  ['pte[T1:0]', 'kind=swap page=none w=0'],
  ['life[T1]', 'freed'],
]);

test('the boxes tell the state', () => {
  const { mms, slots, tables, arrows } = statePicture(cast, values, ['A/0', 'A/1']);
  const told = (box: { title: string; lines: readonly { text: string; holder: string | null }[] }) => [
    box.title,
    ...box.lines.map(({ text, holder }) => (holder === null ? text : `${text} (${holder})`)),
  ];
  expect(mms.map(told)).toEqual([['mm A', 'mmap_lock read-held 2', 'seq 1 (odd)'], ['mm B']]);
  expect(slots.map(({ title, writable }) => [title, writable])).toEqual([
    ['slot 0  T1 W=1', true],
    ['slot 0  T0 W=0', false],
  ]);
  expect(tables.map((box) => [box.life, ...told(box)])).toEqual([
    ['published', 'T0', 'count 1', 'lock held by A/1 (A/1)', '[0] new page of A/0 \u2026'],
    ['freed', 'T1', 'count 0', 'lock free', '[0] swap none'],
  ]);
  expect(arrows.map(({ slot, writable }) => [slot, writable])).toEqual([
    ['slot[A:0]', true],
    ['slot[B:0]', false],
  ]);
});

test('an arrow leads from the slot to the box of its table', () => {
  const { slots, tables, arrows } = statePicture(cast, values, []);
  const [arrow] = arrows;
  const box = tables[1]!;
  expect(arrow!.from).toEqual([slots[0]!.x + slots[0]!.width, slots[0]!.y + slots[0]!.height / 2]);
  expect(arrow!.to[0]).toBe(box.x);
  expect(arrow!.to[1]).toBeGreaterThan(box.y);
  expect(arrow!.to[1]).toBeLessThan(box.y + box.height);
});

test('nothing moves from state to state', () => {
  const emptied = new Map([...values, ['slot[A:0]', 'table=none w=0'], ['mmap_lock[A]', '-1']] as const);
  const places = (of: Map<string, string>) => {
    const { mms, slots, tables, width, height } = statePicture(cast, of, []);
    return [[...mms, ...slots, ...tables].map(({ x, y }) => [x, y]), width, height];
  };
  expect(places(emptied)).toEqual(places(values));
  const { arrows, slots, mms } = statePicture(cast, emptied, []);
  expect([arrows.length, slots[0]!.title, mms[0]!.lines[0]!.text]).toEqual([
    1,
    'slot 0  empty',
    'mmap_lock write-held',
  ]);
});
