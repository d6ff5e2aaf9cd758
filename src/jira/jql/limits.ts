/** Bounds of one query (contract C10); `expansion` counts clauses once filters are put in. */
export const jqlLimits = {
  length: 20_000,
  listItems: 1_000,
  clauses: 100,
  depth: 50,
  expansion: 1_000,
  cachedQueries: 500,
} as const
