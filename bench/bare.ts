import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'

/** What somebody with the database at hand would do instead: the plain driver, and COPY. */
export type Bare = {
  page(): Promise<unknown>
  copy(): Promise<void>
  /** Rows of a span through a cursor, 5,000 at a time. */
  cursor(from: string, to: string): Promise<void>
  close(): Promise<void>
}

const join = `worklog w join issue i on i.site_id = w.site_id and i.id = w.issue_id
  join project p on p.site_id = w.site_id and p.id = w.project_id
  join person a on a.site_id = w.site_id and a.id = w.author_id
  where w.site_id = 1 and w.deleted_at is null`

export async function openBare(url: string): Promise<Bare> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return {
    page: () =>
      client.query(
        `select w.*, i.jira_id as issue_jira_id, i.key as issue_key, i.summary, p.jira_id as project_jira_id,
          p.key as project_key, p.name as project_name, a.account_id, a.username, a.key as author_key,
          a.display_name, a.email, a.time_zone, a.is_active
        from ${join} and (w.day, w.id) > ('2023-07-10', 0) order by w.day, w.id limit 1000`,
      ),
    async copy() {
      const stream = client.query(
        copyTo(`copy (select w.id, i.key, i.summary, p.key, a.display_name, a.account_id, w.day,
          w.start_time, w.time_spent_seconds, w.comment from ${join} order by w.day, w.id)
          to stdout with (format csv)`),
      )
      for await (const chunk of stream) void chunk
    },
    async cursor(from, to) {
      await client.query('begin')
      await client.query(`declare spans no scroll cursor for
        select w.*, i.key as issue_key, p.key as project_key, a.username, a.display_name
        from ${join} and w.day between '${from}' and '${to}' order by w.day, w.id`)
      for (;;) {
        const { rows } = await client.query('fetch 5000 from spans')
        if (rows.length === 0) break
      }
      await client.query('rollback')
    },
    close: () => client.end(),
  }
}
