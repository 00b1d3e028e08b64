/** What an HTTP agent needs beside Node's own to do well under docker-modem. */
import { subscribe } from 'node:diagnostics_channel';
import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { inspect } from 'node:util';

const prepared = new WeakSet<Agent>();
const heard = new WeakSet<Socket>();

/**
 * Mends three weak points of docker-modem 5:
 *
 * - For each request it makes a text of all its options for debugging, read or not. With the connections of the agent
 *   in it that takes 10 ms where 50 are open, so the agent tells its name only.
 * - A signal that it is given goes on to the connection, which may by then have no request any more that would hear of the
 *   error: then Node would end the whole process.
 * - It waits for ever for the rest of an answer whose connection is closed in the middle, since Node tells that by the
 *   answer and docker-modem only listens to the request. So the one passes it on to the other.
 */
export function prepareAgent(agent: Agent): void {
  if (prepared.has(agent)) return;
  prepared.add(agent);
  Object.defineProperty(agent, inspect.custom, { value: () => agent.constructor.name });
}

// Node publishes this when the head of an answer is there, before anyone else hears of it.
subscribe('http.client.response.finish', (message) => {
  const { request, response } = message as { request: ClientRequest & { agent?: Agent }; response: IncomingMessage };
  if (!request.agent || !prepared.has(request.agent)) return;
  response.once('error', (error) => request.emit('error', error));
  if (heard.has(response.socket)) return;
  heard.add(response.socket);
  response.socket.on('error', () => undefined);
});
