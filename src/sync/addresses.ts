import { lookup as resolve } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { DomainError } from '../domain/errors.ts'

const closed = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  closed.addSubnet(network, bits, 'ipv4')
for (const [network, bits] of [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b::', 96],
  ['100::', 64],
  ['2001:db8::', 32],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  closed.addSubnet(network, bits, 'ipv6')

/** Whether an address belongs to this machine, a private network or nobody. */
export function isPrivateAddress(address: string): boolean {
  const plain = address.toLowerCase().startsWith('::ffff:') ? address.slice(7) : address
  const family = isIP(plain)
  return family === 0 || closed.check(plain, family === 6 ? 'ipv6' : 'ipv4')
}

/** Throws `forbidden` for a host given as an address where only public ones may be called. */
export function checkHost(host: string, allowsPrivate: boolean): void {
  const plain = host.replace(/^\[|\]$/g, '')
  if (!allowsPrivate && isIP(plain) !== 0 && isPrivateAddress(plain)) throw refused(plain)
}

/**
 * Resolves a name and hands on public addresses only: the connection is made to what was checked,
 * so a name that changes its mind between the two questions gains nothing.
 */
export const lookupPublic: LookupFunction = (host, options, callback) => {
  resolve(host, { ...options, all: true }, (error, found) => {
    if (error) return callback(error, '')
    const open = found.filter(({ address }) => !isPrivateAddress(address))
    const [first] = open
    if (!first) return callback(refused(host) as NodeJS.ErrnoException, '')
    if (options.all) return callback(null, open)
    callback(null, first.address, first.family)
  })
}

function refused(host: string): DomainError & { code: DomainError['code'] } {
  return new DomainError(
    'forbidden',
    `${host} lies in a private network; allow it for the connection (--allow-private) or with HOURBOOK_ALLOW_PRIVATE_NETWORKS=1`,
    { reason: 'private-network' },
  )
}
