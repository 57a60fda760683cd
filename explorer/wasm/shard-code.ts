import { MOST_FILTER_BITS } from '../store/hash-filter.ts';

/** States a chunk, as a power of 2. */
export const CHUNK_BITS = 14;

/** Slots of the cache of recent states: small, so that it stays near. */
export const RECENT = 1 << 13;

/** Slots of the cache of states that were put out for other shards, which need not be told twice. */
export const GONE = 1 << 12;

/** Batches for each other shard that may wait to be fetched. */
export const SLOTS = 8;

/** Pieces of memory left by smaller tables. */
export const LEFT = 24;

/** 2^32 by the golden ratio, odd. */
const MIX = -1640531535;

/** Words of a page of the machine's memory, at least. */
const PAGE_WORDS = 1024;

/** What stands where in the header, in words. */
export const header = {
  count: 0,
  /** Number of the first word of the table. */
  table: 1,
  shift: 2,
  /** One less than twice the slots. */
  mask: 3,
  /** States of the last batch that have no successor. */
  idle: 4,
  /** Kept so that reads which only bring memory near are not dropped. */
  touched: 5,
  /** Where unused memory begins, as the number of a word, and chunks in use. */
  end: 6,
  chunks: 7,
  /** Which shard this is, and of how many. */
  me: 8,
  shards: 9,
  /** Pairs of words: from, up to. */
  left: 10,
  /** Violated checks of the last batch, from here on. */
  masks: 10 + 2 * LEFT,
} as const;

const each = (words: number, line: (n: number) => string, between = '\n'): string =>
  Array.from({ length: words }, (_, n) => line(n)).join(between);

/**
 * The shard of a hash, by all its bits once more mixed (Knuth's multiplicative hashing): any bit that were taken as it is would be
 * the same in all hashes of a shard, and of its table, whose slots the high bits choose, a part would stay empty.
 */
const shardOf = (hash: string, shards: string): string =>
  `(Math.imul(${hash}, ${MIX}) >>> 16) * ${shards} >>> 16`;

/** The same for a hash at hand. */
export const shardOfHash = (hash: number, shards: number): number =>
  ((Math.imul(hash, MIX) >>> 16) * shards) >>> 16;

/**
 * The text of the hot part of a search, beside the generated steps: a batch of states is expanded, hashed and stored without leaving
 * WebAssembly. `W` is the whole memory as words. The set of states is that of StateStore: chunks of states in order of
 * insertion, found through the words of `Chunks`, and a table of slots of two words, the hash and the number of the state plus 1.
 */
export function shardCode(words: number, maskWords: number, most: number): string {
  const h = header;
  const at = (state: string): string =>
    `Chunks[${state} >>> ${CHUNK_BITS}] + (${state} & ${(1 << CHUNK_BITS) - 1}) * ${words}`;
  const cached = (hash: string): string => `(${hash} & ${RECENT - 1}) * 2`;
  const isKnown = each(words, (k) => `O[q + ${k}] === W[a + ${k}]`, ' && ');
  return `
function visit(from, to) {
  const n = expandAll(from, to);
  hashes(n);
  keep(n);
  return n;
}
function scatter(from, to, slot) {
  const n = expandAll(from, to);
  hashes(n);
  keep(deal(n, slot));
  return n;
}
function store(n) {
  hashes(n);
  keep(n);
}
function share(n, slot) {
  hashes(n);
  keep(deal(n, slot));
}
function keep(n) {
  const misses = look(n);
  near(misses);
  insert(misses);
}
function expandAll(from, to) {
  let n = 0, idle = 0;
  for (let state = from; state < to; state++) {
    const before = n;
    n = expand(W, ${at('state')}, n);
    if (n === before) {
      Idle[idle] = state;
      idle++;
    }
  }
  Header[${h.idle}] = idle;
  judge(n);
  return n;
}
function judge(n) {
  let ${each(maskWords, (k) => `m${k} = 0`, ', ')};
  for (let j = 0; j < n; j++) {
    ${each(maskWords, (k) => `m${k} |= M[j * ${maskWords} + ${k}];`)}
  }
  ${each(maskWords, (k) => `Header[${h.masks + k}] = m${k};`)}
}
function deal(n, slot) {
  const me = Header[${h.me}], shards = Header[${h.shards}];
  for (let t = 0; t < shards; t++) Sent[t * ${SLOTS} + slot] = 0;
  let own = 0;
  for (let j = 0; j < n; j++) {
    const h = Hashes[j], target = ${shardOf('h', 'shards')}, q = j * ${words};
    if (target === me) {
      const to = own * ${words};
      ${each(words, (k) => `O[to + ${k}] = O[q + ${k}];`)}
      Hashes[own] = h;
      own++;
    } else {
      const gone = (h & ${GONE - 1}) * ${words + 1};
      if (Gone[gone] === h && ${each(words, (k) => `Gone[gone + ${k + 1}] === O[q + ${k}]`, ' && ')}) continue;
      Gone[gone] = h;
      ${each(words, (k) => `Gone[gone + ${k + 1}] = O[q + ${k}];`)}
      const box = target * ${SLOTS} + slot, sent = Sent[box], to = (box * ${most} + sent) * ${words};
      ${each(words, (k) => `Out[to + ${k}] = O[q + ${k}];`)}
      Sent[box] = sent + 1;
    }
  }
  return own;
}
function hashes(n) {
  let sum = 0;
  for (let j = 0; j < n; j++) {
    const h = hash(O, j * ${words});
    Hashes[j] = h;
    sum ^= Recent[${cached('h')}];
  }
  Header[${h.touched}] = sum;
}
function look(n) {
  let hits = 0, misses = 0, sum = 0;
  for (let j = 0; j < n; j++) {
    const h = Hashes[j], r = ${cached('h')}, hit = Recent[r] === h ? 1 : 0;
    Hits[hits] = j;
    Misses[misses] = j;
    hits += hit;
    misses += 1 - hit;
  }
  for (let i = 0; i < hits; i++) {
    const known = Recent[${cached('Hashes[Hits[i]]')} + 1], a = ${at('known')};
    sum ^= W[a] ^ W[a + ${words - 1}];
  }
  Header[${h.touched}] = sum;
  for (let i = 0; i < hits; i++) {
    const j = Hits[i], q = j * ${words}, known = Recent[${cached('Hashes[j]')} + 1], a = ${at('known')};
    if (${isKnown}) continue;
    for (let m = 0; m < n; m++) Misses[m] = m;
    return n;
  }
  return misses;
}
function insert(n) {
  const table = Header[${h.table}], shift = Header[${h.shift}], mask = Header[${h.mask}];
  let count = Header[${h.count}];
  for (let i = 0; i < n; i++) {
    const j = Misses[i], h = Hashes[j], q = j * ${words}, r = ${cached('h')};
    let slot = (h >>> shift << 1) & mask;
    for (;;) {
      const s = table + slot, state = W[s + 1];
      if (state === 0) {
        const to = ${at('count')};
        ${each(words, (k) => `W[to + ${k}] = O[q + ${k}];`)}
        Recent[r] = h;
        Recent[r + 1] = count;
        count++;
        W[s] = h;
        W[s + 1] = count;
        break;
      }
      if (W[s] === h) {
        const known = state - 1, a = ${at('known')};
        if (${isKnown}) {
          Recent[r] = h;
          Recent[r + 1] = known;
          break;
        }
      }
      slot = (slot + 2) & mask;
    }
  }
  Header[${h.count}] = count;
}
function near(n) {
  const table = Header[${h.table}], shift = Header[${h.shift}], mask = Header[${h.mask}];
  let sum = 0;
  for (let i = 0; i < n; i++) sum ^= W[table + ((Hashes[Misses[i]] >>> shift << 1) & mask)];
  for (let i = 0; i < n; i++) {
    const h = Hashes[Misses[i]], s = table + ((h >>> shift << 1) & mask), state = W[s + 1];
    if (state !== 0 && W[s] === h) {
      const known = state - 1, a = ${at('known')};
      sum ^= W[a] ^ W[a + ${words - 1}];
    }
  }
  Header[${h.touched}] = sum;
}
function scan(from, to, violating, shift) {
  for (let state = from; state < to; state++) {
    const n = expand(W, ${at('state')}, 0);
    for (let j = 0; j < n; j++) {
      const bit = (hash(O, j * ${words}) >>> shift) & ${MOST_FILTER_BITS - 1};
      if ((Filter[bit >>> 5] >>> (bit & 31) & 1) !== 0) return state;
    }
    if (violating !== 0) {
      for (let w = 0; w < n * ${maskWords}; w++) if (M[w] !== 0) return state;
    }
  }
  return to;
}
function find(q) {
  const table = Header[${h.table}], mask = Header[${h.mask}], h = hash(O, q);
  let slot = (h >>> Header[${h.shift}] << 1) & mask;
  for (;;) {
    const s = table + slot, state = W[s + 1];
    if (state === 0) return -1;
    if (W[s] === h) {
      const known = state - 1, a = ${at('known')};
      if (${isKnown}) return known;
    }
    slot = (slot + 2) & mask;
  }
}
function grow(old, end, table, shift, mask) {
  for (let at = table; at < table + mask; at += ${PAGE_WORDS}) W[at] = 0;
  for (let at = old; at < end; at += 2) {
    const state = W[at + 1];
    if (state === 0) continue;
    const h = W[at];
    let slot = (h >>> shift << 1) & mask;
    while (W[table + slot + 1] !== 0) slot = (slot + 2) & mask;
    W[table + slot] = h;
    W[table + slot + 1] = state;
  }
}
`;
}

export const exportedFunctions = ['visit', 'scatter', 'store', 'share', 'scan', 'find', 'grow'] as const;
