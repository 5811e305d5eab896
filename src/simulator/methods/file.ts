import { type ApiAnswer, accept, badRequest } from '../answers.ts';
import type { Params } from '../check.ts';
import type { World } from '../world.ts';

/** A bot may download no more than this. */
export const DOWNLOAD_BYTES = 20 * 1024 * 1024;

/** Where a file lies; the folder says what it is. */
export const pathOf = (fileId: string): string => `documents/${fileId}`;

export function getFile(world: World, params: Params): ApiAnswer {
  const fileId = String(params.file_id);
  const stored = world.state.files[fileId];
  if (!stored) return badRequest('invalid file_id');
  if (stored.document.file_size > DOWNLOAD_BYTES) return badRequest('file is too big');
  return accept({
    file_id: fileId,
    file_unique_id: `AgAD${fileId.slice(-8)}`,
    file_size: stored.document.file_size,
    file_path: pathOf(fileId),
  });
}
