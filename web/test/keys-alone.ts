import type { Locator, Page } from 'playwright-core'

const most = 150

/** Presses Tab, as somebody without a pointer does, until it has the focus. */
export function tabTo(page: Page, wanted: Locator): Promise<void> {
  return pressUntil(page, 'Tab', wanted)
}

/** The same with the arrow that leads down, as in a menu. */
export function arrowTo(page: Page, wanted: Locator): Promise<void> {
  return pressUntil(page, 'ArrowDown', wanted)
}

async function pressUntil(page: Page, key: string, wanted: Locator): Promise<void> {
  // Not all that can have the focus is drawn itself: a choice may be shown by its label.
  await wanted.first().waitFor({ state: 'attached' })
  for (let pressed = 0; pressed < most; pressed += 1) {
    if (await wanted.first().evaluate((one) => one === one.ownerDocument.activeElement)) return
    await page.keyboard.press(key)
  }
  throw new Error(`${most} times ${key} do not lead to ${String(wanted)}`)
}
