import { readConfiguration } from './configuration.ts';
import { Field } from './field.ts';
import { readInitial } from './initial.ts';
import { type JsonValue, parseJson } from './json-text.ts';
import { quoted } from './quoted.ts';
import { readThreads } from './read-threads.ts';
import type { Mm, Scenario } from './scenario.ts';

const mostMms = 8;
// Names of mms stand inside locations (slot[A:0]) and threads (A/0), and as keys of objects.
const mmName = /^[A-Za-z][A-Za-z0-9_.-]{0,31}$/;

/** Reads the text of a scenario file. `origin` (a file name) stands in the messages and names a scenario without a name. */
export function readScenario(text: string, origin: string): Scenario {
  return resolveScenario(parseJson(text, origin), origin);
}

/** The scenario that a parsed file describes, with every default filled in. Throws an InputError for anything else. */
export function resolveScenario(value: JsonValue, origin: string): Scenario {
  const file = new Field(value, origin);
  file.object(['name', 'about', 'mms', 'initial', 'threads', 'config']);
  const config = readConfiguration(file.member('config'));
  const members = readMembers(file.member('mms'));
  const slots = readInitial(
    file.member('initial'),
    members.map((mm) => mm.member),
    config.slots,
  );
  const mms = members.map((mm, i): Mm => ({ ...mm, slots: slots[i]! }));
  const threads = readThreads(file.member('threads'), mms, config);
  return {
    name: readName(file.member('name'), origin),
    about: readAbout(file.member('about')),
    mms,
    threads,
    config,
  };
}

function readName(field: Field, origin: string): string {
  const name = field.given ? field.text() : origin.replace(/^.*[/\\]/, '').replace(/\.json$/, '');
  return name.trim() === '' ? field.fail('value', 'a scenario needs a name that is not empty') : name;
}

const readAbout = (field: Field): string => (field.given ? field.text() : '');

function readMembers(field: Field): readonly Omit<Mm, 'slots'>[] {
  const names = field.object();
  if (names.length === 0) field.fail('limit', 'at least one mm is needed');
  if (names.length > mostMms) field.fail('limit', `${names.length} mms; at most ${mostMms}`);
  return names.map((name) => {
    const mm = field.member(name);
    if (!mmName.test(name)) {
      mm.fail(
        'value',
        `${quoted(name)} cannot be the name of an mm`,
        'a letter, then letters, digits or _ . -',
      );
    }
    mm.object(['member']);
    const member = mm.member('member');
    return { name, member: member.given ? member.boolean() : true };
  });
}
