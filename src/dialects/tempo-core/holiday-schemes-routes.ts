import { choiceOn } from '../../domain/dated-choice.ts'
import { type Day, parsePeriod } from '../../domain/day.ts'
import type {
  CountedHolidayScheme,
  Holiday,
  HolidayId,
  HolidaySchemeId,
} from '../../domain/holiday.ts'
import { type Fields, fieldsOf } from './body.ts'
import type { Call } from './call.ts'
import { badRequest, inWords, notFound } from './errors.ts'
import { renderHolidayScheme, renderWholeHoliday } from './holidays-render.ts'
import { whole } from './lists.ts'
import type { Operations } from './operations.ts'
import { findUser } from './people-find.ts'
import { wholeIn } from './query.ts'
import { memberPage, membersIn, searchMembers, todayOf } from './scheme-members.ts'

const words = { 'not-found': 'Holiday scheme not found' } as const

/** Holiday schemes and their holidays: section 9 of the contract. */
export function holidaySchemes({ face, get, post, put, search, delete: remove }: Operations): void {
  get('/holiday-schemes', async (call) => {
    const { store } = call.needs
    const rows = await store.holidays.listSchemes(call.actor.siteId, await todayOf(call))
    return whole(call, rows, (one) => renderHolidayScheme(call, one))
  })

  post('/holiday-schemes', async (call) => {
    const wish = readScheme(fieldsOf(call.body))
    const made = await call.needs.calendar.holidays.createScheme(call.actor, wish)
    return renderHolidayScheme(call, made)
  })

  get('/holiday-schemes/users/:accountId', async (call) => {
    const { store } = call.needs
    const { id } = await findUser(call)
    const today = await todayOf(call)
    const choices = await store.holidays.choices(call.actor.siteId, [id])
    const all = await store.holidays.listSchemes(call.actor.siteId, today)
    const chosen = choiceOn(choices, today)
    const found = all.find((one) => (chosen === null ? one.isDefault : one.id === chosen))
    if (!found) throw notFound(words['not-found'])
    return renderHolidayScheme(call, found)
  })

  if (face.version === 4)
    search('/holiday-schemes/members/search', async (call) =>
      searchMembers(call, (id, page) =>
        call.needs.store.holidays.members(call.actor.siteId, id as HolidaySchemeId, page),
      ),
    )

  get('/holiday-schemes/:id', async (call) => renderHolidayScheme(call, await findScheme(call)))

  put('/holiday-schemes/:id', async (call) => {
    const { id } = await findScheme(call)
    const wish = readScheme(fieldsOf(call.body))
    const after = await call.needs.calendar.holidays.changeScheme(call.actor, id, wish)
    return renderHolidayScheme(call, after)
  })

  remove('/holiday-schemes/:id', async (call) => {
    const { id } = await findScheme(call)
    await call.needs.calendar.holidays.removeScheme(call.actor, id)
    return undefined
  })

  put('/holiday-schemes/:id/default', async (call) => {
    const { id } = await findScheme(call)
    const change = { isDefault: true }
    const after = await call.needs.calendar.holidays.changeScheme(call.actor, id, change)
    return renderHolidayScheme(call, after)
  })

  get('/holiday-schemes/:id/members', async (call) => {
    const { id } = await findScheme(call)
    return memberPage(call, (page) =>
      call.needs.store.holidays.members(call.actor.siteId, id, page),
    )
  })

  post('/holiday-schemes/:id/members', async (call) => {
    const { id } = await findScheme(call)
    await call.needs.calendar.holidays.assign(call.actor, id, await membersIn(call))
    return undefined
  })

  get('/holiday-schemes/:id/holidays', async (call) => {
    const { id } = await findScheme(call)
    const thisYear = Number((await todayOf(call)).slice(0, 4))
    const year = wholeIn(call.query, 'year', 1) ?? thisYear
    if (year > 9999) throw badRequest("'year' must be a year")
    const text = String(year).padStart(4, '0')
    const rows = await find(call, id, parsePeriod(`${text}-01-01`, `${text}-12-31`))
    const inYear = rows.map((one) => (one.kind === 'fixed' ? inThatYear(one, text) : one))
    return whole(call, inYear, (one) => renderWholeHoliday(call, one))
  })

  get('/holiday-schemes/:id/holidays/floating', async (call) => {
    const { id } = await findScheme(call)
    const rows = (await find(call, id)).filter(({ kind }) => kind === 'floating')
    return whole(call, rows, (one) => renderWholeHoliday(call, one))
  })

  post('/holiday-schemes/:id/holidays', async (call) => {
    const { id } = await findScheme(call)
    const wish = readHoliday(fieldsOf(call.body))
    return renderWholeHoliday(call, await call.needs.calendar.holidays.add(call.actor, id, wish))
  })

  get('/holiday-schemes/:id/holidays/:holidayId', async (call) =>
    renderWholeHoliday(call, await findHoliday(call)),
  )

  put('/holiday-schemes/:id/holidays/:holidayId', async (call) => {
    const { id } = await findHoliday(call)
    const wish = { description: '', ...readHoliday(fieldsOf(call.body)) }
    return renderWholeHoliday(call, await call.needs.calendar.holidays.change(call.actor, id, wish))
  })

  remove('/holiday-schemes/:id/holidays/:holidayId', async (call) => {
    const { id } = await findHoliday(call)
    await call.needs.calendar.holidays.remove(call.actor, id)
    return undefined
  })
}

async function find(call: Call, id: HolidaySchemeId, period?: { from: Day; to: Day }) {
  const query = { schemeIds: [id], ...(period ? { period } : {}) }
  return call.needs.store.holidays.find(call.actor.siteId, query)
}

async function findScheme(call: Call): Promise<CountedHolidayScheme> {
  const { actor, needs } = call
  const today = await todayOf(call)
  return inWords(words, () =>
    needs.store.holidays.getScheme(actor.siteId, call.param('id') as HolidaySchemeId, today),
  )
}

async function findHoliday(call: Call): Promise<Holiday> {
  const scheme = await findScheme(call)
  const holiday = await inWords({ 'not-found': 'Holiday not found' }, () =>
    call.needs.store.holidays.get(call.actor.siteId, call.param('holidayId') as HolidayId),
  )
  if (holiday.schemeId !== scheme.id) throw notFound('Holiday not found')
  return holiday
}

/** A fixed holiday on its day of the year asked for; one of 29 February keeps its own year's. */
function inThatYear(holiday: Holiday, year: string): Holiday {
  const day = `${year}${holiday.day.slice(4)}` as Day
  const isLeapDay = holiday.day.endsWith('-02-29')
  return isLeapDay ? holiday : { ...holiday, day }
}

function readScheme(fields: Fields) {
  const name = fields.text('name')?.trim()
  const description = fields.text('description')
  if (!name) fields.wrong('You must specify a scheme name')
  fields.check()
  return { name: name!, ...(description === undefined ? {} : { description }) }
}

function readHoliday(fields: Fields) {
  const type = fields.oneOf('type', ['FIXED', 'FLOATING'])
  const name = fields.text('name')?.trim()
  const description = fields.text('description')
  const seconds = fields.whole('durationSeconds')
  const day = fields.day('date')
  if (!fields.has('type')) fields.wrong("'type' is required")
  if (!name) fields.wrong('You must specify a holiday name')
  if (!fields.has('durationSeconds')) fields.wrong("'durationSeconds' is required")
  else if (seconds !== undefined && (seconds < 1 || seconds > 86_400))
    fields.wrong("'durationSeconds' must be 1 to 86400")
  if (!fields.has('date')) fields.wrong("'date' is required")
  fields.check()
  return {
    kind: type === 'FIXED' ? ('fixed' as const) : ('floating' as const),
    name: name!,
    day: day!,
    seconds: seconds!,
    ...(description === undefined ? {} : { description }),
  }
}
