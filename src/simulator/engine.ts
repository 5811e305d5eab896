import type { Update, UserFromGetMe } from '@grammyjs/types';
import { type ApiAnswer, NOT_FOUND, notPlayed, UNAUTHORIZED } from './answers.ts';
import { checkCall, type Params, type UploadedFile } from './check.ts';
import { knownMethod } from './description.ts';
import { type FaultRule, Faults, underFault } from './faults.ts';
import { shownCommands } from './methods/commands.ts';
import { DOWNLOAD_BYTES, pathOf } from './methods/file.ts';
import { METHODS } from './methods/table.ts';
import type { SimulatedPerson } from './person.ts';
import { Phone } from './phone.ts';
import { botUser, emptyState, type State } from './state.ts';
import type { ChatView, PersonGiven, RecordedCall, SimulatedTelegram, SimulatedTelegramOptions } from './telegram.ts';
import { cleanText } from './text.ts';
import { type PollParams, type Signal, UpdateQueue } from './updates.ts';
import { Webhook } from './webhook.ts';
import { fileBytes, type World } from './world.ts';

const SNAPSHOT_VERSION = 1;
const KEPT_CALLS = 100_000;

/** The simulated Telegram itself: takes calls apart, hands them to whoever plays them, keeps the people. */
export class Telegram implements SimulatedTelegram {
  readonly bot: UserFromGetMe;
  readonly calls: RecordedCall[] = [];
  private readonly options: SimulatedTelegramOptions;
  private readonly world: World;
  private readonly webhook: Webhook;
  private readonly faults = new Faults();
  private readonly persons = new Map<number, Phone>();
  private readonly listeners = new Set<(chatId: number) => void>();
  private readonly sleep: (ms: number) => Promise<void>;

  constructor(options: SimulatedTelegramOptions) {
    if (!/^\d+:[\w-]+$/.test(options.token)) throw new Error('a bot token looks like 123456:ABC-def');
    this.options = options;
    this.bot = botUser(options.token, options.bot ?? {});
    this.sleep = options.sleep ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms).unref()));
    const updates = new UpdateQueue(() => this.world);
    const changed = (chatId: number) => {
      for (const listener of this.listeners) listener(chatId);
    };
    this.world = { state: emptyState(), bot: this.bot, updates, now: () => options.now(), changed };
    this.webhook = new Webhook(this.world, { fetch: options.fetch ?? fetch, sleep: this.sleep });
  }

  now(): number {
    return this.options.now();
  }

  async call(
    token: string,
    name: string,
    given: Params,
    files: ReadonlyMap<string, UploadedFile> = new Map(),
    signal?: Signal,
  ): Promise<ApiAnswer> {
    if (token !== this.options.token) return UNAUTHORIZED;
    const method = knownMethod(name);
    if (method === undefined) return NOT_FOUND;
    const record = this.record(method, given);
    const fault = this.faults.strike(method, record.chatId);
    const answer = await underFault(fault, async () => this.execute(method, given, files, signal), this.sleep);
    record.answer = answer;
    return answer;
  }

  private record(method: string, params: Params): RecordedCall {
    const record: RecordedCall = { at: this.options.now(), method, params };
    const queryChat = this.world.state.queries[String(params.callback_query_id)]?.chatId;
    const chatId = params.chat_id === undefined ? queryChat : Number(params.chat_id);
    if (chatId !== undefined && Number.isFinite(chatId)) record.chatId = chatId;
    this.calls.push(record);
    const most = this.options.keepCalls ?? KEPT_CALLS;
    if (this.calls.length > most) this.calls.splice(0, this.calls.length - most);
    return record;
  }

  private async execute(
    method: string,
    given: Params,
    files: ReadonlyMap<string, UploadedFile>,
    signal: Signal | undefined,
  ): Promise<ApiAnswer> {
    const checked = checkCall(method, given, files);
    if (!checked.ok) return checked;
    const { params } = checked;
    switch (method) {
      case 'getUpdates':
        return this.world.updates.poll(params as PollParams, signal);
      case 'setWebhook':
        return this.webhook.set(params);
      case 'deleteWebhook':
        return this.webhook.remove(params);
      case 'getWebhookInfo':
        return this.webhook.info();
    }
    const play = METHODS[method];
    return play ? play(this.world, params, files) : notPlayed(`the method ${method}`);
  }

  person(given: PersonGiven): SimulatedPerson {
    const { people } = this.world.state;
    const id =
      given.id ?? Object.values(people).find((each) => each.firstName === given.firstName)?.id ?? this.freeId();
    if (!people[id]) {
      people[id] = {
        id,
        firstName: cleanText(given.firstName) || 'Unnamed',
        ...(given.languageCode === undefined ? {} : { languageCode: given.languageCode }),
        ...(given.role === undefined ? {} : { role: given.role }),
        started: given.started ?? false,
        blocked: false,
        deleted: false,
        lastMessageId: 0,
        messages: [],
        toasts: [],
        opened: [],
      };
      this.world.changed(0);
    }
    return this.handle(id);
  }

  private freeId(): number {
    const { state } = this.world;
    while (state.people[state.nextPersonId]) state.nextPersonId += 1;
    return state.nextPersonId;
  }

  private handle(id: number): Phone {
    const known = this.persons.get(id) ?? new Phone(this.world, id);
    this.persons.set(id, known);
    return known;
  }

  people(): SimulatedPerson[] {
    return Object.values(this.world.state.people).map(({ id }) => this.handle(id));
  }

  onChange(listener: (chatId: number) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  onUpdate(listener: (update: Update) => void): () => void {
    return this.world.updates.onUpdate(listener);
  }

  fail(rule: FaultRule): () => void {
    return this.faults.add(rule);
  }

  heal(): void {
    this.faults.clear();
  }

  pending(): number {
    return this.world.updates.waitingUpdates().length;
  }

  takeUpdates(): Update[] {
    return this.world.updates.takeAll();
  }

  snapshot(): unknown {
    return structuredClone({ version: SNAPSHOT_VERSION, state: this.world.state });
  }

  restore(snapshot: unknown): void {
    const { version, state } = (snapshot ?? {}) as { version?: unknown; state?: State };
    if (version !== SNAPSHOT_VERSION || !state)
      throw new Error('this is not a snapshot of this version of the simulator: delete it and begin afresh');
    this.world.state = structuredClone(state);
    this.world.changed(0);
    this.webhook.wake();
  }

  view(chatId: number): ChatView {
    const { state } = this.world;
    const person = state.people[chatId];
    const language = person?.languageCode ?? '';
    const spinning = Object.values(state.queries)
      .filter((query) => query.chatId === chatId && !query.answered)
      .map(({ messageId, data }) => ({ messageId, data }));
    return {
      botName: state.names[language] ?? state.names[''] ?? this.bot.first_name,
      description: state.descriptions[language] ?? state.descriptions[''] ?? '',
      commands: shownCommands(this.world, chatId, language),
      spinning,
      keyboard: person?.keyboard,
      action: person?.action,
      deleted: person?.deleted ?? false,
    };
  }

  download(token: string, path: string): Uint8Array | undefined {
    if (token !== this.options.token) return undefined;
    const [fileId] = Object.keys(this.world.state.files).filter((id) => pathOf(id) === path);
    const stored = fileId === undefined ? undefined : this.world.state.files[fileId];
    if (fileId === undefined || stored === undefined || stored.document.file_size > DOWNLOAD_BYTES) return undefined;
    this.calls.push({ at: this.options.now(), method: 'download', params: {} });
    return fileBytes(this.world, fileId);
  }

  file(fileId: string): { name: string; type: string; bytes: Uint8Array } | undefined {
    const stored = this.world.state.files[fileId];
    if (!stored) return undefined;
    return { name: stored.document.file_name, type: stored.document.mime_type, bytes: fileBytes(this.world, fileId) };
  }
}
