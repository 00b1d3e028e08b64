/** The shape of the tables of errors. */

/** By Neutron's error type. `{name}` in a message is where a value goes; a rule may give a nearer remedy. */
export type ErrorTable = Readonly<Record<string, readonly [status: number, message: string, remedy: string]>>;
