// Makes the pages of docs that come from searches of the program.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { documents } from '../cli/documents.ts';

const docs = join(dirname(fileURLToPath(import.meta.url)), '../docs');
for (const [name, text] of Object.entries(documents())) {
  writeFileSync(join(docs, name), text);
  console.log(`docs/${name}`);
}
