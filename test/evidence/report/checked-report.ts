import { assemble } from '../../../checking/assemble.ts';
import { check } from '../../../checking/check.ts';
import { htmlReport } from '../../../cli/html-report.ts';
import { Outputs } from '../../../cli/outputs.ts';
import { ProgressLine } from '../../../cli/progress.ts';
import type { SourceLines } from '../../../evidence/report/sources.ts';
import { explore } from '../../../explorer/search/explore.ts';
import { replay } from '../../../explorer/trace/replay.ts';
import { readScenario } from '../../../model/scenarios/read.ts';
import { protocols } from '../../../model/variants/index.ts';
import { properties } from '../../../properties/index.ts';

/** A name that would like to be markup. */
export const hostileName = `</script><img src=x onerror="alert(1)"> 'two' breaks \u202e${'long '.repeat(100)}`;

/** The report of two breaks of one slot on v5, and of a break that stands alone: made from real searches. */
export async function checkedReport(): Promise<string> {
  const protocol = protocols[0]!;
  const thread = { mm: 'A', run: 'break-only' };
  const scenarios = [
    readScenario(
      JSON.stringify({ name: hostileName, mms: { A: {}, B: {} }, threads: [thread, thread] }),
      'race',
    ),
    readScenario(JSON.stringify({ name: 'one break', mms: { A: {}, B: {} }, threads: [thread] }), 'one'),
  ];
  const done = check({ scenarios, protocol, properties, options: {} }, { assemble, explore, replay });
  const context = {
    protocol: protocol.name,
    layout: 'lockdep',
    config: [],
    scenarios,
    arguments: ['race.json', 'one.json'],
    slugs: ['race', 'one'],
  } as const;
  return await htmlReport(done, context, {
    protocol,
    outputs: new Outputs({}, context),
    source: made,
    reviewed: null,
    graphs: 1,
    progress: new ProgressLine(true),
    tool: '0.1.0',
    seconds: 1,
  });
}

/** A source that says of each line which one it is. */
const made: SourceLines = ({ source, file, line }) =>
  source === 'v5-04' ? `\t${file}:${line} </script> <b>` : null;
