import type { IssueBookmark, IssueSearch } from '../src/domain/issue-query.ts'
import type { SiteId } from '../src/domain/site.ts'
import type { Store } from '../src/domain/store.ts'
import { parseInstant } from '../src/domain/zone.ts'
import { typical } from './clock.ts'
import { count, type Measure, ms, ratio } from './measures.ts'

const pageSize = 50

/** Issues somebody worked on in a quarter, in pages: what JQL with a worklog clause comes down to. */
export async function measureSearch(
  store: Store,
  siteId: SiteId,
  rows: number,
  note: (measure: Measure) => void,
): Promise<void> {
  const at = (text: string) => parseInstant(text).instant
  const search: IssueSearch = {
    siteId,
    viewer: { kind: 'all' },
    condition: {
      kind: 'workedOn',
      worklog: [
        {
          kind: 'started',
          spans: [{ from: at('2024-01-01T00:00:00Z'), before: at('2024-04-01T00:00:00Z') }],
          not: false,
        },
      ],
    },
    order: [{ by: 'createdAt', direction: 'desc' }],
  }
  const page = (after?: IssueBookmark) =>
    store.issueSearch.search(search, { limit: pageSize, ...(after ? { after } : {}) })
  let after: IssueBookmark | undefined
  for (let number = 1; number < 100; number += 1) {
    const found = await page(after)
    if (!found.next) throw new Error(`the search ends with page ${number}`)
    after = found.next
  }
  const [firstMs, lateMs] = [await typical(() => page()), await typical(() => page(after))]
  note({
    what: `JQL worklogDate in a quarter, ${count(rows)} worklogs: page of ${pageSize}, page 100`,
    figure: `${ms(firstMs)}, ${ratio(lateMs, firstMs)}`,
    target: '<= 50 ms, <= 1.5 x',
    isMet: firstMs <= 50 && lateMs <= 1.5 * firstMs,
  })
}
