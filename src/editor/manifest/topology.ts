/** The picture as VS Code knows it. Pure. */

/** The type of its panels, which menus ask for as `webviewId`. */
export const TOPOLOGY_VIEW = 'neutron-lab.topology';
