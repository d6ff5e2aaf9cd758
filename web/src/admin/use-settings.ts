import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '../api/client.ts'
import { ProblemError, reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import { useSharedTexts } from '../texts/shared.ts'
import { useTableTexts } from './table/table-texts.ts'
import { tellWithUndo } from './table/undo.ts'

type Versioned = { readonly version: number }
type Change<S> = {
  readonly [Key in keyof Omit<S, 'version'>]?: S[Key] extends object
    ? Partial<S[Key]> | S[Key]
    : S[Key]
}

/** Settings of the site that are one row, below `/api/v1`. */
export const settingsQuery = <S extends Versioned>(path: string) =>
  queryOptions({ queryKey: [path], queryFn: () => call<S>('GET', path) })

/** Settings of the site that are one row: each change is saved at once and can be taken back. */
export function useSettings<S extends Versioned>(path: string) {
  const t = useTableTexts()
  const shared = useSharedTexts()
  const client = useQueryClient()
  const options = settingsQuery<S>(path)
  const { queryKey } = options
  const query = useQuery(options)
  const patch = async (change: Change<S>) => {
    const { version } = client.getQueryData<S>(queryKey) ?? { version: 0 }
    const ifVersion = version > 0 ? version : undefined
    client.setQueryData(queryKey, await call<S>('PATCH', path, { body: change, ifVersion }))
  }
  const save = useMutation({
    mutationFn: async ({ change }: { name: string; change: Change<S> }) => {
      const before = client.getQueryData<S>(queryKey)
      await patch(change)
      return before
    },
    onSuccess(before, { name, change }) {
      if (!before) return
      const back = Object.fromEntries(
        Object.keys(change).map((key) => [key, before[key as keyof S]]),
      ) as Change<S>
      tellWithUndo(t.changed(name), () => patch(back))
    },
    onError(error) {
      const isStale = error instanceof ProblemError && error.status === 412
      notify({ kind: 'bad', text: isStale ? shared.staleTitle : reasonOf(error) })
      void client.invalidateQueries({ queryKey })
    },
  })
  return {
    query,
    isSaving: save.isPending,
    change: (name: string, change: Change<S>) => save.mutate({ name, change }),
  }
}
