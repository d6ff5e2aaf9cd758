import { readFileSync } from 'node:fs'
import type { CDPSession, Page } from 'playwright-core'

const source = readFileSync(new URL('./keyboard.page.js', import.meta.url), 'utf8')

const codes = {
  Tab: 9,
  ArrowLeft: 37,
  ArrowUp: 38,
  ArrowRight: 39,
  ArrowDown: 40,
  Home: 36,
} as const

/** More than the timeline has. */
const mostRows = 60

type Key = keyof typeof codes

/** Hands of somebody who has a keyboard alone, on one page. */
export type Keyboard = {
  /**
   * Walks by Tab through the page, or through the topmost of what `scope` finds, until it comes
   * round; and by arrows through grids and the timeline. Says in words what is not reached, has no
   * mark while it has the focus, or lies beneath something then. Again, in other colours, Tab alone
   * is enough.
   */
  walk(scope?: string, isAgain?: boolean): Promise<string[]>
}

export async function aKeyboard(page: Page): Promise<Keyboard> {
  const session = await page.context().newCDPSession(page)
  const ask = <T>(call: string) => page.evaluate(`hbKeyboard.${call}`) as Promise<T>
  return {
    async walk(scope, isAgain = false) {
      if (!(await page.evaluate('typeof hbKeyboard === "object"'))) await page.evaluate(source)
      const stops = await ask<number>(`begin(${scope ? JSON.stringify(scope) : ''})`)
      // A field of a date has several stops of its own.
      const most = stops * 2 + 40
      await press(session, 'Tab', stops + 3)
      let pressed = stops + 3
      while (!(await ask<boolean>('isRound()')) && pressed < most) {
        await press(session, 'Tab', 10)
        pressed += 10
      }
      await ask('rest()')
      if (isAgain) return ask<string[]>('end(true)')
      await press(session, 'ArrowDown', await ask<number>('menuItems()'))
      const grids = await ask<number>('grids()')
      for (let at = 0; at < grids; at += 1) await alongGrid(at)
      if (
        !scope &&
        (await page.evaluate('document.querySelector("[role=application]") !== null'))
      ) {
        await page.evaluate('document.querySelector("[role=application]").focus()')
        await press(session, 'Home', 1)
        await pressInSight('ArrowDown', mostRows)
      }
      return ask<string[]>('end()')
    },
  }

  /** Rows are drawn as they come into sight: as fast as a key that is held down, not faster. */
  async function pressInSight(key: Key, times: number): Promise<void> {
    for (let row = 0; row < times; row += 1) {
      await press(session, key, 1)
      await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))')
    }
  }

  async function alongGrid(at: number): Promise<void> {
    const { rows, columns } = await ask<{ rows: number; columns: number }>(`enterGrid(${at})`)
    await press(session, 'Home', 1, true)
    await press(session, 'ArrowUp', 1)
    await press(session, 'ArrowRight', columns)
    await press(session, 'Home', 1, true)
    await pressInSight('ArrowDown', rows)
    await ask(`leaveGrid(${at})`)
  }
}

/** Many presses are one message after the other: waiting for each would be most of the time. */
async function press(session: CDPSession, key: Key, times: number, isCtrl = false): Promise<void> {
  const shape = {
    key,
    code: key,
    windowsVirtualKeyCode: codes[key],
    modifiers: isCtrl ? 2 : 0,
  }
  const sent = Array.from({ length: times }, () => [
    session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...shape }),
    session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...shape }),
  ])
  await Promise.all(sent.flat())
}
