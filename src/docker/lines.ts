/** A stream of JSON lines, as the engine sends events and progress. */
import { StringDecoder } from 'node:string_decoder';

/** A line longer than this is nothing that an engine says. Characters. */
const LONGEST_LINE = 1 << 20;

/** Each line that is not empty, parsed; what is no JSON is left out. Ends and fails as the stream does. */
export async function* jsonLines(stream: AsyncIterable<Buffer | string>): AsyncGenerator<unknown, void, undefined> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of stream) {
    rest += decoder.write(chunk);
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST_LINE) rest = '';
    for (const line of lines) yield* parsed(line);
  }
  yield* parsed(rest);
}

function* parsed(line: string): Generator<unknown, void, undefined> {
  if (line.trim() === '') return;
  try {
    yield JSON.parse(line) as unknown;
  } catch {
    // Not JSON: a proxy's or a newer engine's remark.
  }
}
