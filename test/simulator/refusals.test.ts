import { describe, expect, test } from 'vitest';
import { box, refusal, result, TOKEN } from './box.ts';

const button = (extra: object) => ({ inline_keyboard: [[{ text: 'OK', ...extra }]] });
const chat_id = 5_200_000_001;

describe('Telegram refuses, in its own words', () => {
  test.each<[what: string, method: string, params: Record<string, unknown>, words: string]>([
    [
      'a text of 4097 characters',
      'sendMessage',
      { chat_id, text: 'ሀ'.repeat(4097) },
      'Bad Request: message is too long',
    ],
    ['an empty text', 'sendMessage', { chat_id, text: '' }, 'Bad Request: message text is empty'],
    ['a text of white space', 'sendMessage', { chat_id, text: ' \n\t\u2028' }, 'Bad Request: message text is empty'],
    ['a missing text', 'sendMessage', { chat_id }, 'Bad Request: message text is empty'],
    ['a missing chat', 'sendMessage', { text: 'x' }, 'Bad Request: chat_id is empty'],
    ['a chat it never saw', 'sendMessage', { chat_id: 42, text: 'x' }, 'Bad Request: chat not found'],
    [
      'button data of 65 bytes',
      'sendMessage',
      { chat_id, text: 'x', reply_markup: button({ callback_data: 'አ'.repeat(22) }) },
      'Bad Request: BUTTON_DATA_INVALID',
    ],
    [
      'empty button data',
      'sendMessage',
      { chat_id, text: 'x', reply_markup: button({ callback_data: '' }) },
      'Bad Request: BUTTON_DATA_INVALID',
    ],
    [
      'a button that does nothing',
      'sendMessage',
      { chat_id, text: 'x', reply_markup: button({}) },
      "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ],
    [
      'a button without a label',
      'sendMessage',
      { chat_id, text: 'x', reply_markup: { inline_keyboard: [[{ callback_data: 'x' }]] } },
      'Bad Request: can\'t parse inline keyboard button: Can\'t find field "text"',
    ],
    [
      'a button that leads to localhost',
      'sendMessage',
      { chat_id, text: 'x', reply_markup: button({ url: 'http://localhost:8080/x' }) },
      "Bad Request: inline keyboard button URL 'http://localhost:8080/x' is invalid: Wrong HTTP URL",
    ],
    [
      'a keyboard that is not rows',
      'sendMessage',
      { chat_id, text: 'x', reply_markup: { inline_keyboard: [{ text: 'x', callback_data: 'x' }] } },
      'Bad Request: field "inline_keyboard" must be an Array of Arrays',
    ],
    [
      'nine buttons in a row',
      'sendMessage',
      {
        chat_id,
        text: 'x',
        reply_markup: { inline_keyboard: [Array.from({ length: 9 }, () => ({ text: 'x', callback_data: 'x' }))] },
      },
      'Bad Request: reply markup is too long',
    ],
    [
      'an entity beyond the end',
      'sendMessage',
      { chat_id, text: 'abc', entities: [{ type: 'bold', offset: 1, length: 9 }] },
      'Bad Request: entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 10',
    ],
    [
      'an edit of nothing',
      'editMessageText',
      { chat_id, message_id: 99, text: 'x' },
      'Bad Request: message to edit not found',
    ],
    [
      'an edit without an address',
      'editMessageText',
      { text: 'x' },
      'Bad Request: message identifier is not specified',
    ],
    ['a deletion of nothing', 'deleteMessage', { chat_id, message_id: 99 }, 'Bad Request: message to delete not found'],
    [
      'an answer to no query',
      'answerCallbackQuery',
      { callback_query_id: '1' },
      'Bad Request: query is too old and response timeout expired or query ID is invalid',
    ],
    [
      'a toast of 201 characters',
      'answerCallbackQuery',
      { callback_query_id: '1', text: 'x'.repeat(201) },
      'Bad Request: MESSAGE_TOO_LONG',
    ],
    [
      'a button that copies 257 characters',
      'sendMessage',
      {
        chat_id,
        text: 'x',
        reply_markup: { inline_keyboard: [[{ text: 'x', copy_text: { text: 'x'.repeat(257) } }]] },
      },
      'Bad Request: "reply_markup.inline_keyboard[0][0].copy_text.text" must be 1-256 characters, not 257',
    ],
    [
      'a command in capitals',
      'setMyCommands',
      { commands: [{ command: 'Start', description: 'x' }] },
      'Bad Request: BOT_COMMAND_INVALID',
    ],
    [
      'a webhook without TLS',
      'setWebhook',
      { url: 'http://example.org/' },
      'Bad Request: bad webhook: An HTTPS URL must be provided for webhook',
    ],
    [
      'a language code of four letters',
      'setMyName',
      { name: 'x', language_code: 'tigr' },
      '"language_code" must be one of',
    ],
    ['an unknown method', 'sendCake', {}, 'Not Found'],
    [
      'a method the simulator does not play',
      'sendPoll',
      { chat_id, question: 'x', options: [{ text: 'a' }] },
      'Not Implemented: the simulator does not play the method sendPoll',
    ],
  ])('%s', async (_, method, params, words) => {
    expect(refusal(await box().call(method, params))).toContain(words);
  });

  test('a wrong token', async () => {
    expect(await box().telegram.call('1:x', 'getMe', {})).toEqual({
      ok: false,
      error_code: 401,
      description: 'Unauthorized',
    });
  });

  test('whoever blocked the bot, is gone, or never began', async () => {
    const { telegram, amina, call } = box();
    amina.blocks();
    expect(refusal(await call('sendMessage', { chat_id, text: 'x' }))).toBe('Forbidden: bot was blocked by the user');
    amina.unblocks();
    amina.deletesAccount();
    expect(refusal(await call('sendMessage', { chat_id, text: 'x' }))).toBe('Forbidden: user is deactivated');
    const stranger = telegram.person({ firstName: 'Berhane' });
    expect(refusal(await call('sendMessage', { chat_id: stranger.id, text: 'x' }))).toBe(
      "Forbidden: bot can't initiate conversation with a user",
    );
  });

  test('an edit that changes nothing, of text as of buttons', async () => {
    const { call } = box();
    const reply_markup = button({ callback_data: 'x' });
    const { message_id } = result<{ message_id: number }>(
      await call('sendMessage', { chat_id, text: '<b>x</b>', parse_mode: 'HTML', reply_markup }),
    );
    const words =
      'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';
    const same = { chat_id, message_id, text: '<b>x</b> ', parse_mode: 'HTML', reply_markup };
    expect(refusal(await call('editMessageText', same))).toBe(words);
    expect(refusal(await call('editMessageReplyMarkup', { chat_id, message_id, reply_markup }))).toBe(words);
    expect((await call('editMessageReplyMarkup', { chat_id, message_id })).ok).toBe(true);
  });

  test('an edit of what the person wrote, and a deletion after 48 hours to the second', async () => {
    const { amina, call, pass } = box();
    amina.sends('hallo');
    expect(refusal(await call('editMessageText', { chat_id, message_id: 1, text: 'x' }))).toBe(
      "Bad Request: message can't be edited",
    );
    pass(48 * 3600_000 - 1000);
    expect((await call('deleteMessage', { chat_id, message_id: 1 })).ok).toBe(true);
    amina.sends('noch eins');
    pass(48 * 3600_000);
    expect(refusal(await call('deleteMessage', { chat_id, message_id: 2 }))).toBe(
      "Bad Request: message can't be deleted for everyone",
    );
  });

  test('a second answer to a press, and one after a quarter of an hour', async () => {
    const { telegram, amina, call, pass } = box();
    await call('sendMessage', { chat_id, text: 'x', reply_markup: button({ callback_data: 'x' }) });
    const press = () => {
      amina.taps('OK');
      return { callback_query_id: telegram.takeUpdates()[0]?.callback_query?.id };
    };
    const first = press();
    expect((await call('answerCallbackQuery', { ...first, text: 'ja' })).ok).toBe(true);
    expect(amina.toasts).toMatchObject([{ text: 'ja', showAlert: false }]);
    expect(refusal(await call('answerCallbackQuery', first))).toContain('query is too old');
    const late = press();
    pass(15 * 60_000 + 1);
    expect(refusal(await call('answerCallbackQuery', late))).toContain('query is too old');
  });
});

describe('the simulator is stricter than Telegram', () => {
  test.each<[what: string, params: Record<string, unknown>, words: string]>([
    [
      'an unknown parameter',
      { disable_web_page_preview: true },
      'unknown parameter "disable_web_page_preview" of sendMessage',
    ],
    [
      'an unknown field',
      { link_preview_options: { disabled: true } },
      'unknown parameter "link_preview_options.disabled"',
    ],
    [
      'a colour Telegram does not have',
      { reply_markup: button({ callback_data: 'x', style: 'pink' }) },
      'style" must be one of danger, success, primary',
    ],
    [
      'two actions on one button',
      { reply_markup: button({ callback_data: 'x', url: 'https://a.de' }) },
      'exactly one action is allowed',
    ],
    ['a number for a text', { text: 5 }, '"text" must be a string, not 5'],
    ['nothing for something', { parse_mode: null }, '"parse_mode" must be one of'],
  ])('%s', async (_, extra, words) => {
    expect(refusal(await box().call('sendMessage', { chat_id, text: 'x', ...extra }))).toContain(words);
  });

  test('numbers and objects that came as text are taken, as from a query string', async () => {
    const answer = await box().telegram.call(TOKEN, 'sendMessage', {
      chat_id: String(chat_id),
      text: '123',
      protect_content: 'true',
      reply_markup: JSON.stringify(button({ callback_data: 'x' })),
    });
    expect(result(answer)).toMatchObject({ text: '123', has_protected_content: true, chat: { id: chat_id } });
  });
});
