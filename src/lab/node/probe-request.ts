/** What a node is asked to probe, as plain data. See `ping` and `probe` of containers/node/PROTOCOL.md. */

interface Common {
  readonly namespace: string;
  /** An address. */
  readonly destination: string;
  readonly intervalMs: number;
}

export type ProbeRequest =
  /** With a size, of so many bytes that nobody may fragment. */
  | ({ readonly kind: 'ping'; readonly size?: number } & Common)
  /** One connection after another to a web server; answered by a status of 200. */
  | ({ readonly kind: 'http'; readonly port: number } & Common)
  /** One connection that lives on, to where `echo` listens. */
  | ({ readonly kind: 'tcp'; readonly port: number } & Common)
  /** A lease that is renewed, of the server at `destination`. */
  | ({ readonly kind: 'dhcp'; readonly address: string; readonly mac: string; readonly device: string } & Common);

/** Until it is cancelled. */
export function probeWords(request: ProbeRequest): string[] {
  const { namespace, destination, intervalMs } = request;
  switch (request.kind) {
    case 'ping':
      return [
        ...['ping', namespace, '', destination, String(intervalMs), '0'],
        ...(request.size === undefined ? [] : [String(request.size)]),
      ];
    case 'http':
    case 'tcp':
      return ['probe', request.kind, namespace, destination, String(intervalMs), '0', String(request.port)];
    case 'dhcp':
      return [
        ...['probe', 'dhcp', namespace, destination, String(intervalMs), '0'],
        ...[request.address, request.mac, request.device],
      ];
  }
}
