/** A piece of TypeScript source. Doc comments count, other comments do not. */
export interface Token {
  kind: 'doc' | 'word' | 'string' | 'number' | 'mark' | 'end';
  text: string;
}

const TOKEN =
  /\/\*\*([\s\S]*?)\*\/|\/\/[^\n]*|\/\*[\s\S]*?\*\/|("(?:[^"\\]|\\.)*")|(`[^`]*`)|(0x[0-9A-Fa-f]+|\d+(?:\.\d+)?)|([\p{ID_Start}_$][\p{ID_Continue}$]*)|(=>|[^\s])/gu;

/** Cuts source into tokens; template literals become the word `string`, which is what they mean to us. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  for (const match of source.matchAll(TOKEN)) {
    const [, doc, quoted, template, digits, word, mark] = match;
    if (doc !== undefined) tokens.push({ kind: 'doc', text: doc.replace(/\s+/g, ' ').trim() });
    else if (quoted !== undefined) tokens.push({ kind: 'string', text: JSON.parse(quoted) as string });
    else if (template !== undefined) tokens.push({ kind: 'word', text: 'string' });
    else if (digits !== undefined) tokens.push({ kind: 'number', text: digits });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark });
  }
  return tokens;
}
