import type { Day } from '../../domain/day.ts'
import type { CountedHolidayScheme, Holiday } from '../../domain/holiday.ts'
import type { Call } from './call.ts'

/** In a schedule version 3 shows less of a holiday than version 4, which shows all [S3][S4]. */
export function renderHoliday(call: Call, holiday: Holiday, day: Day): object {
  if (call.face.version === 4) return renderWholeHoliday(call, { ...holiday, day })
  return {
    name: holiday.name,
    ...(holiday.description === '' ? {} : { description: holiday.description }),
    durationSeconds: holiday.seconds,
  }
}

export function renderWholeHoliday(call: Call, holiday: Holiday): object {
  return {
    self: call.to(`/holiday-schemes/${holiday.schemeId}/holidays/${holiday.id}`),
    id: Number(holiday.id),
    schemeId: Number(holiday.schemeId),
    type: holiday.kind === 'fixed' ? 'FIXED' : 'FLOATING',
    name: holiday.name,
    ...(holiday.description === '' ? {} : { description: holiday.description }),
    durationSeconds: holiday.seconds,
    date: holiday.day,
  }
}

export function renderHolidayScheme(call: Call, scheme: CountedHolidayScheme): object {
  return {
    self: call.to(`/holiday-schemes/${scheme.id}`),
    id: Number(scheme.id),
    name: scheme.name,
    ...(scheme.description === '' ? {} : { description: scheme.description }),
    defaultScheme: scheme.isDefault,
    memberCount: scheme.memberCount,
  }
}
