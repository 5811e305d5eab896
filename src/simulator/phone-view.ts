import type { SimMessage, SimulatedPerson } from './person.ts';
import type { ChatView, SimulatedTelegram } from './telegram.ts';

/** How many of the newest messages a phone on the page shows, so that a long chat stays quick to draw. */
const SHOWN = 200;

export interface PhoneView extends ChatView {
  id: number;
  firstName: string;
  role: string;
  languageCode: string;
  started: boolean;
  blocked: boolean;
  messages: Omit<SimMessage, 'document'>[];
  /** The newest toast, to be shown once. */
  toast: (SimulatedPerson['toasts'][number] & { number: number }) | undefined;
}

/** A phone as the page draws it; file contents stay behind and are fetched by file id. */
export function phoneView(
  telegram: SimulatedTelegram,
  person: SimulatedPerson,
  given: { role: string } | undefined,
): PhoneView {
  const last = person.toasts.at(-1);
  return {
    ...telegram.view(person.id),
    id: person.id,
    firstName: person.firstName,
    role: person.role ?? given?.role ?? '',
    languageCode: person.languageCode ?? '',
    started: person.started,
    blocked: person.blocked,
    messages: person.chat.slice(-SHOWN).map(withoutBytes),
    toast: last && { ...last, number: person.toasts.length },
  };
}

function withoutBytes({ document, ...message }: SimMessage): Omit<SimMessage, 'document'> {
  if (!document) return message;
  const { bytes: _bytes, text: _text, ...described } = document;
  return Object.assign(message, { document: described });
}
