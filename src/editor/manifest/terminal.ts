/** The terminal profile: what the list of new terminals offers. Pure. */
export const TERMINAL_PROFILE = {
  id: 'neutron-lab.terminal',
  title: 'Neutron Lab: Node, Namespace or Instance',
  icon: '$(terminal)',
};
