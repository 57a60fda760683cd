import type { Check, System } from '../../model/language/system.ts';
import type { Options } from '../options.ts';
import type { Figures, Finding, Outcome } from '../outcome.ts';
import { readSystem } from '../program/program.ts';
import { asksForCycles, changesRuns, reductionsOf } from '../reduce/applicable.ts';
import { search } from './search.ts';
import { searchBySwitches } from './search-by-switches.ts';
import { searchByWalks } from './search-by-walks.ts';

/**
 * Judges all checks of a system. Fairness needs the graph as written, which most checks do not: where cycles are possible, what
 * asks for them is judged by a search of its own, so that the others can be judged with all reductions.
 */
export function* searchAll(system: System, options: Options): Generator<void, Outcome, void> {
  const fair = asksForCycles(readSystem(system));
  const safe = { ...system, checks: system.checks.map((c) => ({ ...c, leaves: null })) };
  const one = searchOf(options);
  const apart =
    one !== search || options.fingerprints || changesRuns(reductionsOf(readSystem(safe), options));
  if (!fair || !apart) return yield* one(system, options);
  const { checkpoints } = options;
  const began = performance.now();
  const first = checkpoints?.before ?? (yield* one(safe, options));
  // A run that goes round for ever switches without end, needs all states, and does not end: it is looked for where the
  // bound on switches kept nothing back, and never by fingerprints or walks.
  if ((one !== search || options.fingerprints) && !first.exhaustive) return first;
  const endless = { ...system, checks: system.checks.filter((c) => c.leaves !== null).map(onlyLeaves) };
  const second = yield* search(endless, {
    ...options,
    maxSwitches: Number.POSITIVE_INFINITY,
    checkpoints: isCut(options, began, first) ? null : (checkpoints?.after(first) ?? null),
    timeout: options.timeout - (performance.now() - began),
    maxStates: Math.max(1, options.maxStates - first.states),
  });
  return {
    ...first,
    findings: first.findings.map((finding) => {
      const other = second.findings.find((f) => f.check === finding.check);
      // Each row tells of the searches that judged it, and of no other.
      return other && finding.verdict !== 'violated'
        ? both(finding, other, first, second)
        : { ...finding, figures: figuresOf(first) };
    }),
    states: first.states + second.states,
    transitions: first.transitions + second.transitions,
    depth: Math.max(first.depth, second.depth),
    exhaustive: first.exhaustive && second.exhaustive,
    reason: first.reason ?? second.reason,
    course: first.course ?? second.course,
    seconds: first.seconds + second.seconds,
  };
}

/** Was the first search, or the search for its runs, cut by what another run need not meet? Then it has to go on itself. */
const isCut = ({ signal, timeout }: Options, began: number, { reason }: Outcome): boolean =>
  reason === 'memory' || signal?.aborted === true || performance.now() - began >= timeout;

const searchOf = ({ sample, maxSwitches }: Options): typeof search => {
  if (sample > 0) return searchByWalks;
  return maxSwitches === Number.POSITIVE_INFINITY ? search : searchBySwitches;
};

const onlyLeaves = (check: Check): Check => ({
  ...check,
  always: [],
  atEnd: [],
  monitors: [],
  deadlock: null,
});

const figuresOf = ({
  states,
  transitions,
  depth,
  exhaustive,
  reason,
  reductions,
  switches,
  collisions,
  sample,
}: Figures): Figures => ({
  states,
  transitions,
  depth,
  exhaustive,
  reason,
  reductions,
  switches,
  collisions,
  sample,
});

/** A check that two searches have judged: it holds if both say so. */
function both(safe: Finding, fair: Finding, first: Figures, second: Figures): Finding {
  const verdict = fair.verdict === 'holds' ? safe.verdict : fair.verdict;
  return {
    ...safe,
    verdict,
    // What was broken was certainly put to the test.
    exercised: safe.exercised || fair.run !== null,
    run: fair.run,
    figures: {
      states: first.states + second.states,
      transitions: first.transitions + second.transitions,
      depth: Math.max(first.depth, second.depth),
      exhaustive: first.exhaustive && second.exhaustive,
      reason: first.reason ?? second.reason,
      reductions: second.reductions,
      switches: first.switches,
      collisions: first.collisions,
      sample: first.sample,
    },
  };
}
