/** Where passkeys are bound to: a host by its name, and the address of pages there. */
export interface PasskeySite {
  id: string;
  origin: string;
}

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|\[::1\])$/;
const ADDRESS = /^(\d+\.\d+\.\d+\.\d+|\[.*\])$/;

/**
 * Passkeys are bound to a name; a bare address has none. That of the own machine is known as `localhost` as well.
 * @returns null where the platform has no name, so that there are no passkeys.
 */
export function passkeySite(publicUrl: string): PasskeySite | null {
  const url = new URL(publicUrl);
  if (LOOPBACK.test(url.hostname)) url.hostname = 'localhost';
  return ADDRESS.test(url.hostname) ? null : { id: url.hostname, origin: url.origin };
}
