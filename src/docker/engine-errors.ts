/** What can be wrong with a container engine, each with a sentence and what to do about it. */
import { LabError } from '../model/errors.js';

/** Nothing answers at any of the places where an engine could be. */
export class EngineNotFoundError extends LabError {
  /**
   * @param tried Each place with what it said: `/var/run/docker.sock: there is no such file`.
   * @param named Someone named the engine, by setting, variable or context: no other one will do.
   * @param remedy What to do on this system.
   */
  constructor(
    readonly tried: readonly string[],
    readonly named: boolean,
    remedy: string,
  ) {
    super('EngineNotFound', `No container engine answers. Tried ${tried.join('; ')}.`, remedy);
  }
}

/** The socket is there and this user may not open it. */
export class EnginePermissionError extends LabError {
  constructor(socket: string, user: string) {
    super(
      'EngineNoPermission',
      `The container engine's socket ${socket} is there, but the user ${user} may not open it.`,
      `Run "sudo usermod -aG docker ${user}" and log in again, or run this command as root.`,
    );
  }
}

/** It answers, but its API is older than what the lab needs. */
export class EngineTooOldError extends LabError {
  constructor(found: string, version: string, apiVersion: string, needed: string) {
    super(
      'EngineTooOld',
      `The engine found by ${found} is version ${version} with API ${apiVersion}; API ${needed} is needed.`,
      'Install Docker Engine 20.10 or later, or Podman 4 or later.',
    );
  }
}

/** A setting, variable or context that cannot be understood. */
export class EngineSettingError extends LabError {
  constructor(where: string, value: string, problem: string) {
    super(
      'EngineSettingMalformed',
      `${where} is "${value}": ${problem}.`,
      'Write it as unix:///path/to/docker.sock, tcp://host:port, npipe:////./pipe/name or ssh://user@host.',
    );
  }
}

/** A docker context that is named and is not there, or that cannot be read. */
export class EngineContextError extends LabError {
  constructor(name: string, where: string, problem: string) {
    super(
      'EngineContextUnusable',
      `The docker context "${name}" (from ${where}) cannot be used: ${problem}.`,
      'See "docker context ls", and choose another one with "docker context use NAME".',
    );
  }
}

/** TLS is asked for and its files are not there. */
export class EngineTlsError extends LabError {
  constructor(found: string, missing: readonly string[]) {
    super(
      'EngineTlsFilesMissing',
      `The engine of ${found} is reached over TLS, and ${missing.join(', ')} cannot be read.`,
      'Put ca.pem, cert.pem and key.pem into that folder, or set DOCKER_CERT_PATH to the folder that holds them.',
    );
  }
}

/** Whatever was asked of the engine: where its disk is full, that is what is to be done something about. */
export function unlessFull(said: string, remedy: string): string {
  return /no space left on device/i.test(said)
    ? 'The disk where the engine keeps its images and containers is full: "docker system df" shows what takes it.'
    : remedy;
}

/** The engine refused what was asked. */
export class EngineRequestError extends LabError {
  /**
   * @param status HTTP status of the answer.
   * @param said The engine's own words.
   */
  constructor(
    readonly status: number,
    readonly said: string,
    readonly request: string,
  ) {
    super(
      'EngineRefused',
      `The container engine refused ${request}: ${said} (HTTP ${status}).`,
      unlessFull(said, 'See the engine\'s own log for more ("journalctl -u docker" on most systems).'),
    );
  }
}

/** Another network of the engine, or of its machine, overlaps with the subnet: another subnet may do. */
export class SubnetTakenError extends LabError {
  constructor(subnet: string, said: string) {
    super(
      'SubnetTaken',
      `The container engine made no network with the subnet ${subnet}: ${said}.`,
      'Run the same command again: another subnet is chosen. See "docker network ls" for what is taken.',
    );
  }
}

/** The connection to the engine broke, or it went away in the middle. */
export class EngineGoneError extends LabError {
  constructor(request: string, problem: string, cause?: Error) {
    super(
      'EngineGone',
      `The connection to the container engine broke during ${request}: ${problem}.`,
      'Look whether the engine still runs ("docker version"), then run the same command again.',
    );
    this.cause = cause;
  }
}

/** A pull, build, import or load that the engine began and could not finish. */
export class EngineTaskError extends LabError {
  /** @param said the engine's words, without a full stop */
  constructor(
    what: string,
    readonly said: string,
  ) {
    super(
      'EngineTaskFailed',
      `The container engine could not finish ${what}: ${said}.`,
      unlessFull(said, 'See the lines before this one for where it stopped.'),
    );
  }
}

/** The caller asked to stop. */
export class CancelledError extends LabError {
  constructor(what: string) {
    super('Cancelled', `${what} was cancelled.`, 'Run it again to go on where it stopped.');
  }
}
