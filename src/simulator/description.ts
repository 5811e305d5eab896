import description from './bot-api.json' with { type: 'json' };

/**
 * A type in `bot-api.json`: `string`, `number`, `boolean`, `file` (an upload), the name of an entry of `types`, or a list
 * whose head says how to read its rest.
 */
export type ApiType =
  | string
  | ['array', ApiType]
  | ['union', ...ApiType[]]
  | ['literal', ...(string | number | boolean)[]];

/** `characters` are code points, `parsed` are code points after entities were parsed, `items` belong to arrays. */
export type ApiLimit = [min: number, max: number, unit: 'characters' | 'parsed' | 'bytes' | 'value' | 'items'];

export interface ApiField {
  type: ApiType;
  required?: true;
  limit?: ApiLimit;
}

export type ApiFields = Record<string, ApiField>;

export interface BotApiDescription {
  /** Version of `@grammyjs/types` this was generated from. */
  source: string;
  updates: string[];
  methods: Record<string, ApiFields>;
  types: Record<string, ApiFields | { is: ApiType }>;
}

/** The Bot API as `@grammyjs/types` describes it; made by `generate.ts`, never by hand. */
export const botApi = description as unknown as BotApiDescription;

const methodNames = new Map(Object.keys(botApi.methods).map((name) => [name.toLowerCase(), name]));

/** The proper spelling of a method, or undefined if the Bot API has none of that name. Letter case does not matter. */
export function knownMethod(name: string): string | undefined {
  return methodNames.get(name.toLowerCase());
}
