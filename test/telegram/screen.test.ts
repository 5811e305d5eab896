import { expect, it } from 'vitest';
import { allDone } from '../../src/telegram/screen.ts';

it('waits for the edit although the answer has failed: a late edit would overwrite the next screen', async () => {
  const steps: string[] = [];
  const edit = Promise.withResolvers<void>();
  const shown = allDone([edit.promise.then(() => steps.push('edited')), Promise.reject(new Error('no answer'))]).catch(
    (error: Error) => steps.push(error.message),
  );
  await Promise.resolve();
  expect(steps).toEqual([]);
  edit.resolve();
  await shown;
  expect(steps).toEqual(['edited', 'no answer']);
});
