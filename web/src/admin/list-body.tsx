import { Button } from '@mantine/core'
import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ErrorState, Skeleton, StateMessage } from '../parts/states.tsx'
import { useAdminTexts } from './admin-texts.ts'

type Pages<R> = { readonly pages: readonly { readonly rows: readonly R[] }[] }

type Props<R> = {
  readonly list: UseInfiniteQueryResult<Pages<R>>
  /** Said where there is nothing; the button for the first stands above. */
  readonly empty: { readonly title: string; readonly hint: string }
  readonly children: (rows: readonly R[]) => ReactNode
}

/** The body of a list: on its way, broken, empty, or its rows with a button for more. */
export function ListBody<R>({ list, empty, children }: Props<R>) {
  const t = useAdminTexts()
  if (list.isPending) return <Skeleton lines={8} height={24} />
  if (list.error) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const rows = list.data.pages.flatMap((page) => page.rows)
  if (rows.length === 0) return <StateMessage title={empty.title}>{empty.hint}</StateMessage>
  return (
    <>
      {children(rows)}
      {list.hasNextPage ? (
        <Button
          variant="default"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t.loadMore}
        </Button>
      ) : null}
    </>
  )
}
