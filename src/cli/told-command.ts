/**
 * A command that says in a sentence why it cannot be run, and ends with the code that a shell has for it (POSIX.1-2017, XCU
 * 2.8.2): 127 for what is not there, 126 for what is there and is no program. Engines and `ip netns exec` have codes and
 * words of their own for both. Pure.
 */
import { LabError } from '../model/errors.js';

export class CommandMissing extends LabError {
  constructor(argv: readonly string[], place: string) {
    const [word = ''] = argv;
    const path = word.includes('/');
    super('CommandMissing', `There is no ${path ? 'program' : 'command'} "${word}" on ${place}.`, remedyFor(argv));
  }
}

function remedyFor(argv: readonly string[]): string {
  const [word = ''] = argv;
  if (argv.length === 1 && /[\s|&;<>$]/.test(word)) return "A line of the shell needs one: `-- bash -c 'LINE'`.";
  if (word.includes('/')) return 'Paths are those of the node, not of this machine.';
  return "`-- ls /bin /sbin` shows the commands; a line of the shell is `-- bash -c 'LINE'`.";
}

export class CommandRefused extends LabError {
  constructor([word = '']: readonly string[], place: string) {
    super(
      'CommandRefused',
      `"${word}" on ${place} is no program that can be run.`,
      'A script without the right to be run needs a shell: `-- bash FILE`.',
    );
  }
}

/** What the script says in each case. */
export interface Told {
  readonly missing: string;
  readonly refused: string;
}

/** A constant; every word of the command and every sentence is an argument of it. */
const RUN = `missing=$1 refused=$2
shift 2
say() { printf '%s\\n' "$2" >&2; exit "$1"; }
case $1 in
  '') say 127 "$missing" ;;
  */*)
    [ -e "$1" ] || say 127 "$missing"
    { [ -f "$1" ] && [ -x "$1" ]; } || say 126 "$refused"
    ;;
  *)
    found=
    set -f
    IFS=:
    for folder in $PATH; do
      [ -f "$folder/$1" ] && [ -x "$folder/$1" ] && found=$folder && break
    done
    unset IFS
    [ -n "$found" ] || say 127 "$missing"
    ;;
esac
exec "$@"`;

export function toldArgv(argv: readonly string[], { missing, refused }: Told): string[] {
  return ['sh', '-c', RUN, 'sh', missing, refused, ...argv];
}
