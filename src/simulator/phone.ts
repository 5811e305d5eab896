import type {
  CallbackQuery,
  ChatMember,
  ChatMemberUpdated,
  InlineKeyboardButton,
  KeyboardButton,
} from '@grammyjs/types';
import { withDetected } from './entities.ts';
import { TEXT_LIMIT } from './formatted.ts';
import { replyLabel } from './keyboard.ts';
import { ANSWERABLE_MS } from './methods/callback.ts';
import type { SimMessage, SimulatedPerson } from './person.ts';
import { presentMessage } from './present.ts';
import { choicesOf, isLabelled, nothingToTap, screenOf } from './screen.ts';
import type { PersonState, StoredMessage, Toast } from './state.ts';
import { cleanFormatted } from './text.ts';
import { append, chatOf, fileBytes, findMessage, keepFile, seconds, userOf, type World } from './world.ts';

const ONE_PIXEL = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  ),
);

/** A person's phone: turns what a human does into messages and updates. */
export class Phone implements SimulatedPerson {
  readonly id: number;
  private readonly world: World;

  constructor(world: World, id: number) {
    this.world = world;
    this.id = id;
  }

  private get state(): PersonState {
    const state = this.world.state.people[this.id];
    if (!state) throw new Error(`person ${this.id} is unknown since a snapshot was restored`);
    return state;
  }

  get firstName(): string {
    return this.state.firstName;
  }
  get languageCode(): string | undefined {
    return this.state.languageCode;
  }
  get role(): string | undefined {
    return this.state.role;
  }
  get started(): boolean {
    return this.state.started;
  }
  get blocked(): boolean {
    return this.state.blocked;
  }
  get toasts(): readonly Toast[] {
    return this.state.toasts;
  }
  get opened(): readonly string[] {
    return this.state.opened;
  }
  get copied(): string | undefined {
    return this.state.copied;
  }

  get chat(): readonly SimMessage[] {
    return this.state.messages.map(({ document, ...message }) => {
      if (!document) return message;
      const bytes = fileBytes(this.world, document.file_id);
      return { ...message, document: { ...document, bytes, text: new TextDecoder().decode(bytes) } };
    });
  }

  /** The person, if able to act at all. */
  private acting(): PersonState {
    if (this.state.deleted) throw new Error(`${this.firstName} has deleted the account and can do nothing any more`);
    if (this.state.blocked) throw new Error(`${this.firstName} has blocked the bot: call unblocks() first`);
    return this.state;
  }

  private say(content: Omit<StoredMessage, 'message_id' | 'date' | 'fromBot'>): void {
    const person = this.acting();
    person.started = true;
    const message = append(this.world, person, { fromBot: false, ...content });
    this.world.updates.push(this.id, { message: presentMessage(this.world, person, message) as never });
  }

  sends(text: string): void {
    this.say(this.written(text));
  }

  private written(text: string): { text: string; entities?: NonNullable<StoredMessage['entities']> } {
    const cleaned = cleanFormatted(text, []).text;
    if (cleaned === '') throw new Error('a client does not send an empty message');
    if ([...cleaned].length > TEXT_LIMIT) throw new Error('a client sends at most 4096 characters at once');
    const entities = withDetected(cleaned, []);
    return entities.length > 0 ? { text: cleaned, entities } : { text: cleaned };
  }

  starts(payload?: string): void {
    if (this.state.blocked) this.unblocks();
    if (payload !== undefined && !/^[\w-]{1,64}$/.test(payload))
      throw new Error(`"${payload}" cannot be a deep link's payload: 1-64 of A-Z, a-z, 0-9, _ and -`);
    this.sends(payload === undefined ? '/start' : `/start ${payload}`);
  }

  taps(label: string | RegExp, options: { message?: number } = {}): void {
    const choices = choicesOf(this.acting(), options.message);
    const choice = choices.find((each) => isLabelled(each, label));
    if (!choice) throw new Error(nothingToTap(this.state, label, choices));
    if (choice.kind === 'reply') this.tapReply(choice.button);
    else this.tapInline(choice.message, choice.button);
  }

  tapsKey(row: number, column: number): void {
    const button = this.acting().keyboard?.keyboard[row]?.[column];
    if (button === undefined) throw new Error(`there is no key ${row}/${column} below this chat`);
    this.tapReply(button);
  }

  private tapReply(button: KeyboardButton): void {
    const person = this.state;
    if (person.keyboard?.one_time_keyboard) delete person.keyboard;
    if (typeof button !== 'string' && 'request_contact' in button)
      this.sendsContact({ phoneNumber: `+49151${this.id % 10_000_000}`, firstName: person.firstName, userId: this.id });
    else if (typeof button !== 'string' && 'request_location' in button) this.sendsLocation(48.7147, 8.7394);
    else this.sends(replyLabel(button));
  }

  private tapInline(message: StoredMessage, button: InlineKeyboardButton): void {
    if ('disabled' in button) throw new Error(`the button "${button.text}" is disabled: a client does nothing`);
    if ('callback_data' in button) this.presses(message.message_id, button.callback_data);
    else if ('url' in button) this.open(button.url);
    else if ('copy_text' in button) {
      this.state.copied = button.copy_text.text;
      this.world.changed(this.id);
    } else
      throw new Error(`the simulator does not play the button "${button.text}" (${Object.keys(button).join(', ')})`);
  }

  /** Follows a link; one that leads to this bot is START with its payload. */
  private open(url: string): void {
    const payload = deepLinkPayload(url, this.world.bot.username);
    if (payload === undefined) {
      this.state.opened.push(url);
      this.world.changed(this.id);
    } else this.starts(payload === '' ? undefined : payload);
  }

  presses(messageId: number, data: string): void {
    const person = this.acting();
    const now = this.world.now();
    for (const [id, query] of Object.entries(this.world.state.queries))
      if (now - query.at > ANSWERABLE_MS) delete this.world.state.queries[id];
    this.world.state.lastQueryId += 1;
    const id = `${this.id}${String(this.world.state.lastQueryId).padStart(9, '0')}`;
    this.world.state.queries[id] = { chatId: this.id, messageId, at: now, answered: false, data };
    const message = findMessage(person, messageId);
    const query: CallbackQuery = {
      id,
      from: userOf(person),
      message: message
        ? presentMessage(this.world, person, message)
        : { chat: chatOf(person), message_id: messageId, date: 0 },
      chat_instance: `-${this.id}`,
      data,
    };
    this.world.changed(this.id);
    this.world.updates.push(this.id, { callback_query: query });
  }

  sendsPhoto(): void {
    this.say({ photo: keepFile(this.world, 'photo.png', ONE_PIXEL) });
  }

  sendsSticker(): void {
    this.say({ sticker: { file_id: keepFile(this.world, 'sticker.webp', ONE_PIXEL).file_id, emoji: '🙂' } });
  }

  sendsVoice(): void {
    this.say({ voice: { file_id: keepFile(this.world, 'voice.ogg', ONE_PIXEL).file_id, duration: 3 } });
  }

  sendsDocument(name: string, bytes: Uint8Array): void {
    this.say({ document: keepFile(this.world, name, bytes) });
  }

  sendsLocation(latitude: number, longitude: number): void {
    this.say({ location: { latitude, longitude } });
  }

  sendsContact(contact: { phoneNumber: string; firstName: string; userId?: number }): void {
    const { phoneNumber: phone_number, firstName: first_name, userId: user_id } = contact;
    this.say({ contact: user_id === undefined ? { phone_number, first_name } : { phone_number, first_name, user_id } });
  }

  edits(messageId: number, text: string): void {
    const person = this.acting();
    const message = findMessage(person, messageId);
    if (!message || message.fromBot || message.text === undefined)
      throw new Error(`message ${messageId} is not a text of ${this.firstName}'s`);
    delete message.entities;
    Object.assign(message, this.written(text), { edit_date: seconds(this.world) });
    this.world.changed(this.id);
    this.world.updates.push(this.id, { edited_message: presentMessage(this.world, person, message) as never });
  }

  blocks(): void {
    if (this.acting().started) this.changeMembership(true);
    else this.state.blocked = true;
  }

  unblocks(): void {
    if (this.state.blocked) this.changeMembership(false);
  }

  private changeMembership(blocked: boolean): void {
    const { id, is_bot, first_name, username } = this.world.bot;
    const user = { id, is_bot, first_name, username };
    const member: ChatMember = { status: 'member', user };
    const kicked: ChatMember = { status: 'kicked', user, until_date: 0 };
    const change: ChatMemberUpdated = {
      chat: chatOf(this.state),
      from: userOf(this.state),
      date: seconds(this.world),
      old_chat_member: blocked ? member : kicked,
      new_chat_member: blocked ? kicked : member,
    };
    this.state.blocked = blocked;
    this.world.changed(this.id);
    this.world.updates.push(this.id, { my_chat_member: change });
  }

  deletesAccount(): void {
    this.state.deleted = true;
    this.world.changed(this.id);
  }

  screen(): { messageId: number; text: string; buttons: string[][] } | undefined {
    return screenOf(this.state);
  }
}

/** The payload of a t.me link to this bot ('' if it has none), undefined for every other link. */
export function deepLinkPayload(url: string, username: string): string | undefined {
  const parsed = URL.parse(/^https?:/i.test(url) ? url : `https://${url}`);
  if (parsed?.protocol !== 'http:' && parsed?.protocol !== 'https:') return undefined;
  if (parsed.hostname !== 't.me' && parsed.hostname !== 'telegram.me') return undefined;
  if (parsed.pathname.slice(1).toLowerCase() !== username.toLowerCase()) return undefined;
  return parsed.searchParams.get('start') ?? '';
}
