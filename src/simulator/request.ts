import type { Params, UploadedFile } from './check.ts';

export interface ParsedRequest {
  params: Params;
  files: Map<string, UploadedFile>;
}

/**
 * Reads a Bot API request's body: JSON, a form, or multipart with files. Undefined if it is none of them.
 * A file that stands under a parameter's own name is turned into an `attach://` reference to itself.
 */
export function readBody(contentType: string, body: Uint8Array): ParsedRequest | undefined {
  const params: Params = {};
  const files = new Map<string, UploadedFile>();
  if (body.byteLength === 0) return { params, files };
  if (contentType.startsWith('multipart/form-data')) {
    const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
    return boundary === undefined ? undefined : readMultipart(body, boundary);
  }
  const text = new TextDecoder().decode(body);
  if (contentType.startsWith('application/x-www-form-urlencoded'))
    return { params: Object.fromEntries(new URLSearchParams(text)), files };
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? { params: parsed as Params, files }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Written out, because clients quote file names in ways that standard parsers refuse. */
function readMultipart(body: Uint8Array, boundary: string): ParsedRequest | undefined {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const mark = Buffer.from(`--${boundary}`);
  const params: Params = {};
  const files = new Map<string, UploadedFile>();
  let at = bytes.indexOf(mark);
  while (at >= 0) {
    const start = at + mark.length + 2;
    const end = bytes.indexOf(Buffer.concat([Buffer.from('\r\n'), mark]), start);
    if (end < 0) break;
    const head = bytes.indexOf('\r\n\r\n', start);
    if (head < 0 || head > end) return undefined;
    addPart(bytes.subarray(start, head).toString('utf8'), bytes.subarray(head + 4, end), params, files);
    at = end + 2;
  }
  const attached = new Set(JSON.stringify(params).match(/attach:\/\/[\w.-]+/g) ?? []);
  for (const name of files.keys()) if (!attached.has(`attach://${name}`)) params[name] = `attach://${name}`;
  return { params, files };
}

function addPart(head: string, content: Buffer, params: Params, files: Map<string, UploadedFile>): void {
  const name = /[;\s]name=(?:"([^"]*)"|([^;\r\n]+))/i.exec(head);
  const field = name?.[1] ?? name?.[2];
  if (field === undefined) return;
  const filename = /filename=(?:"([^"]*)"|([^;\r\n]+))/i.exec(head);
  if (!filename) {
    params[field] = content.toString('utf8');
    return;
  }
  const type = /content-type:\s*([^\r\n]+)/i.exec(head)?.[1] ?? 'application/octet-stream';
  files.set(field, { name: filename[1] ?? filename[2] ?? field, type, bytes: new Uint8Array(content) });
}
