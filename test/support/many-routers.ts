/** A lab file of many HA routers, each between two networks of its own, on three nodes. */
export function manyRouters(count: number): string {
  const numbers = Array.from({ length: count }, (_, index) => index);
  const cidr = (index: number, side: number): string => `10.${side + Math.floor(index / 250) * 2}.${index % 250}.0/24`;
  const networks = numbers.flatMap((index) =>
    [0, 1].map(
      (side) =>
        `  net${index}-${side}:\n    subnets:\n      sub${index}-${side}: { cidr: ${cidr(index, side)}, enable_dhcp: false }`,
    ),
  );
  const routers = numbers.map((index) => `  router${index}: { ha: true, interfaces: [sub${index}-0, sub${index}-1] }`);
  return [
    'lab: many',
    'nodes:',
    ...[1, 2, 3].map((node) => `  network${node}: { agents: [l3] }`),
    'networks:',
    ...networks,
    'routers:',
    ...routers,
    '',
  ].join('\n');
}
