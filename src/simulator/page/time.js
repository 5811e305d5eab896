import { pageLanguage } from './texts.js';

const ZONE = 'Europe/Berlin';

function format(epochMs, options) {
  const locale = pageLanguage() === 'en' ? 'en-GB' : 'de-DE';
  return new Intl.DateTimeFormat(locale, { timeZone: ZONE, hourCycle: 'h23', ...options }).format(epochMs);
}

export function clockTime(epochMs) {
  return format(epochMs, { hour: '2-digit', minute: '2-digit' });
}

export function dayName(epochMs) {
  return format(epochMs, { weekday: 'long', day: 'numeric', month: 'long' });
}

export function dayAndTime(epochMs) {
  return format(epochMs, {
    weekday: 'short',
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
}

/** Berlin's wall time as a `datetime-local` input wants it. */
export function wallTime(epochMs) {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short', timeStyle: 'short' }).format(
    epochMs,
  );
  return parts.replace(' ', 'T');
}
