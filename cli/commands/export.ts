import { type Command, Option } from 'commander';
import { QUOTIENTS } from '../../explorer/graph/graph.ts';
import { graphFormatNames, languageNames } from '../choices.ts';
import type { ExportOptions } from '../export.ts';

/** Adds `cowpte export` to the program. */
export function addExport(program: Command): void {
  program
    .command('export')
    .description('write the system of a scenario for another checker, or its state graph')
    .requiredOption('--scenario <name|file>', 'a scenario by name, slug or file')
    .option('--protocol <name|file,...>', 'a protocol by name, or patches to translate', 'v5')
    .option('--property <name...>', 'with these properties only (default: all)')
    .option('--config <key=value...>', 'change the configuration of the scenario, as for check')
    .addOption(
      new Option('--format <name>', 'a format of graphs, or a language')
        .choices([...graphFormatNames, ...languageNames])
        .makeOptionMandatory(),
    )
    .addOption(new Option('--quotient <kind>', 'put states of the graph together').choices(QUOTIENTS))
    .option('--shape <variable...>', 'the variables that make up the shape (default: those of the tables)')
    .option('--around <n>', 'only the counterexample of the one --property, and what is n steps from it')
    .option('--max-states <n>', 'a graph of at most n states')
    .option('--max-depth <n>', 'only states that at most n steps lead to')
    .option('--memory <size>', 'memory for the states, such as 512M or 2G (default: 70 % of the machine)')
    .option('--symmetric', 'murphi with scalarsets, for the symmetry reduction of rumur')
    .option('-o, --output <file>', 'write to this file (default: standard output)')
    .addHelpText('after', formatText)
    .action(async (options: ExportOptions) => {
      const { exportSystem } = await import('../export.ts');
      process.exitCode = await exportSystem(options);
    });
}

const formatText = `
Graphs, of the system as written: gexf for Gephi, graphml, dot for Graphviz, mermaid (up to 200 nodes), jsonl. Quotients put
states together by the places of the threads, by the shape of the tables, by strongly connected component (scc), or by
strong bisimulation over steps labelled with thread, place and event. A picture of 10,000 states is a texture: begin
with --quotient shape, or with the neighbourhood of a counterexample.
Languages: promela for SPIN 6.5.2, murphi for rumur, tla for TLC (FILE.tla and FILE.cfg). The head of each text says how to
run it. Each counts the states and transitions of cowpte check --no-reduce; watched properties such as lifecycle are
part of the state. Fair cycles are not judged there. With --symmetric the text for rumur has scalarsets, and its states are
the orbits of that graph.`;
