import { existsSync } from 'node:fs'

const places = [process.env.HOURBOOK_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser']

/** The browser of the system, if it has one. */
export const chromiumPath = places.find((path) => path !== undefined && existsSync(path))
