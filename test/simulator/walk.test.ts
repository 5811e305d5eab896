import { InlineKeyboard, InputFile, Keyboard } from 'grammy';
import { expect, test } from 'vitest';
import { botOn, box, handleAll } from './box.ts';

test('a bot and a person talk', async () => {
  const { telegram, amina } = box();
  const bot = botOn(telegram);
  bot.command('start', (ctx) =>
    ctx.reply(`Hallo <b>${ctx.match}</b>`, {
      parse_mode: 'HTML',
      reply_markup: new InlineKeyboard()
        .text('\u200FOK', 'ok')
        .url('Einladen', 'https://t.me/simulated_bot?start=inv_1'),
    }),
  );
  bot.callbackQuery('ok', async (ctx) => {
    await ctx.answerCallbackQuery({ text: 'Gut', show_alert: true });
    await ctx.editMessageText('Erledigt');
  });
  bot.on('message:text', (ctx) =>
    ctx.reply(ctx.message.text.toUpperCase(), { reply_parameters: { message_id: ctx.message.message_id } }),
  );
  await bot.init();

  amina.starts('abc');
  await handleAll(telegram, bot);
  expect(amina.screen()).toEqual({ messageId: 2, text: 'Hallo abc', buttons: [['\u200FOK', 'Einladen']] });

  amina.taps('Einladen');
  await handleAll(telegram, bot);
  expect(amina.screen()?.text).toBe('Hallo inv_1');

  amina.taps('OK', { message: 2 });
  expect(telegram.view(amina.id).spinning).toEqual([{ messageId: 2, data: 'ok' }]);
  await handleAll(telegram, bot);
  expect(telegram.view(amina.id).spinning).toEqual([]);
  expect(amina.toasts).toMatchObject([{ text: 'Gut', showAlert: true }]);
  expect(amina.chat[1]).toMatchObject({ text: 'Erledigt', fromBot: true });
  expect(amina.chat[1]).not.toHaveProperty('reply_markup');

  amina.sends('leise');
  await handleAll(telegram, bot);
  expect(amina.chat.at(-1)).toMatchObject({ text: 'LEISE', reply_to: 5 });
  expect(telegram.calls.map(({ method }) => method)).toContain('editMessageText');
});

test('a label that is not there is told with those that are', async () => {
  const { call, amina } = box();
  await call('sendMessage', {
    chat_id: amina.id,
    text: 'Wählen',
    reply_markup: { inline_keyboard: [[{ text: '\u200Fنعم', callback_data: 'y' }]] },
  });
  expect(() => amina.taps('Nein')).toThrow(
    'Amina finds no button "Nein". On screen: "نعم". The bot said last: "Wählen"',
  );
  expect(() => amina.taps(/^نعم$/)).not.toThrow();
});

test('a reply keyboard is pressed like a button, a contact key shares the own number', async () => {
  const { telegram, amina } = box();
  const bot = botOn(telegram);
  await bot.api.sendMessage(amina.id, 'Wie?', {
    reply_markup: new Keyboard().text('A1').requestContact('Nummer').oneTime(),
  });
  amina.taps('Nummer');
  expect(telegram.takeUpdates()[0]?.message?.contact?.user_id).toBe(amina.id);
  expect(() => amina.taps('A1')).toThrow('There are no buttons');
});

test('a document goes up and comes back with its name, then again by its id', async () => {
  const { telegram, amina } = box();
  const bot = botOn(telegram);
  const sent = await bot.api.sendDocument(
    amina.id,
    new InputFile(Buffer.from('BEGIN:VCALENDAR\r\n'), 'Termin März.ics'),
    { caption: '<i>x</i>', parse_mode: 'HTML' },
  );
  expect(sent.document).toMatchObject({ file_name: 'Termin März.ics', mime_type: 'text/calendar', file_size: 17 });
  expect(amina.chat.at(-1)?.document?.text).toBe('BEGIN:VCALENDAR\r\n');
  await bot.api.sendDocument(amina.id, sent.document.file_id);
  expect(amina.chat.at(-1)?.document?.file_id).toBe(sent.document.file_id);
});

test('photos, voice, stickers, places, edits: everything a phone sends arrives', async () => {
  const { telegram, amina } = box();
  amina.sendsPhoto();
  amina.sendsVoice();
  amina.sendsSticker();
  amina.sendsLocation(48.7, 8.7);
  amina.sendsDocument('a.pdf', new Uint8Array([1]));
  amina.sends('x');
  amina.edits(6, 'y');
  const kinds = [
    'message.photo',
    'message.voice',
    'message.sticker',
    'message.location',
    'message.document',
    'message.text',
    'edited_message.edit_date',
  ];
  for (const [index, update] of telegram.takeUpdates().entries()) expect(update).toHaveProperty(kinds[index] ?? '');
});

test('commands are shown by scope and client language, as Telegram chooses them', async () => {
  const { telegram, amina, call } = box();
  const set = (description: string, more: object) =>
    call('setMyCommands', { commands: [{ command: 'menu', description }], ...more });
  await set('Menü', {});
  await set('Menü privat', { scope: { type: 'all_private_chats' } });
  expect(telegram.view(amina.id).commands).toEqual([{ command: 'menu', description: 'Menü privat' }]);
  await set('القائمة', { scope: { type: 'all_private_chats' }, language_code: 'ar' });
  expect(telegram.view(amina.id).commands[0]?.description).toBe('القائمة');
  await set('nur du', { scope: { type: 'chat', chat_id: amina.id } });
  expect(telegram.view(amina.id).commands[0]?.description).toBe('nur du');
  await call('deleteMyCommands', { scope: { type: 'chat', chat_id: amina.id } });
  expect(telegram.view(amina.id).commands[0]?.description).toBe('القائمة');
});

test('everything survives a restart', async () => {
  const { telegram, amina, call } = box();
  const sent = botOn(telegram);
  await sent.api.sendDocument(amina.id, new InputFile(Buffer.from('x'), 'a.txt'));
  await call('setMyDescription', { description: 'مرحبا', language_code: 'ar' });
  amina.sends('noch nicht gelesen');
  const kept = JSON.parse(JSON.stringify(telegram.snapshot())) as unknown;

  const later = box();
  later.telegram.restore(kept);
  expect(later.amina.chat).toEqual(amina.chat);
  expect(later.telegram.takeUpdates()).toEqual(telegram.takeUpdates());
  expect(later.telegram.view(amina.id).description).toBe('مرحبا');
  expect(() => later.telegram.restore({ version: 0 })).toThrow('not a snapshot');
});
