import { Option } from 'commander';
import { colorChoices, layoutNames, traceFormatNames } from '../choices.ts';

export const layoutOption = (): Option =>
  new Option('--layout <name>', 'columns of a trace').choices(layoutNames).default('lockdep');

export const traceFormatOption = (flags: string, what: string): Option =>
  new Option(flags, what).choices(traceFormatNames);

export const colorOption = (): Option =>
  new Option('--color <when>', 'colour the verdicts').choices(colorChoices).default('auto');
