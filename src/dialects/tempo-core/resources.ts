import type { Resource } from './operations.ts'
import { worklogs } from './worklogs-routes.ts'

/** Every resource of both versions; a new one is a file and a line here. */
export const resources: readonly Resource[] = [worklogs]
