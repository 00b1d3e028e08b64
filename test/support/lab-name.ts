/** Names of the labs that tests and benches bring up. */

/**
 * The name of a lab of this run. Its prefix tells `npm test` what to take down when it had to end a run that got stuck,
 * and keeps two runs on one engine apart.
 */
export function testLabName(name: string): string {
  return `${process.env.NEUTRON_LAB_TEST_PREFIX ?? `t${process.pid.toString(36)}`}-${name}`;
}
