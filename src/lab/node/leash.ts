/**
 * Commands in a node that end with the connection to them.
 *
 * The engine does not end a command whose client is gone; it only ends its input. So a shell of the node waits for that
 * end, whichever way it comes: a view that is closed, an editor that is killed, a network that breaks. The scripts are
 * constants; every word of a command is an argument of theirs.
 */

/** TERM, as tcpdump writes what it still has then. What ends by itself leaves with its own exit code. */
const LEASH = `exec 3<&0
"$@" 3<&- </dev/null &
command=$!
{ while read -r _; do :; done; kill "$command"; } <&3 >/dev/null 2>&1 &
leash=$!
wait "$command"
code=$?
kill "$leash" 2>/dev/null
exit "$code"`;

/** For a command without a terminal and without input. */
export function leashed(argv: readonly string[]): string[] {
  return ['sh', '-c', LEASH, 'sh', ...argv];
}

/** For a command with a terminal: its first line is its pid, which is its session's too. */
export function announced(argv: readonly string[]): string[] {
  return ['sh', '-c', 'echo $$; exec "$@"', 'sh', ...argv];
}

const GUARD = `while read -r _; do :; done
pkill -HUP -s "$1"
pkill -CONT -s "$1"`;

/** For a second command beside one with a terminal: hangs it up, as a modem does, when the connection to both is gone. */
export function guardOf(session: number): string[] {
  return ['sh', '-c', GUARD, 'sh', String(session)];
}
