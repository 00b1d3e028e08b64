/** What a fault does, in a sentence. Pure. */
import type { Fault } from '../lab/break/fault.js';
import { changeWords } from '../lab/break/keepalived-config.js';
import type { Lab } from '../model/resources.js';

const HOW = {
  kill: 'is killed, parent and child',
  'kill-parent': 'loses its parent process',
  'kill-child': 'loses the process that speaks VRRP',
  terminate: 'is told to end',
  reload: 'reads its configuration again',
} as const;

/** Of all that are struck at once: they are of one kind. */
export function faultSentence(faults: readonly Fault[], lab: Lab): string {
  const [fault] = faults;
  if (fault === undefined) return '';
  const router = (id: string | null): string => lab.routers.find((one) => one.id === id)?.name ?? String(id);
  const node = faults.length === 1 ? fault.node : `each of ${faults.map((one) => one.node).join(', ')}`;
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
          : `${node} on one side and ${fault.from.join(', ')} on the other lose each other`;
      return `${whom}${fault.router === null ? '' : ` for the advertisements of ${router(fault.router)}`}`;
    }
    case 'impair': {
      const parts = [
        fault.delay > 0 ? `${String(fault.delay)} ms later` : '',
        fault.jitter > 0 ? `give or take ${String(fault.jitter)} ms` : '',
        fault.rate > 0 ? `at ${String(fault.rate)} kbit/s` : '',
      ].filter((part) => part !== '');
      const late = parts.length === 0 ? '' : `${node} sends ${parts.join(', ')}`;
      if (fault.loss === 0) return late;
      return late === ''
        ? `${node} loses ${String(fault.loss)} % of what it sends`
        : `${late}, and loses ${String(fault.loss)} % of it`;
    }
    case 'mtu':
      return fault.device === 'underlay'
        ? `the cable of ${node} carries packets of ${String(fault.mtu)} bytes at most`
        : `the ${fault.device}- interface of ${router(fault.router)} on ${node} carries packets of ${String(fault.mtu)} bytes at most`;
    case 'conntrack':
      return `the connections of ${router(fault.router)} on ${node} are forgotten`;
    case 'config':
      return `keepalived.conf of ${router(fault.router)} on ${node} is changed: ${changeWords(fault.change)}`;
  }
}
