/** A delivery of a Jira's webhook, as it came: the signature is over these very bytes. */
export type HookDelivery = {
  /** The connection's name and the secret part, as they stand in the address. */
  readonly connection: string
  readonly token: string
  readonly signature: string | undefined
  readonly identifier: string | undefined
  readonly body: Uint8Array
}

/** Takes a delivery; throws `unauthenticated` where it does not prove where it comes from. */
export type ReceiveHook = (delivery: HookDelivery) => Promise<void>
