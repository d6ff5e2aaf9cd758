import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

export type ProvidedPerson = {
  readonly sub: string
  readonly email: string
  readonly email_verified: boolean
}

export type IdentityProvider = {
  readonly issuer: string
  /** Who signs in next; undefined refuses. */
  set(person: ProvidedPerson | undefined): void
  close(): Promise<void>
}

export const clientId = 'hourbook'
export const clientSecret = 'a secret of the test'

/** A real OpenID Connect provider on this machine, which asks nothing: whoever is set signs in. */
export async function anIdentityProvider(
  callbacks: () => readonly string[],
): Promise<IdentityProvider> {
  let person: ProvidedPerson | undefined
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        grant_types: ['authorization_code'],
        redirect_uris: [...callbacks()],
        response_types: ['code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    findAccount: async (_context, id) => ({
      accountId: id,
      claims: async () => ({ ...person, sub: id }),
    }),
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    cookies: { keys: ['of a test'] },
  })
  provider.on('server_error', (_context, error) => console.error(error))
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return provider.callback()(request, response)
    interact(provider, person, request, response).catch((error) => {
      response.statusCode = 500
      response.end(String(error))
    })
  })
  return {
    issuer,
    set(next) {
      person = next
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

async function interact(
  provider: Provider,
  person: ProvidedPerson | undefined,
  ...exchange: Parameters<Provider['interactionDetails']>
): Promise<void> {
  if (!person) return provider.interactionFinished(...exchange, { error: 'access_denied' })
  const { params, grantId } = await provider.interactionDetails(...exchange)
  const grant = grantId
    ? await provider.Grant.find(grantId)
    : new provider.Grant({ accountId: person.sub, clientId: String(params.client_id) })
  grant?.addOIDCScope('openid email profile')
  await provider.interactionFinished(
    ...exchange,
    { login: { accountId: person.sub }, consent: { grantId: await grant!.save() } },
    { mergeWithLastSubmission: false },
  )
}
