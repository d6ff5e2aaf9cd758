import type { Instant } from './zone.ts'

/** What the database says of itself. */
export type DatabaseFigures = {
  /** PGlite in this process, or a PostgreSQL server. */
  readonly engine: 'embedded' | 'postgresql'
  /** Of PostgreSQL, such as `18.1`. */
  readonly version: string
  readonly sizeBytes: number
  readonly schemaVersion: number
  /** Live worklogs of the site. */
  readonly worklogs: number
  readonly people: number
}

/** What is set from outside; secrets are masked. */
export type ShownSetting = {
  readonly name: string
  readonly value: string
  readonly meaning: string
}

/** Requests answered since the server started. */
export type RequestFigures = {
  readonly count: number
  /** Answered with a fault of ours. */
  readonly failed: number
  readonly averageMs: number
  /** Of those answered, how many took longer than a second. */
  readonly slow: number
}

/** How the server stands: what administrators ask before they go home. */
export type Health = {
  readonly version: string
  readonly nodeVersion: string
  readonly startedAt: Instant
  readonly memoryBytes: number
  readonly requests: RequestFigures
  readonly database: DatabaseFigures
  readonly backup: {
    /** Where backups leave their mark; null where nobody said. */
    readonly mark: string | null
    readonly lastAt: Instant | null
  }
  /** Seconds between two looks at a Jira; 0 leaves that to the command line. */
  readonly syncSeconds: number
  readonly settings: readonly ShownSetting[]
}
