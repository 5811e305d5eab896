/**
 * Writes `bot-api.json` from the pinned `@grammyjs/types`: run `node src/simulator/generate.ts` after moving the pin.
 * Only what a bot can send is kept: every method's parameters, and the types that can be reached from them.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Declaration, type Member, readDeclarations, type TypeExpression } from './declarations.ts';
import type { ApiField, ApiFields, ApiLimit, ApiType, BotApiDescription } from './description.ts';

const PRIMITIVES: Record<string, ApiType> = {
  string: 'string',
  number: 'number',
  boolean: 'boolean',
  F: 'file',
  never: 'file',
};

/** The first range in a doc comment, such as "1-4096 characters after entities parsing" or "1-64 bytes". */
export function limitIn(doc: string, type: ApiType): ApiLimit | undefined {
  if (Array.isArray(type) && type[0] === 'array') {
    const range = /(\d+)-(\d+) [a-z]/.exec(doc);
    if (range) return [Number(range[1]), Number(range[2]), 'items'];
    const most = /(?:up to|at most) (\d+) (?:items|commands)/i.exec(doc);
    return most ? [0, Number(most[1]), 'items'] : undefined;
  }
  if (type === 'number') {
    const range = /(?:^|[\s;,])(\d+)-(\d+)(?=$|[.;,]| are accepted)/.exec(doc);
    return range ? [Number(range[1]), Number(range[2]), 'value'] : undefined;
  }
  const range = /(\d+)-(\d+) (characters|bytes)( after entit)?/.exec(doc);
  if (!range) return undefined;
  const unit = range[3] === 'bytes' ? 'bytes' : range[4] ? 'parsed' : 'characters';
  return [Number(range[1]), Number(range[2]), unit];
}

class Generator {
  private readonly found: Map<string, Declaration>;
  readonly types: Record<string, ApiFields | { is: ApiType }> = {};

  constructor(found: Map<string, Declaration>) {
    this.found = found;
  }

  /** An interface's own members and those it inherits; a member declared again replaces the inherited one. */
  members(name: string): Member[] {
    const declaration = this.found.get(name);
    if (declaration?.kind !== 'interface') throw new Error(`${name} is not an interface of @grammyjs/types`);
    const scope = name.includes('.') ? name.slice(0, name.lastIndexOf('.') + 1) : '';
    const inherited = declaration.parents.flatMap((parent) =>
      this.members(this.found.has(scope + parent) ? scope + parent : parent),
    );
    const own = new Map([...inherited, ...declaration.members].map((member) => [member.name, member]));
    return [...own.values()];
  }

  fields(members: Member[]): ApiFields {
    const fields: ApiFields = {};
    for (const member of members) {
      const type = this.type(member.type);
      const field: ApiField = { type };
      if (!member.optional) field.required = true;
      const limit = limitIn(member.doc, type);
      if (limit) field.limit = limit;
      fields[member.name] = field;
    }
    return fields;
  }

  type(type: TypeExpression): ApiType {
    switch (type.kind) {
      case 'literal':
        return ['literal', type.value];
      case 'array':
        return ['array', this.type(type.of)];
      case 'union':
        return this.union(type.of.map((part) => this.type(part)));
      case 'object':
        throw new Error('an object type without a name: give it one in generate.ts');
      case 'name':
        return PRIMITIVES[type.name] ?? this.named(type.name);
    }
  }

  private union(parts: ApiType[]): ApiType {
    const literals = parts.flatMap((part) => (Array.isArray(part) && part[0] === 'literal' ? part.slice(1) : []));
    const others = parts.filter((part) => !(Array.isArray(part) && part[0] === 'literal'));
    if (others.includes('string')) return others.length === 1 ? 'string' : ['union', ...others];
    if (literals.length > 0) others.push(['literal', ...(literals as string[])]);
    const [only] = others;
    return others.length === 1 && only !== undefined ? only : ['union', ...others];
  }

  private named(name: string): ApiType {
    const declaration = this.found.get(name);
    if (!declaration) throw new Error(`${name} is not declared in @grammyjs/types`);
    if (declaration.kind === 'interface') {
      if (!(name in this.types)) {
        this.types[name] = {};
        this.types[name] = this.fields(this.members(name));
      }
      return name;
    }
    // The language codes are values of a constant. Telegram also takes an empty one, for "every other language".
    const table = declaration.type.kind === 'name' ? this.found.get(declaration.type.name) : undefined;
    if (table?.kind === 'alias' && table.type.kind === 'object') {
      const codes = table.type.members.map((member) => this.type(member.type));
      this.types[name] = { is: this.union([...codes, ['literal', '']]) };
      return name;
    }
    if (declaration.type.kind === 'name') return this.type(declaration.type);
    if (!(name in this.types)) {
      this.types[name] = { is: 'string' };
      this.types[name] = { is: this.type(declaration.type) };
    }
    return name;
  }
}

/** Reads the type declarations in `folder`. Throws, naming the place, when they contain a shape that is new to us. */
export function describeBotApi(folder: string): BotApiDescription {
  const found = new Map<string, Declaration>();
  for (const file of readdirSync(folder).sort())
    if (file.endsWith('.d.ts')) readDeclarations(readFileSync(join(folder, file), 'utf8'), found);
  const generator = new Generator(found);
  // The update names are keys of an interface; as a type they would be the whole Update.
  const updates = generator.members('Update').flatMap((member) => (member.name === 'update_id' ? [] : member.name));
  found.set('Update', {
    kind: 'alias',
    type: { kind: 'union', of: updates.map((value) => ({ kind: 'literal', value })) },
  });
  const all = found.get('ApiMethods');
  if (all?.kind !== 'alias' || all.type.kind !== 'object')
    throw new Error('ApiMethods is not declared in @grammyjs/types');
  const methods: Record<string, ApiFields> = {};
  for (const method of all.type.members)
    methods[method.name] = method.argument?.kind === 'object' ? generator.fields(method.argument.members) : {};
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  return { source: `@grammyjs/types ${manifest.version}`, updates, methods, types: generator.types };
}

/** One line per method and per type, so that a diff of two versions can be read. */
export function printDescription(description: BotApiDescription): string {
  const table = (entries: Record<string, unknown>) =>
    `{\n${Object.keys(entries)
      .sort()
      .map((name) => `    ${JSON.stringify(name)}: ${JSON.stringify(entries[name])}`)
      .join(',\n')}\n  }`;
  return `{
  "source": ${JSON.stringify(description.source)},
  "updates": ${JSON.stringify(description.updates)},
  "methods": ${table(description.methods)},
  "types": ${table(description.types)}
}
`;
}

/** Where the pinned declarations are installed. */
export function declarationsFolder(): string {
  return dirname(fileURLToPath(import.meta.resolve('@grammyjs/types')));
}

if (import.meta.main)
  writeFileSync(new URL('bot-api.json', import.meta.url), printDescription(describeBotApi(declarationsFolder())));
