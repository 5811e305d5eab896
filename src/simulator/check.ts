import { type ApiRefusal, badRequest } from './answers.ts';
import { type ApiField, type ApiFields, type ApiLimit, type ApiType, botApi } from './description.ts';
import { checkKeyboard } from './keyboard.ts';

/** A file that came with a call, by the name of its multipart field. */
export interface UploadedFile {
  name: string;
  type: string;
  bytes: Uint8Array;
}

export type Params = Record<string, unknown>;
type Files = ReadonlyMap<string, UploadedFile>;

/** Telegram's own words, by field, where it has some for a value that is missing, too short or too long. */
const EMPTY: Record<string, string> = {
  chat_id: 'chat_id is empty',
  text: 'message text is empty',
  callback_query_id: 'query is too old and response timeout expired or query ID is invalid',
};
const OUT_OF_LIMIT: Record<string, string> = {
  callback_data: 'BUTTON_DATA_INVALID',
  command: 'BOT_COMMAND_INVALID',
  description: 'BOT_COMMAND_DESCRIPTION_INVALID',
  commands: 'BOT_COMMANDS_TOO_MUCH',
};

/**
 * Checks a call's parameters against the Bot API's description: known, present, of the right type and within limits.
 * Values that came as text (a query string, a form) are turned into what the description asks for. Limits that count
 * "after entities parsing" are left to whoever parses. Stricter than Telegram in that nothing unknown is ignored.
 */
export function checkCall(method: string, given: Params, files: Files): { ok: true; params: Params } | ApiRefusal {
  const fields = botApi.methods[method] ?? {};
  const params: Params = {};
  for (const [name, raw] of Object.entries(given)) {
    if (raw === undefined) continue;
    const field = fields[name];
    if (!field) return badRequest(`unknown parameter "${name}" of ${method}`);
    params[name] = fromText(raw, field.type);
    const problem =
      (name === 'reply_markup' ? checkKeyboard(params[name]) : undefined) ??
      checkField(params[name], field, name, files);
    if (problem !== undefined) return badRequest(problem);
  }
  for (const [name, field] of Object.entries(fields))
    if (field.required && params[name] === undefined)
      return badRequest(EMPTY[name] ?? `parameter "${name}" of ${method} is missing`);
  return { ok: true, params };
}

/** Query strings and forms carry text only; objects stand in them as JSON. What does not fit stays as it is. */
function fromText(value: unknown, type: ApiType): unknown {
  if (typeof value !== 'string' || takes(type, 'string')) {
    return typeof value === 'string' && takes(type, 'number') && /^-?\d{1,16}$/.test(value) ? Number(value) : value;
  }
  if (takes(type, 'boolean') && /^(true|false|1|0)$/i.test(value)) return /^(true|1)$/i.test(value);
  if (takes(type, 'number') && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value);
  if (/^\s*[[{]/.test(value)) {
    try {
      return JSON.parse(value) as unknown;
    } catch {
      return value;
    }
  }
  return value;
}

function takes(type: ApiType, primitive: string): boolean {
  if (typeof type !== 'string') {
    if (type[0] === 'union') return type.slice(1).some((part) => takes(part as ApiType, primitive));
    return type[0] === 'literal' && type.slice(1).some((value) => typeof value === primitive);
  }
  if (type === primitive) return true;
  const named = botApi.types[type];
  return named !== undefined && isAlias(named) && takes(named.is, primitive);
}

function isAlias(type: ApiFields | { is: ApiType }): type is { is: ApiType } {
  return 'is' in type && (typeof type.is === 'string' || Array.isArray(type.is));
}

function checkField(value: unknown, field: ApiField, path: string, files: Files): string | undefined {
  return checkType(value, field.type, path, files) ?? (field.limit && checkLimit(value, field.limit, path));
}

function checkLimit(value: unknown, [min, max, unit]: ApiLimit, path: string): string | undefined {
  if (unit === 'parsed') return undefined;
  const size =
    unit === 'value'
      ? (value as number)
      : unit === 'items'
        ? (value as unknown[]).length
        : unit === 'bytes'
          ? Buffer.byteLength(value as string)
          : [...(value as string)].length;
  if (size >= min && size <= max) return undefined;
  // Only the words of an answer to a press: a button that copies has others.
  const own = path === 'text' ? 'MESSAGE_TOO_LONG' : OUT_OF_LIMIT[path.slice(path.lastIndexOf('.') + 1)];
  return own ?? `"${path}" must be ${min}-${max}${unit === 'value' ? '' : ` ${unit}`}, not ${size}`;
}

function checkType(value: unknown, type: ApiType, path: string, files: Files): string | undefined {
  if (typeof type === 'string') return checkNamed(value, type, path, files);
  switch (type[0]) {
    case 'literal':
      return (type.slice(1) as unknown[]).includes(value)
        ? undefined
        : `"${path}" must be one of ${type.slice(1).slice(0, 12).join(', ')}, not ${shown(value)}`;
    case 'array':
      if (!Array.isArray(value)) return `"${path}" must be an Array, not ${shown(value)}`;
      for (const [index, item] of value.entries()) {
        const problem = checkType(item, type[1], `${path}[${index}]`, files);
        if (problem !== undefined) return problem;
      }
      return undefined;
    case 'union':
      return checkUnion(value, type.slice(1) as ApiType[], path, files);
  }
}

/** One alternative must fit entirely. The problem told is that of the alternative which came closest. */
function checkUnion(value: unknown, alternatives: ApiType[], path: string, files: Files): string | undefined {
  let best: { problem: string; fit: number } | undefined;
  for (const alternative of alternatives) {
    const problem = checkType(value, alternative, path, files);
    if (problem === undefined) return undefined;
    const fit = closeness(value, alternative);
    if (!best || fit > best.fit) best = { problem, fit };
  }
  return best?.problem;
}

/** How many of the value's fields an alternative knows; a matching `type` decides. */
function closeness(value: unknown, type: ApiType): number {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 0;
  if (typeof type !== 'string') return -1;
  const named = botApi.types[type];
  if (!named || isAlias(named)) return -1;
  const entries = Object.entries(value);
  const known = entries.filter(([name, own]) => {
    const field = named[name];
    if (!field) return false;
    return (
      !(Array.isArray(field.type) && field.type[0] === 'literal') || (field.type.slice(1) as unknown[]).includes(own)
    );
  });
  const missing = Object.entries(named).filter(([name, field]) => field.required && !(name in value)).length;
  const rightType = known.some(([name]) => name === 'type') ? 100 : 0;
  return rightType + known.length - missing / 2;
}

function checkNamed(value: unknown, type: string, path: string, files: Files): string | undefined {
  switch (type) {
    case 'string':
    case 'boolean':
      return typeof value === type ? undefined : `"${path}" must be a ${type}, not ${shown(value)}`;
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
        ? undefined
        : `"${path}" must be a number, not ${shown(value)}`;
    case 'file':
      return typeof value === 'string' && value.startsWith('attach://') && files.has(value.slice('attach://'.length))
        ? undefined
        : `"${path}" must be an uploaded file`;
  }
  const named = botApi.types[type];
  if (!named) throw new Error(`${type} is not in bot-api.json: run src/simulator/generate.ts`);
  return isAlias(named) ? checkType(value, named.is, path, files) : checkObject(value, named, type, path, files);
}

function checkObject(value: unknown, fields: ApiFields, type: string, path: string, files: Files): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return `"${path}" must be an Object (${type}), not ${shown(value)}`;
  const entries = Object.entries(value).filter(([, own]) => own !== undefined);
  for (const [name, own] of entries) {
    const field = fields[name];
    if (!field) return `unknown parameter "${path}.${name}" of ${type}`;
    const problem = checkField(own, field, `${path}.${name}`, files);
    if (problem !== undefined) return problem;
  }
  const missing = Object.entries(fields).find(
    ([name, field]) => field.required && !entries.some(([own]) => own === name),
  );
  return missing && `can't find field "${missing[0]}" in "${path}" (${type})`;
}

function shown(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 60) ?? String(value);
}
