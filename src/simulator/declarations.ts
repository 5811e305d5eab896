/**
 * A reader for the few shapes of TypeScript that `@grammyjs/types` is written in: interfaces, unions, namespaces,
 * one type with method signatures. It keeps doc comments, because Telegram's limits stand only there.
 */

import { type Token, tokenize } from './tokens.ts';

/** A type expression. Named types keep their written name; what we cannot narrow further is a primitive. */
export type TypeExpression =
  | { kind: 'name'; name: string }
  | { kind: 'literal'; value: string | number | boolean }
  | { kind: 'array'; of: TypeExpression }
  | { kind: 'union'; of: TypeExpression[] }
  | { kind: 'object'; members: Member[] };

export interface Member {
  name: string;
  doc: string;
  optional: boolean;
  type: TypeExpression;
  /** Present on a method signature: its single object argument, if it has one. */
  argument?: TypeExpression;
  isMethod: boolean;
}

export type Declaration =
  | { kind: 'interface'; parents: string[]; members: Member[] }
  | { kind: 'alias'; type: TypeExpression };

class Reader {
  private at = 0;
  private readonly tokens: Token[];
  readonly found: Map<string, Declaration>;

  constructor(tokens: Token[], found: Map<string, Declaration>) {
    this.tokens = tokens;
    this.found = found;
  }

  private peek(): Token {
    return this.tokens[this.at] ?? { kind: 'end', text: '' };
  }

  private is(text: string): boolean {
    const token = this.peek();
    return token.text === text && (token.kind === 'word' || token.kind === 'mark');
  }

  private take(): Token {
    const token = this.peek();
    this.at += 1;
    return token;
  }

  private accept(text: string): boolean {
    if (!this.is(text)) return false;
    this.at += 1;
    return true;
  }

  private expect(text: string): void {
    if (this.accept(text)) return;
    const near = this.tokens.slice(this.at - 5, this.at + 5).map((token) => token.text);
    throw new Error(`expected "${text}" near "${near.join(' ')}": teach declarations.ts this shape`);
  }

  private doc(): string {
    let doc = '';
    while (this.peek().kind === 'doc') doc = this.take().text;
    return doc;
  }

  statements(prefix: string): void {
    while (this.peek().kind !== 'end' && !this.is('}')) this.statement(prefix);
  }

  private statement(prefix: string): void {
    this.doc();
    while (this.accept('export') || this.accept('declare'));
    if (this.accept('namespace')) {
      const name = this.take().text;
      this.expect('{');
      this.statements(`${prefix}${name}.`);
      this.expect('}');
    } else if (this.accept('interface')) this.interfaceDeclaration(prefix);
    else if (this.accept('type')) this.alias(prefix);
    else if (this.accept('const')) {
      const name = this.take().text;
      this.expect(':');
      this.found.set(prefix + name, { kind: 'alias', type: this.type() });
      this.accept(';');
    } else this.skipPast(';');
  }

  private interfaceDeclaration(prefix: string): void {
    const name = prefix + this.take().text;
    this.generics();
    const parents: string[] = [];
    if (this.accept('extends')) {
      do {
        const parent = this.type();
        if (parent.kind === 'name') parents.push(parent.name);
      } while (this.accept(','));
    }
    this.found.set(name, { kind: 'interface', parents, members: this.members() });
  }

  private alias(prefix: string): void {
    const name = prefix + this.take().text;
    this.generics();
    this.expect('=');
    // Mapped types describe TypeScript, not Telegram.
    if (this.is('{') && this.tokens[this.at + 1]?.text === '[') {
      this.skipPast(';');
      return;
    }
    this.found.set(name, { kind: 'alias', type: this.type() });
    this.accept(';');
  }

  private skipPast(text: string): void {
    for (let depth = 0; this.peek().kind !== 'end'; ) {
      const token = this.take();
      if (token.kind !== 'mark') continue;
      if ('{(['.includes(token.text)) depth += 1;
      else if ('})]'.includes(token.text)) depth -= 1;
      else if (token.text === text && depth === 0) return;
    }
  }

  private generics(): TypeExpression[] {
    const given: TypeExpression[] = [];
    if (!this.accept('<')) return given;
    do {
      given.push(this.type());
      if (this.accept('extends')) this.type();
    } while (this.accept(','));
    this.expect('>');
    return given;
  }

  private members(): Member[] {
    this.expect('{');
    const members: Member[] = [];
    for (let doc = this.doc(); !this.accept('}'); doc = this.doc()) {
      this.accept('readonly');
      const name = this.take().text;
      const optional = this.accept('?');
      const isMethod = this.accept('(');
      const member: Member = { name, doc, optional, isMethod, type: { kind: 'name', name: 'unknown' } };
      if (isMethod && !this.accept(')')) {
        this.take();
        this.accept('?');
        this.expect(':');
        member.argument = this.type();
        this.expect(')');
      }
      this.expect(':');
      member.type = this.type();
      this.accept(';');
      members.push(member);
    }
    return members;
  }

  private type(): TypeExpression {
    this.accept('|');
    const parts = [this.intersection()];
    while (this.accept('|')) parts.push(this.intersection());
    const [first] = parts;
    return parts.length === 1 && first ? first : { kind: 'union', of: parts };
  }

  /** `string & Record<never, never>` and `Message & Update.Edited`: the first part is the one that counts. */
  private intersection(): TypeExpression {
    const first = this.postfix();
    while (this.accept('&')) this.postfix();
    return first;
  }

  private postfix(): TypeExpression {
    this.accept('readonly');
    let type = this.primary();
    while (this.accept('[')) {
      if (this.accept(']')) type = { kind: 'array', of: type };
      else {
        this.type();
        this.expect(']');
      }
    }
    return type;
  }

  private primary(): TypeExpression {
    const token = this.peek();
    if (this.is('{')) return { kind: 'object', members: this.members() };
    if (this.accept('(')) {
      const inner = this.type();
      this.expect(')');
      return inner;
    }
    this.take();
    if (token.kind === 'string') return { kind: 'literal', value: token.text };
    if (token.kind === 'number') return { kind: 'literal', value: Number(token.text) };
    if (token.text === 'true' || token.text === 'false') return { kind: 'literal', value: token.text === 'true' };
    if (token.text === 'typeof' || token.text === 'keyof') return this.postfix();
    let name = token.text;
    while (this.accept('.')) name += `.${this.take().text}`;
    const given = this.generics();
    const [of] = given;
    if ((name === 'ReadonlyArray' || name === 'Array') && of) return { kind: 'array', of };
    if ((name === 'Exclude' || name === 'Omit') && of) return of;
    return { kind: 'name', name };
  }
}

/** Reads the declarations of one `.d.ts` file into `found`, by full name (`InlineKeyboardButton.CallbackButton`). */
export function readDeclarations(source: string, found: Map<string, Declaration>): void {
  new Reader(tokenize(source), found).statements('');
}
