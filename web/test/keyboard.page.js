// Runs in the page, as axe does: notes what the keyboard reaches, how it is marked, and whether it
// can be seen. `keyboard.ts` presses the keys.
;(() => {
  const focusable =
    'a[href], button, input, select, textarea, summary, [tabindex], [contenteditable="true"]'
  const cell = '[role=gridcell], [data-at]'
  const byArrows = '[role=option], [role=tab]'

  // What moves is at its end at once, so that a style that is read is the one that stays.
  const still = new CSSStyleSheet()
  still.replaceSync(
    '*, *::before, *::after { transition: none !important; animation: none !important }',
  )
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, still]

  let scope = document.body
  let visits = []
  let arrowed = new Set()
  /** Places of rows among all of a table, of which only some are drawn. */
  let rowsSeen = new Set()
  let faults = new Map()
  let last = null
  let isWalking = false
  let isRound = false

  const isShown = (element) =>
    element.checkVisibility({ visibilityProperty: true }) &&
    !element.matches(':disabled') &&
    !element.closest('[aria-hidden="true"], [inert]')

  const nameOf = (element) => {
    const label = element.labels?.[0]?.textContent
    const words = element.getAttribute('aria-label') ?? label ?? element.textContent ?? ''
    const role = element.getAttribute('role') ?? element.localName
    return `${role} "${words.trim().replace(/\s+/g, ' ').slice(0, 50)}"`
  }

  const blame = (element, fault) => faults.set(`${fault}: ${nameOf(element)}`, true)

  /** What a person looks at instead of a control that is drawn by its label. */
  const drawn = (element) => {
    const { width, height } = element.getBoundingClientRect()
    const isThere = width >= 4 && height >= 4 && getComputedStyle(element).opacity !== '0'
    return isThere ? element : (element.labels?.[0] ?? element.parentElement)
  }

  const marks = (element) =>
    [element, ...(element.labels ?? []), element.nextElementSibling, element.parentElement]
      .filter(Boolean)
      .map((part) => {
        const style = getComputedStyle(part)
        const outline = style.outlineStyle === 'none' ? '' : style.outline
        return [outline, style.boxShadow, style.borderColor, style.backgroundColor].join(' ')
      })

  /** What lies over most of it, in words; nothing when it can be seen. */
  const coverOf = (element) => {
    const shown = drawn(element)
    const box = shown.getClientRects()[0]
    if (!box) return 'nothing is drawn'
    let { left, right, top, bottom } = box
    const within = (edge) => {
      left = Math.max(left, edge.left)
      right = Math.min(right, edge.right)
      top = Math.max(top, edge.top)
      bottom = Math.min(bottom, edge.bottom)
    }
    within({ left: 0, top: 0, right: innerWidth, bottom: innerHeight })
    for (let part = shown; part.parentElement; part = part.parentElement) {
      // Fixed to the window, it is cut by nothing around it.
      if (getComputedStyle(part).position === 'fixed') break
      const around = part.parentElement
      if (getComputedStyle(around).overflow !== 'visible') within(around.getBoundingClientRect())
    }
    if (right - left < 1 || bottom - top < 1) return 'the edge'
    let seen = 0
    let cover
    for (const x of [0.15, 0.5, 0.85])
      for (const y of [0.15, 0.5, 0.85]) {
        const hit = document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y)
        const isOurs = shown.contains(hit) || element.closest('label')?.contains(hit)
        if (hit && isOurs) seen += 1
        else cover = hit
      }
    return seen < 5 && cover ? nameOf(cover) : undefined
  }

  /** Looks at what has the focus now, and once more at what had it before. */
  const note = () => {
    const element = document.activeElement ?? document.body
    if (last && last.element !== element && last.element.isConnected) {
      const now = marks(last.element)
      if (now.every((mark, at) => mark === last.marks[at])) blame(last.element, 'no mark')
    }
    if (last?.element === element) return
    visits.push(element)
    last = null
    if (element === document.body) return
    const cover = coverOf(element)
    if (cover) blame(element, `beneath ${cover}`)
    last = { element, marks: marks(element) }
  }

  // Bars are stops of the row the timeline is at, names of teams while they are in sight.
  const noteBars = () => {
    for (const stop of document.querySelectorAll('[role=application] :is(button, a)'))
      if (stop.tabIndex >= 0) arrowed.add(stop)
  }
  addEventListener('keydown', () => (isWalking ? note() : noteBars()), true)
  addEventListener(
    'focusin',
    ({ target }) => {
      arrowed.add(target)
      rowsSeen.add(target.closest('tr')?.ariaRowIndex)
    },
    true,
  )

  const stops = () => [...scope.querySelectorAll(focusable)].filter(isShown)

  const isReached = (element) => {
    if (visits.includes(element)) return true
    if (element.matches('input[type=radio]'))
      return visits.some(
        ({ type, name, form }) =>
          type === 'radio' && name === element.name && form === element.form,
      )
    if (element.parentElement?.closest('[role=application]')) return arrowed.has(element)
    if (element.matches('[role=menuitem]')) return arrowed.has(element)
    if (element.matches(cell)) return true
    if (element.matches(byArrows)) return true
    // Has a key of its own, which says so.
    if (element.tabIndex < 0 && element.ariaKeyShortcuts) return true
    // May be given the focus, but is nothing one acts on.
    return element.tabIndex < 0 && !element.matches('a, button, input, select, textarea, summary')
  }

  const gridIn = (at) =>
    [...scope.querySelectorAll('[role=grid], [role=treegrid]')].filter(isShown)[at]
  const rowsOf = (grid) =>
    [...grid.rows]
      .map((row) => [...row.cells].filter((one) => one.matches(cell)))
      .filter((row) => row.length > 0)

  globalThis.hbKeyboard = {
    /** Begins a walk through the page, or through the topmost of what `selector` finds. */
    begin(selector) {
      scope = selector
        ? [...document.querySelectorAll(selector)].filter(isShown).at(-1)
        : document.body
      visits = []
      arrowed = new Set()
      faults = new Map()
      last = null
      // What is modal holds the focus once it has it.
      if (selector && !scope.contains(document.activeElement)) scope.focus()
      isWalking = true
      return stops().length
    },
    /** Whether the walk has come back to where it began, past everything. */
    isRound() {
      note()
      const tabbed = stops().filter(({ tabIndex }) => tabIndex >= 0)
      isRound = new Set(visits).size < visits.length || (visits.length === 1 && tabbed.length <= 1)
      return isRound && tabbed.every(isReached)
    },
    /** Tab is done, what follows are arrows. */
    rest() {
      isWalking = false
    },
    menuItems: () => stops().filter((one) => one.matches('[role=menuitem]')).length,
    grids: () => [...scope.querySelectorAll('[role=grid], [role=treegrid]')].filter(isShown).length,
    /** Into a grid; how many rows and columns it has. */
    enterGrid(at) {
      rowsSeen = new Set()
      const grid = gridIn(at)
      const rows = rowsOf(grid)
      const stop = rows.flat().find(({ tabIndex }) => tabIndex === 0)
      stop?.focus()
      return {
        rows: Number(grid.ariaRowCount ?? rows.length),
        columns: Math.max(0, ...rows.map(({ length }) => length)),
      }
    },
    leaveGrid(at) {
      const grid = gridIn(at)
      const rows = rowsOf(grid)
      const all = Number(grid.ariaRowCount ?? 0)
      // Of a table that draws only some rows: on the way down, one may go by between two frames.
      if (all > 0 && !rowsSeen.has(String(all))) blame(grid, 'no arrow leads to the last row')
      for (const row of all > 0 ? [] : rows)
        if (!row.some((one) => arrowed.has(one))) blame(row[0], 'no arrow leads to')
      const isAlong = rows.some((row) => row.every((one) => arrowed.has(one)))
      if (rows.length > 0 && all === 0 && !isAlong) blame(rows[0][0], 'no arrow leads along')
    },
    end(isAgain) {
      noteBars()
      isWalking = false
      if (!isRound) blame(scope, 'Tab does not come round in')
      for (const element of isAgain ? [] : stops())
        if (!isReached(element)) blame(element, 'not reached')
      return [...faults.keys()]
    },
  }
})()
