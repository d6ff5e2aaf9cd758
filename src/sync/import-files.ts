import { DomainError } from '../domain/errors.ts'
import type { Ingest } from '../domain/ingest.ts'
import {
  addCounts,
  type IngestCounts,
  noCounts,
  type SourceBatch,
} from '../domain/ingest-source.ts'
import type { Connection, SiteId } from '../domain/site.ts'
import { type JiraItem, readJiraFile } from '../jira/files.ts'

export type ImportProgress = {
  readonly file: string
  readonly bytesRead: number
  readonly bytesTotal: number
  readonly counts: IngestCounts
}

export type ImportSummary = IngestCounts & {
  readonly warnings: readonly string[]
  readonly warningCount: number
  /** Parts of the files that hold nothing an import takes. */
  readonly ignored: readonly string[]
}

export type ImportRequest = {
  readonly siteId: SiteId
  readonly files: readonly string[]
  /** The source of everything in the files, whatever their links say. */
  readonly source?: string
  readonly onProgress?: (progress: ImportProgress) => void
  readonly signal?: AbortSignal
}

type Draft = { [Part in keyof SourceBatch]: SourceBatch[Part][number][] } & { size: number }

const fullBatch = 2_000
const mostWarnings = 200

/**
 * Imports Jira's own JSON from files, batch by batch. What was committed stays when a later line
 * or file is broken; the error then carries the counts so far in its details.
 */
export function makeFileImport({ ingest }: { ingest: Ingest }) {
  return async (request: ImportRequest): Promise<ImportSummary> => {
    const counts = noCounts()
    const notes = { warnings: [] as string[], warningCount: 0, ignored: new Set<string>() }
    const connections = new Map<string, Connection>()
    const summary = () => ({ ...counts, ...notes, ignored: [...notes.ignored] })
    try {
      for (const file of request.files)
        await importFile(file, request, { ingest, counts, notes, connections })
    } catch (error) {
      if (error instanceof DomainError)
        throw new DomainError(error.code, error.message, { ...error.details, imported: summary() })
      throw error
    } finally {
      for (const connection of connections.values()) await ingest.finish(request.siteId, connection)
    }
    return summary()
  }
}

type Importing = {
  readonly ingest: Ingest
  readonly counts: IngestCounts
  readonly notes: { warnings: string[]; warningCount: number; ignored: Set<string> }
  readonly connections: Map<string, Connection>
}

async function importFile(file: string, request: ImportRequest, state: Importing): Promise<void> {
  const drafts = new Map<string, Draft>()
  // People, projects and the like belong to the Jira of the file's issues, whatever their links say.
  const waiting: JiraItem[] = []
  let mainSource = request.source
  // One batch is stored while the next one is read.
  let stored: Promise<void> = Promise.resolve()
  const turn = makeTurns()

  const flush = async (source: string) => {
    const draft = drafts.get(source)
    drafts.delete(source)
    if (!draft) return
    await stored
    stored = store(source, draft)
    // Its failure is thrown where it is waited for: before the next batch, or at the end.
    stored.catch(() => {})
  }
  const store = async (source: string, draft: Draft) => {
    const connection = await connect(source, request, state)
    addCounts(state.counts, await state.ingest.take(request.siteId, connection, draft))
  }
  const add = async (item: JiraItem, source: string) => {
    const draft = drafts.get(source) ?? emptyDraft()
    drafts.set(source, draft)
    addItem(draft, item)
    if (draft.size >= fullBatch) await flush(source)
  }
  try {
    for await (const item of readJiraFile(file)) {
      request.signal?.throwIfAborted()
      await turn()
      request.onProgress?.({
        file,
        bytesRead: item.at.bytesRead,
        bytesTotal: item.at.bytesTotal,
        counts: state.counts,
      })
      if (item.kind === 'ignored') state.notes.ignored.add(item.what)
      else if (item.kind === 'warning') noteWarning(state, item.at, item.message)
      else if (item.kind === 'issue' || item.kind === 'worklog') {
        const baseUrl = item.kind === 'issue' ? item.issue.baseUrl : item.baseUrl
        const source = request.source ?? sourceOf(baseUrl) ?? mainSource ?? 'import'
        mainSource ??= source
        if (item.kind === 'issue')
          for (const message of item.issue.warnings) noteWarning(state, item.at, message)
        for (const one of waiting.splice(0)) await add(one, mainSource)
        await add(item, source)
      } else if (mainSource === undefined) waiting.push(item)
      else await add(item, mainSource)
    }
    for (const one of waiting) await add(one, mainSource ?? 'import')
  } finally {
    // Also what stood before a broken line: it was read whole.
    for (const source of [...drafts.keys()]) await flush(source)
    await stored
  }
}

/** How long reading may go on before the database's answers to the batch before are looked at. */
const longestTurnMs = 2

/** Lets others have a turn where the last one is long enough ago. */
function makeTurns(): () => Promise<void> {
  let begun = performance.now()
  return async () => {
    if (performance.now() - begun < longestTurnMs) return
    await new Promise((resolve) => setImmediate(resolve))
    begun = performance.now()
  }
}

async function connect(
  source: string,
  { siteId }: ImportRequest,
  { ingest, connections }: Importing,
): Promise<Connection> {
  const known = connections.get(source)
  if (known) return known
  const connection = await ingest.connect(siteId, source, null)
  connections.set(source, connection)
  return connection
}

function noteWarning({ notes }: Importing, at: JiraItem['at'], message: string): void {
  notes.warningCount += 1
  if (notes.warnings.length >= mostWarnings) return
  notes.warnings.push(`${at.file}${at.line === undefined ? '' : `:${at.line}`}: ${message}`)
}

/** A source is named by host and path: `jira.example.org/jira`. */
function sourceOf(baseUrl: string | undefined): string | undefined {
  return baseUrl?.replace(/^https?:\/\//, '').replace(/\/+$/, '') || undefined
}

function emptyDraft(): Draft {
  return { issues: [], worklogs: [], people: [], projects: [], filters: [], fields: [], size: 0 }
}

/** Puts an item where it belongs. */
function addItem(draft: Draft, item: JiraItem): void {
  draft.size += item.kind === 'issue' ? 1 + item.issue.worklogs.length : 1
  switch (item.kind) {
    case 'issue':
      draft.issues.push(item.issue)
      break
    case 'worklog':
      draft.worklogs.push(item.worklog)
      break
    case 'user':
      draft.people.push(item.user)
      break
    case 'project':
      draft.projects.push(item.project)
      break
    case 'filter':
      draft.filters.push(item.filter)
      break
    case 'field':
      draft.fields.push(item.field)
      break
  }
}
