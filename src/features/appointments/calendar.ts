import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { toDate } from '../../platform/datetime.ts';
import { addressOf } from '../county/model.ts';
import type { Appointment } from './model.ts';

/**
 * An appointment as a calendar entry (RFC 5545): a UID that stays, a SEQUENCE that rises with each move, an alarm two
 * hours before. It says when, where and with whom, never what about.
 */
export function calendarEntry(appointment: Appointment, title: string): string {
  const { place } = appointment;
  const calendar = ical({
    prodId: { company: 'integration-management-bot', product: 'appointments', language: 'DE' },
    method: ICalCalendarMethod.PUBLISH,
  });
  const event = calendar.createEvent({
    id: `${appointment.id}@integration-management-bot`,
    sequence: appointment.sequence,
    stamp: toDate(appointment.bookedAt),
    start: toDate(appointment.startsAt),
    end: toDate(appointment.endsAt),
    summary: title,
    status: appointment.status === 'booked' ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
    ...(place !== undefined && {
      location: { title: place.name, address: addressOf(place), geo: { lat: place.lat, lon: place.lon } },
    }),
  });
  event.createAlarm({ type: ICalAlarmType.display, trigger: 7_200, description: title });
  return calendar.toString();
}
