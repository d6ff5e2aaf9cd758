import './look/library.css'
import './look/tokens.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from './api/queries.ts'
import { sessionQuery } from './api/session.ts'
import { theme, variables } from './look/theme.ts'
import { colorSchemes } from './preferences/color-scheme.ts'
import { keepPreferencesOnServer } from './preferences/send-preferences.ts'
import { preloadScreen, router } from './routes.tsx'

const nonce = document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content ?? ''
// Where the library that holds the page still behind a dialog looks for it.
Object.assign(window, { __webpack_nonce__: nonce })

// Whoever signs in or out, here or elsewhere, changes what may be shown.
queryClient.getQueryCache().subscribe(({ query, type }) => {
  if (type !== 'updated' || query.queryKey[0] !== sessionQuery.queryKey[0]) return
  const isInside = query.state.data !== undefined && query.state.status === 'success'
  if (isInside && wasSignedIn !== isSignedIn()) {
    wasSignedIn = isSignedIn()
    if (!wasSignedIn) void router.invalidate()
  }
})
let wasSignedIn = false

function isSignedIn(): boolean {
  return Boolean(queryClient.getQueryData(sessionQuery.queryKey)?.me)
}

keepPreferencesOnServer()
preloadScreen()
void queryClient.prefetchQuery(sessionQuery)
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      colorSchemeManager={colorSchemes}
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
