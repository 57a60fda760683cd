import type { Log, ReportingDescriptor, Result } from 'sarif';
import { jsonText } from '../json.ts';
import type { ReviewedClaim, ReviewedComment, ReviewPage } from './page.ts';

/** What SARIF calls our verdicts (SARIF 2.1.0, 3.27.9): `open` is for what could not be decided. */
const kinds: Readonly<Record<string, Result.kind>> = {
  holds: 'pass',
  'holds only if': 'review',
  violated: 'fail',
  'not decided': 'open',
};

/** The review in SARIF 2.1.0: a rule for each claim, a result at the place of its comment in the patched file. */
export function reviewSarif({ comments }: ReviewPage, tool: string): string {
  const rules = comments.flatMap(({ claims }) => claims.map(rule));
  const results = comments.flatMap((comment) => comment.claims.map((claim) => result(comment, claim)));
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      { tool: { driver: { name: 'cowpte', version: tool, rules } }, columnKind: 'utf16CodeUnits', results },
    ],
  };
  return jsonText(log);
}

const rule = ({ id, says }: ReviewedClaim): ReportingDescriptor => ({ id, shortDescription: { text: says } });

function result({ at, quote }: ReviewedComment, claim: ReviewedClaim): Result {
  const [uri, line] = at.split(':') as [string, string];
  const startLine = Number(line);
  const endLine = startLine + Math.max(1, quote?.length ?? 1) - 1;
  const { id, verdict, says, because, answer } = claim;
  const sentences = [
    `${says} Verdict: ${verdict}.`,
    ...because,
    ...(answer === null ? [] : [`Answer: ${answer}`]),
  ];
  const kind = kinds[verdict] ?? 'open';
  return {
    ruleId: id,
    kind,
    level: kind === 'fail' ? 'error' : 'none',
    message: { text: sentences.join('\n') },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri, uriBaseId: 'SRCROOT' }, region: { startLine, endLine } },
      },
    ],
    partialFingerprints: { 'cowpte/claim/v1': id },
  };
}
