import { expect, test } from 'vitest';
import { Control } from '../../explorer/parallel/control.ts';
import { Member } from '../../explorer/parallel/member.ts';
import type { WasmShard } from '../../explorer/wasm/wasm-shard.ts';

test('a thread that can store no more still takes what others put out, so that nobody waits for it for ever', () => {
  let tried = 0;
  const full = {
    take: () => {
      tried++;
      throw new RangeError('WebAssembly.Memory.grow(): Unable to grow instance memory');
    },
  };
  const other = { sent: () => new Int32Array(1) };
  const control = new Control(2);
  for (let n = 0; n < 3; n++) control.publish(1, 0);
  const member = new Member(0, [full, other] as unknown as WasmShard[], control, 256);
  expect(() => [...member.finish()]).toThrow('Unable to grow');
  expect([tried, control.fetched(1, 0)]).toEqual([1, 3]);
});
