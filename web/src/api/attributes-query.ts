import type { Static } from '@sinclair/typebox'
import { queryOptions } from '@tanstack/react-query'
import type { AttributesAnswer } from '../../../src/api/contract.ts'
import { call } from './client.ts'

/** A field that worklogs carry beside their own. */
export type Attribute = Static<typeof AttributesAnswer>['attributes'][number]

/** All of the site. */
export const attributesQuery = queryOptions({
  queryKey: ['attributes'],
  queryFn: () => call<Static<typeof AttributesAnswer>>('GET', '/attributes'),
})
