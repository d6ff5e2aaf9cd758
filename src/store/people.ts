import { type Selectable, sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import { type Role, roles } from '../domain/permission.ts'
import type { IdentityKind, NewPerson, Person, PersonId, PersonStore } from '../domain/person.ts'
import type { ConnectionId, SiteId } from '../domain/site.ts'
import {
  containsPattern,
  type Db,
  idList,
  insertMany,
  insertVersioned,
  isBigId,
  recordset,
  textList,
  updateMany,
} from './rows.ts'
import type { PersonTable } from './tables.ts'

const columns = {
  site_id: 'integer',
  account_id: 'text',
  username: 'text',
  key: 'text',
  display_name: 'text',
  email: 'text',
  time_zone: 'text',
  locale: 'text',
  account_type: 'text',
  is_active: 'boolean',
  is_ghost: 'boolean',
  staff_id: 'text',
  role: 'text',
  version: 'bigint',
}

const identityColumns = {
  site_id: 'integer',
  connection_id: 'integer',
  kind: 'text',
  value: 'text',
  person_id: 'bigint',
}

export function makePersonStore(db: Db): PersonStore {
  const select = (siteId: SiteId) =>
    db.selectFrom('person').selectAll().where('site_id', '=', siteId)
  return {
    async get(siteId, id) {
      const row = isBigId(id)
        ? await select(siteId).where('id', '=', id).executeTakeFirst()
        : undefined
      if (!row) throw new DomainError('not-found', `There is no person ${id}`)
      return toPerson(row)
    },
    async getMany(siteId, ids) {
      if (ids.length === 0) return []
      return (
        await select(siteId)
          .where(sql<boolean>`id = any(${idList(ids)})`)
          .execute()
      ).map(toPerson)
    },
    async findByNames(siteId, names) {
      const found = new Map<string, Person[]>()
      if (names.length === 0) return found
      const list = textList(names)
      const ids = idList(names.filter(isBigId))
      // One index per way of naming somebody; together in one "or" PostgreSQL would read the table.
      const result = await sql<Selectable<PersonTable>>`
        select distinct on (p.id) p.* from (
          select * from person where site_id = ${siteId} and id = any(${ids})
          union all select * from person where site_id = ${siteId} and account_id = any(${list})
          union all select * from person where site_id = ${siteId} and username = any(${list})
          union all select * from person where site_id = ${siteId} and key = any(${list})
          union all select * from person where site_id = ${siteId}
            and lower(email) = any(${textList(names.map((name) => name.toLowerCase()))})
        ) p order by p.id`.execute(db)
      const named = byName(result.rows.map(toPerson))
      for (const name of names) {
        const matches = [...(named.get(name) ?? [])]
        for (const person of named.get(emailName(name)) ?? [])
          if (!matches.includes(person)) matches.push(person)
        if (matches.length > 0) found.set(name, matches)
      }
      return found
    },
    async findByLogin(siteId, name) {
      const names = textList([name])
      const result = await sql<Selectable<PersonTable>>`select distinct on (p.id) p.* from (
          select * from person where site_id = ${siteId} and account_id = any(${names})
          union all select * from person where site_id = ${siteId}
            and lower(username) = any(${textList([name.toLowerCase()])})
        ) p order by p.id`.execute(db)
      const people = result.rows.map(toPerson)
      const isExact = (person: Person) => person.accountId === name || person.username === name
      return [...people.filter(isExact), ...people.filter((person) => !isExact(person))]
    },
    async listByLogin(siteId, { limit, offset }) {
      const rows = await select(siteId)
        .where('is_ghost', '=', false)
        .orderBy(sql`coalesce(username, account_id) collate "C"`)
        .orderBy('id')
        .limit(limit)
        .offset(offset)
        .execute()
      return rows.map(toPerson)
    },
    async list(query) {
      let rows = select(query.siteId).orderBy('id').limit(query.limit)
      if (query.afterId) rows = rows.where('id', '>', query.afterId)
      if (query.offset) rows = rows.offset(query.offset)
      if (query.isActive !== undefined) rows = rows.where('is_active', '=', query.isActive)
      if (query.visibleIds) rows = rows.where(sql<boolean>`id = any(${idList(query.visibleIds)})`)
      if (query.groupId)
        rows = rows.where(
          sql<boolean>`id in (select person_id from group_member
            where site_id = ${query.siteId} and group_id = any(${idList([query.groupId])}))`,
        )
      if (query.text !== undefined) {
        const pattern = containsPattern(query.text)
        rows = rows.where((eb) =>
          eb.or([
            eb('display_name', 'ilike', pattern),
            eb('username', 'ilike', pattern),
            eb('email', 'ilike', pattern),
          ]),
        )
      }
      return (await rows.execute()).map(toPerson)
    },
    async insert(siteId, people) {
      const rows = people.map((person) => fromPerson(siteId, person, person.version))
      return insertVersioned<PersonId>(db, 'person', columns, rows)
    },
    async update(siteId, people) {
      const rows = people.map((person) => ({
        ...fromPerson(siteId, person, person.version),
        id: person.id,
      }))
      await updateMany(db, 'person', columns, rows)
    },
    async findIdentities(siteId, identities) {
      if (identities.length === 0) return []
      const asked = identities.map((identity) => ({
        connection_id: identity.connectionId,
        kind: identity.kind,
        value: identity.value,
      }))
      const result = await sql<{
        connection_id: number
        kind: IdentityKind
        value: string
        person_id: string
      }>`select i.connection_id, i.kind, i.value, i.person_id
        from ${recordset(asked, { connection_id: 'integer', kind: 'text', value: 'text' })}
        join person_identity i on i.site_id = ${siteId} and i.connection_id = r.connection_id
          and i.kind = r.kind and i.value = r.value`.execute(db)
      return result.rows.map((row) => ({
        connectionId: row.connection_id as ConnectionId,
        kind: row.kind,
        value: row.value,
        personId: row.person_id as PersonId,
      }))
    },
    async addIdentities(siteId, identities) {
      const rows = identities.map((identity) => ({
        site_id: siteId,
        connection_id: identity.connectionId,
        kind: identity.kind,
        value: identity.value,
        person_id: identity.personId,
      }))
      await insertMany(db, 'person_identity', identityColumns, rows)
    },
  }
}

/** People by everything they can be called; e-mail addresses whatever their case. */
function byName(people: readonly Person[]): ReadonlyMap<string, readonly Person[]> {
  const named = new Map<string, Person[]>()
  for (const person of people) {
    const { id, accountId, username, key, email } = person
    const names = [id, accountId, username, key, email === null ? null : emailName(email)]
    for (const name of new Set(names)) {
      if (name === null) continue
      const same = named.get(name)
      if (same) same.push(person)
      else named.set(name, [person])
    }
  }
  return named
}

function emailName(email: string): string {
  return `e-mail ${email.toLowerCase()}`
}

function fromPerson(siteId: SiteId, person: NewPerson, version: number) {
  return {
    site_id: siteId,
    account_id: person.accountId,
    username: person.username,
    key: person.key,
    display_name: person.displayName,
    email: person.email,
    time_zone: person.timeZone,
    locale: person.locale,
    account_type: person.accountType,
    is_active: person.isActive,
    is_ghost: person.isGhost,
    staff_id: person.staffId,
    role: person.role,
    version,
  }
}

function toPerson(row: Selectable<PersonTable>): Person {
  return {
    id: row.id as PersonId,
    accountId: row.account_id,
    username: row.username,
    key: row.key,
    displayName: row.display_name,
    email: row.email,
    timeZone: row.time_zone,
    locale: row.locale,
    accountType: row.account_type,
    isActive: row.is_active,
    isGhost: row.is_ghost,
    staffId: row.staff_id,
    role: toRole(row.role),
    version: Number(row.version),
  }
}

/** A role this version does not know gets the least rights: default deny. */
function toRole(text: string): Role {
  return roles.find((role) => role === text) ?? 'limited-employee'
}
