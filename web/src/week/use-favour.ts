import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../api/client.ts'
import { reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import type { Row } from './week-model.ts'

/** Keeps an issue at hand in every week, or no longer. */
export function useFavour(personId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ issue, isFavourite }: Row) =>
      call(isFavourite ? 'DELETE' : 'PUT', `/favourites/${issue.id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['week', personId] }),
    onError: (error) => notify({ kind: 'bad', text: reasonOf(error) }),
  })
}
