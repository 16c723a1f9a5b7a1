import { TorichigaeError } from '../contract/index.ts'

/**
 * The base URL of a target that may be called: one on this machine, or one of which somebody says that he or she is
 * authorised. Nothing is looked up or sent to find that out.
 * @throws TorichigaeError USAGE where it is no URL of a server; TARGET_NOT_LOCAL
 */
export function targetBase(url: string, authorised: boolean): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed === undefined || !['http:', 'https:'].includes(parsed.protocol)) throw new TorichigaeError('USAGE', `a target is a URL such as http://127.0.0.1:7001, and "${url}" is none`)
  const { username, password, host, hostname, origin, pathname } = parsed
  if (username !== '' || password !== '') throw new TorichigaeError('USAGE', `the URL of the target ${host} has a user or a password in it, and a test system asks for none`)
  if (!isLoopback(hostname) && !authorised) throw new TorichigaeError('TARGET_NOT_LOCAL', host)
  return `${origin}${pathname.replace(/\/$/, '')}`
}

/** A host as `URL` gives it: numbers of four parts, small letters, brackets around an IPv6 address. */
const isLoopback = (hostname: string): boolean => hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(hostname)
