#!/usr/bin/env node
// Does D2's own compiler, as WebAssembly, take each of these files, and which texts does it read in them?
//
//   node d2.mjs MODULES FOLDER      prints one JSON object for each .d2 file: file, ok, error, texts
//
// Boxes, arrows and sequences are compiled up to where they would be laid out, which takes most of the time; tables and classes
// keep their rows to themselves until then, and are laid out.
import fs from 'node:fs'; import path from 'node:path'; import { createRequire } from 'node:module'; import { pathToFileURL } from 'node:url';

const [modules, folder] = process.argv.slice(2);
if (!folder) { console.error('d2.mjs MODULES FOLDER'); process.exit(2); }
const dist = path.resolve(modules, '@terrastruct/d2/dist/node-esm');
// What the package's own worker does, without the worker: that one cannot stop before the layout.
globalThis.require ??= createRequire(import.meta.url);
const load = name => new Function(fs.readFileSync(path.join(dist, name), 'utf8')).call(globalThis);
for (const name of fs.readdirSync(dist).filter(name => /^chunk-.*\.js$/.test(name))) await import(pathToFileURL(path.join(dist, name)));
load('wasm_exec.js'); load('elk.js'); load('setup.js');
const go = new Go();
go.run((await WebAssembly.instantiate(fs.readFileSync(path.join(dist, 'd2.wasm')), go.importObject)).instance);

async function ask(what, index, options) {
  const answer = JSON.parse(await globalThis.d2[what](JSON.stringify({ fs: { index }, options })));
  if (answer.error) throw new Error(answer.error.message.slice(0, 400));
  return answer.data;
}
function labels(node, found) {
  for (const label of node.labels ?? []) found.push(label.text);
  for (const inner of [...node.children ?? [], ...node.edges ?? []]) labels(inner, found);
  return found;
}
let bad = 0;
for (const name of fs.readdirSync(folder).filter(name => name.endsWith('.d2')).sort()) {
  const text = fs.readFileSync(path.join(folder, name), 'utf8'); const said = { file: name, ok: true, texts: [] };
  try {
    if (/^\s*shape: (sql_table|class)$/m.test(text)) {
      const { diagram } = await ask('compile', text, { layout: 'elk' });
      for (const shape of diagram.shapes) {
        said.texts.push(shape.label, ...(shape.columns ?? []).flatMap(row => [row.name.label, row.type.label]));
        said.texts.push(...[...shape.fields ?? [], ...shape.methods ?? []].flatMap(row => [row.name, row.type ?? row.return ?? '']));
      }
      said.texts.push(...diagram.connections.map(line => line.label));
    } else labels(await ask('getELKGraph', text), said.texts);
  } catch (error) { said.ok = false; said.error = String(error.message); bad++; }
  console.log(JSON.stringify(said));
}
process.exit(bad ? 1 : 0);
