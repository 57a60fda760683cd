import type { Scenario } from '../../model/scenarios/scenario.ts';
import { suites } from '../../model/scenarios/suites/index.ts';
import type { Alignment } from '../../review/anchors/align.ts';
import type { Claim } from '../../review/claims/index.ts';
import type { Patch } from '../../review/diff/patch.ts';
import { PatchError } from '../../review/patch-error.ts';
import { readOverrides, readSymbols, reconfigured } from '../config-overrides.ts';
import { type Demanded, demandProtocol } from '../find-protocol.ts';
import { engines } from '../parts.ts';
import { type PatchFile, patchOf, readPatchFile } from '../patch-file.ts';
import { demandText, type ProtocolText } from '../protocol-text.ts';
import { alignmentOf, claimsOf } from './claims-of.ts';

/** What is reviewed, and on which protocol. */
export interface Subject {
  readonly patch: Patch;
  /** The claims that it makes. */
  readonly there: readonly Claim[];
  readonly alignment: Alignment;
  /** The name of the protocol that is searched; the text that it is made of, if it is one. */
  readonly protocol: string;
  readonly text: ProtocolText | null;
  readonly scenarios: readonly Scenario[];
  /** What to know of the text: what could not be checked, what looks wrong before any search. */
  readonly notes: readonly string[];
}

/** Where a patch does not hold the break: its comments are then judged on the hand-written protocol of this name. */
const OTHERWISE = 'v5';

/** Reads a patch and decides what its claims are judged on: on what its own C says, unless `protocol` names something else. */
export async function subjectOf(
  path: string,
  protocol: string | undefined,
  config: readonly string[],
): Promise<Subject> {
  const file = readPatchFile(path);
  const patch = await patchOf(file);
  const { symbols, others } = readSymbols(config, true);
  const alignment = await alignmentOf([patch], symbols);
  const judged = await judgedOn(file, protocol, symbols);
  const overrides = readOverrides(others);
  const scenarios = suites.default.map((scenario) => reconfigured(scenario, overrides));
  if (judged.text) for (const scenario of scenarios) engines.js.assemble(scenario, judged.protocol, []);
  return {
    patch,
    there: claimsOf([patch]),
    alignment,
    protocol: judged.protocol.name,
    text: judged.text,
    scenarios,
    notes: judged.notes(),
  };
}

async function judgedOn(
  file: PatchFile,
  protocol: string | undefined,
  symbols: Readonly<Record<string, number>>,
): Promise<Demanded> {
  if (protocol !== undefined) return demandProtocol(protocol, '--protocol', symbols);
  try {
    return await demandText({ argument: file.name, files: [file], symbols });
  } catch (error) {
    if (!(error instanceof PatchError) || error.reason !== 'missing-function') throw error;
    const other = await demandProtocol(OTHERWISE, '--protocol');
    const note = `note: the patch does not hold the whole break; judged on the protocol ${OTHERWISE}`;
    return { ...other, notes: () => [note] };
  }
}
