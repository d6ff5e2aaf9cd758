// Request and answer types of our own API: the routes validate with them, the web imports their
// types, the OpenAPI document is made of them.
export * from './contract-calendar.ts'
export * from './contract-common.ts'
export * from './contract-connections.ts'
export * from './contract-events.ts'
export * from './contract-headers.ts'
export * from './contract-people.ts'
export * from './contract-planning.ts'
export * from './contract-reports.ts'
export * from './contract-session.ts'
export * from './contract-work.ts'
export * from './contract-worklog-queries.ts'
export * from './contract-worklogs.ts'
