import type { Role } from '../../domain/permission.ts'

/** Where people live: decides zone, language and holidays. */
export type Country = 'DE' | 'US' | 'IN' | 'GB' | 'BR' | 'AU' | 'JP'

/** What somebody mostly does: decides the categories of the hours. */
export type Job = 'developer' | 'designer' | 'tester' | 'consultant' | 'supporter' | 'manager'

/** The four teams. */
export type TeamName = 'Customer Delivery' | 'Platform' | 'Mobile' | 'Support & Operations'

/** One row of the staff list; months count back from today. */
export type RosterRow = {
  readonly username: string
  readonly displayName: string
  readonly country: Country
  readonly role: Role
  readonly job: Job
  readonly team: TeamName
  /** Hours from Monday to Friday. */
  readonly hours: readonly [number, number, number, number, number]
  readonly joinedMonthsAgo?: number
  readonly leftMonthsAgo?: number
  readonly movedFrom?: { readonly team: TeamName; readonly monthsAgo: number }
  readonly commitmentPercent?: number
}

/** Where an office is, and how its people's accounts are set. */
export const offices: Readonly<Record<Country, { timeZone: string; locale: string }>> = {
  DE: { timeZone: 'Europe/Berlin', locale: 'de_DE' },
  US: { timeZone: 'America/New_York', locale: 'en_US' },
  IN: { timeZone: 'Asia/Kolkata', locale: 'en_IN' },
  GB: { timeZone: 'Europe/London', locale: 'en_GB' },
  BR: { timeZone: 'America/Sao_Paulo', locale: 'pt_BR' },
  AU: { timeZone: 'Australia/Adelaide', locale: 'en_AU' },
  JP: { timeZone: 'Asia/Tokyo', locale: 'ja_JP' },
}

const full = [8, 8, 8, 8, 6.5] as const
const delivery = 'Customer Delivery'
const support = 'Support & Operations'

/** Twenty-five invented people. */
export const roster: readonly RosterRow[] = [
  row('admin', 'Mira Falkenrath', 'DE', 'administrator', 'manager', 'Platform'),
  row('o.carrowell', 'Oisín Carrowell', 'GB', 'manager', 'manager', delivery, {
    commitmentPercent: 50,
  }),
  row('j.wendelau', 'Jonas Wendelau', 'DE', 'team-lead', 'consultant', delivery),
  row('p.velluri', 'Priyanka Velluri', 'IN', 'power-team-lead', 'developer', 'Platform'),
  row('h.minazono', 'Haruka Minazono (水園 遥)', 'JP', 'team-lead', 'developer', 'Mobile'),
  row('d.okonedale', 'Dwight Okonedale', 'US', 'team-lead', 'supporter', support),
  row('a.gruenbachl', 'Anneliese Grünbachl', 'DE', 'power-employee', 'consultant', delivery, {
    hours: [8, 8, 8, 8, 0],
  }),
  row('i.thackwray', 'Imogen Thackwray', 'GB', 'employee', 'consultant', delivery),
  row('c.ventrelli', 'Caio Ventrelli', 'BR', 'employee', 'developer', delivery),
  row('n.obidara', 'Nkechi Obidara', 'GB', 'employee', 'designer', delivery),
  row('s.elhaddouch', 'Samira El-Haddouch', 'DE', 'employee', 'tester', delivery, {
    hours: [4, 4, 4, 4, 4],
  }),
  row('b.koepkenau', 'Björn Köpkenau', 'DE', 'employee', 'developer', 'Platform'),
  row('a.thirumani', 'Arjun Thirumani', 'IN', 'employee', 'developer', 'Platform'),
  row('m.silverbrook', 'Maya Silverbrook', 'US', 'power-employee', 'developer', 'Platform', {
    movedFrom: { team: 'Mobile', monthsAgo: 7 },
  }),
  row('l.dvornicek', 'Lukáš Dvorníček', 'DE', 'employee', 'developer', 'Platform'),
  row('k.wollandale', 'Kirra Wollandale', 'AU', 'employee', 'tester', 'Platform'),
  row('r.tokushige', 'Ren Tokushige (徳重 蓮)', 'JP', 'employee', 'developer', 'Mobile'),
  row('l.morandez', 'Letícia Morandez', 'BR', 'employee', 'designer', 'Mobile'),
  row('z.akarsoy', 'Zeynep Akarsoy', 'DE', 'employee', 'developer', 'Mobile', {
    hours: [8, 8, 8, 0, 0],
  }),
  row('t.hoangvy', 'Tuấn Lê Hoàngvy', 'AU', 'employee', 'developer', 'Mobile', {
    joinedMonthsAgo: 10,
  }),
  row('w.kithembe', 'Wanjiru Kithembe', 'GB', 'employee', 'tester', 'Mobile'),
  row('d.pemberfield', 'Delroy Pemberfield', 'US', 'employee', 'supporter', support),
  row('e.vauquelas', 'Émilie Vauquelas', 'GB', 'limited-employee', 'supporter', support, {
    joinedMonthsAgo: 6,
  }),
  row('v.raghupathy', 'Vikram Raghupathy', 'IN', 'employee', 'supporter', support),
  row('t.brzezik', 'Tomasz Brzezik', 'DE', 'employee', 'developer', support, { leftMonthsAgo: 5 }),
]

function row(
  username: string,
  displayName: string,
  country: Country,
  role: Role,
  job: Job,
  team: TeamName,
  more: Partial<RosterRow> = {},
): RosterRow {
  return { username, displayName, country, role, job, team, hours: full, ...more }
}
