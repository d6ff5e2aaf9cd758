import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { HealthBody } from '../../../src/api/contract.ts'
import { ErrorState, Skeleton } from '../parts/states.tsx'
import { useFormat } from '../time/format.ts'
import classes from './admin.module.css'
import { type Connection, connectionsQuery } from './connections-query.ts'
import { healthQuery } from './health-query.ts'
import { useHealthTexts } from './health-texts.ts'
import { Scroller } from './scroller.tsx'

type Kind = 'good' | 'warn' | 'bad' | 'plain'

const lateSeconds = 2 * 86_400

/** How the server stands: what needs a look first, then everything in words. */
export function HealthScreen() {
  const t = useHealthTexts()
  const health = useQuery(healthQuery)
  const connections = useQuery(connectionsQuery)
  if (health.isPending || connections.isPending) return <Skeleton lines={12} height={24} />
  const error = health.error ?? connections.error
  if (error)
    return (
      <ErrorState
        error={error}
        onRetry={() => {
          void health.refetch()
          void connections.refetch()
        }}
      />
    )
  if (!health.data || !connections.data) return null
  const ways = connections.data.connections.filter(({ sync }) => sync !== null)
  const troubles =
    ways.filter((way) => kindOf(way) === 'bad').length +
    (backupKind(health.data) === 'bad' ? 1 : 0) +
    (health.data.requests.failed > 0 ? 1 : 0)
  return (
    <>
      <Verdict troubles={troubles} isBackupKnown={health.data.backup.mark !== null} />
      <Database of={health.data} />
      <section className={classes.section} aria-labelledby="health-sync">
        <h2 id="health-sync">{t.sync}</h2>
        {ways.length === 0 ? <p className={classes.lead}>{t.noJira}</p> : null}
        <ul className={classes.lines}>
          {ways.map((way) => (
            <li key={way.id}>
              <SyncLine of={way} />
            </li>
          ))}
        </ul>
        {ways.length > 0 ? <Rhythm seconds={health.data.syncSeconds} /> : null}
        <Link to="/admin/connections">{t.toConnections}</Link>
      </section>
      <Server of={health.data} />
      <Settings of={health.data} />
    </>
  )
}

function Verdict({ troubles, isBackupKnown }: { troubles: number; isBackupKnown: boolean }) {
  const t = useHealthTexts()
  const format = useFormat()
  return (
    <p role="status" className={classes.verdict}>
      {troubles === 0 ? (
        <span className={classes.state} data-kind={isBackupKnown ? 'good' : 'warn'}>
          {isBackupKnown ? t.well : t.wellBut}
        </span>
      ) : (
        <span className={classes.state} data-kind="bad">
          {troubles === 1 ? t.one : t.notWell(format.number(troubles))}
        </span>
      )}
    </p>
  )
}

function ageOf(moment: string): number {
  return Math.max(0, Math.floor((Date.now() - Date.parse(moment)) / 1_000))
}

function backupKind({ backup }: HealthBody): Kind {
  if (backup.mark === null) return 'warn'
  return backup.lastAt === null || ageOf(backup.lastAt) > lateSeconds ? 'bad' : 'good'
}

function Pair({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function Database({ of }: { of: HealthBody }) {
  const t = useHealthTexts()
  const format = useFormat()
  const { database, backup } = of
  const kind = backupKind(of)
  return (
    <section className={classes.section} aria-labelledby="health-database">
      <h2 id="health-database">{t.database}</h2>
      <dl className={classes.pairs}>
        <Pair name={t.database}>{t[database.engine](database.version)}</Pair>
        <Pair name={t.size}>{format.bytes(database.sizeBytes)}</Pair>
        <Pair name={t.holds}>
          {t.holdsWhat(format.number(database.worklogs), format.number(database.people))}
        </Pair>
        <Pair name={t.schema}>{t.schemaIs(format.number(database.schemaVersion))}</Pair>
        <Pair name={t.backup}>
          {backup.mark === null ? (
            t.noBackup
          ) : backup.lastAt === null ? (
            t.backupMissing(backup.mark)
          ) : (
            <>
              {t.backupAt(format.ago(ageOf(backup.lastAt)), format.moment(backup.lastAt))}{' '}
              {kind === 'bad' ? (
                <span className={classes.state} data-kind="bad">
                  {t.backupLate}
                </span>
              ) : null}
            </>
          )}
          {kind === 'good' ? null : (
            <div className={classes.soft}>
              {backup.mark === null ? `${t.noBackupHint} ` : null}
              {database.engine === 'embedded' ? t.embeddedHint : t.postgresqlHint}
            </div>
          )}
        </Pair>
      </dl>
    </section>
  )
}

function kindOf({ sync, syncedAt }: Connection): Kind {
  if (sync?.phase === 'stopped' || sync?.trouble) return 'bad'
  if (sync?.phase === 'backfill') return 'warn'
  return syncedAt === null ? 'plain' : 'good'
}

function SyncLine({ of }: { of: Connection }) {
  const t = useHealthTexts()
  const format = useFormat()
  const { name, sync, ageSeconds } = of
  const text =
    sync?.phase === 'stopped'
      ? t.syncStopped(name, sync.trouble ?? '')
      : sync?.trouble
        ? t.syncTrouble(name, sync.trouble)
        : sync?.phase === 'backfill'
          ? t.syncBusy(name)
          : ageSeconds === null
            ? t.syncNever(name)
            : t.syncWell(name, format.ago(ageSeconds))
  return (
    <>
      <span className={classes.dot} data-kind={kindOf(of)} aria-hidden />
      {text}
    </>
  )
}

function Rhythm({ seconds }: { seconds: number }) {
  const t = useHealthTexts()
  const format = useFormat()
  return (
    <p className={classes.soft}>
      {seconds === 0 ? t.neverBySelf : t.everySeconds(format.span(seconds))}
    </p>
  )
}

function Server({ of }: { of: HealthBody }) {
  const t = useHealthTexts()
  const format = useFormat()
  const { requests } = of
  return (
    <section className={classes.section} aria-labelledby="health-server">
      <h2 id="health-server">{t.server}</h2>
      <dl className={classes.pairs}>
        <Pair name={t.version}>
          {of.version} {t.node(of.nodeVersion)}
        </Pair>
        <Pair name={t.since}>
          {t.sinceWhen(format.ago(ageOf(of.startedAt)), format.moment(of.startedAt))}
        </Pair>
        <Pair name={t.memory}>{format.bytes(of.memoryBytes)}</Pair>
        <Pair name={t.requests}>
          {requests.count === 0
            ? t.noRequests
            : t.answered(format.number(requests.count), format.number(requests.averageMs))}
          {requests.count === 0 ? null : (
            <div className={classes.soft}>
              {`${t.slow(format.number(requests.slow))}, ${
                requests.failed === 0 ? t.noneFailed : t.failed(format.number(requests.failed))
              }`}
            </div>
          )}
        </Pair>
        <Pair name={t.machines}>{t.machinesHint(window.location.origin)}</Pair>
      </dl>
    </section>
  )
}

function Settings({ of }: { of: HealthBody }) {
  const t = useHealthTexts()
  return (
    <section className={classes.section} aria-labelledby="health-settings">
      <h2 id="health-settings">{t.settings}</h2>
      <p className={classes.intro}>{t.settingsHint}</p>
      <Scroller label={t.settings}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t.setting}</th>
              <th scope="col">{t.value}</th>
              <th scope="col">{t.meaning}</th>
            </tr>
          </thead>
          <tbody>
            {of.settings.map(({ name, value, meaning }) => (
              <tr key={name}>
                <td>
                  <code className={classes.mono}>{name}</code>
                </td>
                <td className={classes.value}>{value}</td>
                <td className={classes.soft}>{meaning}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </section>
  )
}
