import type { Seal } from '../../platform/crypto.ts';
import { isLocale } from '../../platform/locale.ts';
import {
  type Actor,
  HOUSINGS,
  type Housing,
  INTERPRETER_LANGUAGES,
  type InterpreterLanguage,
  type Member,
  ROLES,
  type Role,
  UNDERTAKING_VERSION,
} from './model.ts';
import { readWishes } from './model-wishes.ts';
import type { Identified } from './service.ts';
import type { IdentityRow } from './store.ts';

/** Turns what the store knows of a Telegram account into the actor that use cases demand. Nothing else makes one. */
export function identify(row: IdentityRow | undefined, telegramId: number, seal: Seal): Identified {
  const flow = row?.flow ?? undefined;
  const unreachable = row?.unreachable ?? false;
  const stranger = { kind: 'stranger', telegramId } as Actor;
  if (row === undefined || row.personId === null || !isLocale(row.locale))
    return { actor: stranger, flow, unreachable };
  const roles = rolesOf(row);
  const role = roles.find((one) => one === row.role) ?? roles.at(-1);
  if (role === undefined) return { actor: stranger, flow, unreachable };
  const known = { personId: row.personId, telegramId, locale: row.locale, roles };
  return { actor: { kind: role, ...known, ...factsOf(role, row, seal) } as unknown as Member, flow, unreachable };
}

const rolesOf = (row: IdentityRow): Role[] => {
  const held: Record<Role, boolean> = {
    refugee: row.number !== null,
    volunteer: row.volunteerId !== null,
    manager: row.managerId !== null,
    coordinator: row.coordinatorId !== null,
    counsellor: row.counsellorId !== null,
  };
  return ROLES.filter((role) => held[role]);
};

function factsOf(role: Role, row: IdentityRow, seal: Seal): Readonly<Record<string, unknown>> {
  switch (role) {
    case 'refugee':
      return {
        number: row.number,
        nickname: row.nickname === null ? undefined : seal.open('nickname', row.nickname),
        housing: HOUSINGS.find((housing): housing is Housing => housing === row.housing),
        ags: row.ags ?? undefined,
        managerId: row.assignedManagerId ?? undefined,
        interpreter: row.interpreter ?? undefined,
        interpreterLanguage: INTERPRETER_LANGUAGES.find(
          (language): language is InterpreterLanguage => language === row.interpreterLanguage,
        ),
        reminders: readWishes(row.reminders),
        discreet: row.discreet,
      };
    case 'volunteer':
      return {
        volunteerId: row.volunteerId,
        name: row.volunteerName,
        circle: row.circle,
        circleId: row.circleId,
        isSpeaker: row.speaker === true,
        signed: row.undertaking === UNDERTAKING_VERSION,
      };
    case 'manager':
      return {
        managerId: row.managerId,
        name: row.managerName,
        carrierId: row.managerCarrierId,
        morningAt: row.morningAt ?? undefined,
      };
    case 'coordinator':
      return {
        coordinatorId: row.coordinatorId,
        name: row.coordinatorName,
        carrierId: row.coordinatorCarrierId ?? undefined,
      };
    case 'counsellor':
      return { counsellorId: row.counsellorId, name: row.counsellorName };
  }
}
