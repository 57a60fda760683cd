import type { Orders } from '../explorer/coverage/orders.ts';
import { ascii } from './ascii.ts';
import { count } from './verdicts.ts';
import { wrap } from './wrap.ts';

/** A branch of the source as the account tells it. */
interface ShownBranch {
  readonly function: string;
  readonly file: string;
  readonly line: number;
  readonly step: string;
  readonly says: string;
  readonly event: string;
  readonly leadsTo: string;
  readonly paths: readonly string[];
  readonly takenBy: readonly string[];
  readonly why: string | null;
}

/** What the searches were about. */
export interface ShownCoverage {
  readonly branches: readonly ShownBranch[];
  readonly orders: readonly (Orders & { readonly scenario: string })[];
  readonly cut: readonly string[];
}

const width = 100;

/**
 * What was met, so that a verdict of "holds" can be believed: by path of the kernel the branches of the source that were taken; those
 * that nobody took, and why, where that is known; by scenario the orders of steps; the locks that were held together.
 */
export function coverageText(coverage: ShownCoverage, protocol: string): string {
  return [
    `coverage of ${ascii(protocol)}, ${count(coverage.orders.length, 'scenario')}\n`,
    ...branchLines(coverage),
    ...orderLines(coverage.orders),
    ...lockLines(coverage.orders),
  ].join('\n');
}

function branchLines({ branches, cut }: ShownCoverage): readonly string[] {
  const taken = branches.filter((b) => b.takenBy.length > 0);
  const never = branches.filter((b) => b.takenBy.length === 0);
  const paths = [...new Set(branches.flatMap((b) => b.paths))].sort();
  const longest = Math.max(0, ...paths.map((path) => path.length));
  const rows = paths.map((path) => {
    const own = branches.filter((b) => b.paths.includes(path));
    const did = own.filter((b) => b.takenBy.includes(path));
    return `    ${ascii(path).padEnd(longest)}  ${did.length} of ${own.length}`;
  });
  const partly = cut.length > 0 ? [`  (${count(cut.length, 'search', 'searches')} ended early)`] : [];
  return [
    `  branches of the source: ${taken.length} of ${branches.length} taken; by path`,
    ...partly,
    ...rows,
    '',
    ...(never.length > 0
      ? [
          '  never taken (stopped: the thread dies of an address that came from an empty slot):',
          ...neverLines(never),
          '',
        ]
      : []),
  ];
}

/** Branches of one step stand together, unless there is something to say of some of them only. */
function neverLines(never: readonly ShownBranch[]): readonly string[] {
  const steps = new Map<string, ShownBranch[]>();
  for (const branch of never) {
    const { file, line, function: within, step, why } = branch;
    const key = [`${file}:${line} ${within}(): ${step}`, why].join('\n');
    steps.set(key, [...(steps.get(key) ?? []), branch]);
  }
  return [...steps.values()].flatMap((own) => {
    const { file, line, function: within, step, why } = own[0]!;
    const to = own.map((b) => `${b.event === 'STEP' ? '' : `${b.event} `}-> ${b.leadsTo}`);
    const paths = [...new Set(own.flatMap((b) => b.paths))].sort().join(', ');
    const text = `${file}:${line} ${within}(): ${step} ${[...new Set(to)].join(', ')}  [${paths}]`;
    return [
      ...wrap(ascii(text, 1000), width - 4, 4).map((l) => `    ${l}`),
      ...(why === null ? [] : wrap(ascii(why), width - 8).map((l) => `        ${l}`)),
    ];
  });
}

const accounts = {
  'all orders': 'all orders',
  reduced: 'of the reduced search: an order left out has the effect of one of these',
  part: 'only the first states: there may be more',
} as const;

function orderLines(orders: ShownCoverage['orders']): readonly string[] {
  const rows = orders.map(({ scenario, adjacent, pairs, of, states }) => {
    const share = pairs === 0 ? '' : ` (${Math.round((100 * adjacent) / pairs)} %)`;
    return [
      `    ${ascii(scenario)}`,
      `      ${count(adjacent, 'pair')} of ${pairs}${share} in ${count(states, 'state')}, ${accounts[of]}`,
    ].join('\n');
  });
  return ['  orders: pairs of steps of two threads, one taken directly after the other', ...rows, ''];
}

function lockLines(orders: ShownCoverage['orders']): readonly string[] {
  const kinds = [...new Set(orders.flatMap((o) => o.held.map((h) => h.lock)))].sort();
  if (kinds.length === 0) return ['  no lock was held\n'];
  const pairs = (by: string): readonly string[] => {
    const found = orders.flatMap((o) => o.together).filter((t) => t.by === by);
    const texts = found.map((t) => `${t.first} + ${t.second}${t.same ? ' (the same)' : ''}`);
    return [...new Set(texts)].sort();
  };
  const row = (what: string, all: readonly string[]): readonly string[] =>
    wrap(ascii(`${what}: ${all.join(', ') || 'none'}`, 5000), width - 4, 4).map((line) => `    ${line}`);
  return [
    '  locks',
    ...row('held', kinds),
    ...row('held together by one thread', pairs('one thread')),
    ...row('held at once by two threads', pairs('two threads')),
    '',
  ];
}
