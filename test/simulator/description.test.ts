import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { botApi, knownMethod } from '../../src/simulator/description.ts';
import { declarationsFolder, describeBotApi, limitIn, printDescription } from '../../src/simulator/generate.ts';

test('the description in git is what the pinned types say; if not, run node src/simulator/generate.ts', () => {
  const committed = readFileSync(new URL('../../src/simulator/bot-api.json', import.meta.url), 'utf8');
  expect(printDescription(describeBotApi(declarationsFolder()))).toBe(committed);
});

test('limits are read from the wording of the documentation', () => {
  expect(limitIn('Text of the message to be sent, 1-4096 characters after entities parsing', 'string')).toEqual([
    1,
    4096,
    'parsed',
  ]);
  expect(limitIn('Data to be sent in a callback query, 1-64 bytes', 'string')).toEqual([1, 64, 'bytes']);
  expect(
    limitIn('Limits the number of updates. Values between 1-100 are accepted. Defaults to 100.', 'number'),
  ).toEqual([1, 100, 'value']);
  expect(limitIn('A list of 1-100 identifiers of messages to delete', ['array', 'number'])).toEqual([1, 100, 'items']);
  expect(limitIn('A two-letter ISO 639-1 language code', 'string')).toBeUndefined();
});

test('what is new in Bot API 10.3 is known', () => {
  expect(botApi.methods.sendMessage?.text).toEqual({ type: 'string', required: true, limit: [1, 4096, 'parsed'] });
  expect(botApi.types['InlineKeyboardButton.DisabledButtonButton']).toHaveProperty('disabled');
  expect(botApi.types.InlineKeyboardMarkup).toHaveProperty('force_reply');
  expect(Object.keys(botApi.methods).length).toBeGreaterThan(150);
});

test('method names may be written in any letter case', () => {
  expect(knownMethod('SENDMESSAGE')).toBe('sendMessage');
  expect(knownMethod('sendCake')).toBeUndefined();
});
