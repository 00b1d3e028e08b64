/** What a fault does, in a sentence. Pure. */
import type { Fault } from '../lab/fault.js';
import { changeWords } from '../lab/break/keepalived-config.js';
import type { Lab } from '../model/resources.js';

const HOW = {
  kill: 'is killed, parent and child',
  'kill-parent': 'loses its parent process',
  'kill-child': 'loses the process that speaks VRRP',
  terminate: 'is told to end',
  reload: 'reads its configuration again',
} as const;

export function faultSentence(fault: Fault | undefined, lab: Lab): string {
  if (fault === undefined) return '';
  const router = (id: string | null): string => lab.routers.find((one) => one.id === id)?.name ?? String(id);
  const { node } = fault;
  switch (fault.kind) {
    case 'node':
      return fault.graceful ? `${node} is shut down in order` : `${node} loses its power`;
    case 'restart':
      return `${node} is restarted`;
    case 'freeze':
      return `${node} freezes`;
    case 'keepalived':
      return `keepalived of ${router(fault.router)} on ${node} ${HOW[fault.how]}`;
    case 'agent':
      return `the L3 agent of ${node} ${fault.how === 'kill' ? 'is killed' : 'is stopped'}`;
    case 'dhcp':
      return `the DHCP server of ${lab.networks.find(({ id }) => id === fault.network)?.name ?? ''} on ${node} is killed`;
    case 'link':
      return fault.device === 'underlay'
        ? `the cable of ${node} is pulled`
        : `the ${fault.device}- interface of ${router(fault.router)} on ${node} goes down`;
    case 'partition': {
      const whom =
        fault.oneWay === true
          ? `${fault.from.join(', ')} no longer hear ${node}`
          : `${node} and ${fault.from.join(', ')} lose each other`;
      return `${whom}${fault.router === null ? '' : ` for the advertisements of ${router(fault.router)}`}`;
    }
    case 'impair': {
      const parts = [
        fault.delay > 0 ? `${String(fault.delay)} ms later` : '',
        fault.jitter > 0 ? `give or take ${String(fault.jitter)} ms` : '',
        fault.loss > 0 ? `${String(fault.loss)} % less` : '',
        fault.rate > 0 ? `at ${String(fault.rate)} kbit/s` : '',
      ].filter((part) => part !== '');
      return `${node} sends ${parts.join(', ')}`;
    }
    case 'mtu':
      return `the ${fault.device} interface of ${node} carries ${String(fault.mtu)} bytes`;
    case 'conntrack':
      return `the connections of ${router(fault.router)} on ${node} are forgotten`;
    case 'config':
      return `keepalived.conf of ${router(fault.router)} on ${node} is changed: ${changeWords(fault.change)}`;
  }
}
