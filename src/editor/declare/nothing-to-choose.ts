/** Why there is nothing to be asked. */
import { LabError } from '../../model/errors.js';

/** @param message What is missing. @param remedy What to do first. */
export function nothingToChoose(message: string, remedy: string): LabError {
  return new LabError('NothingToChoose', message, remedy);
}
