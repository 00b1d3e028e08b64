/** A lab in the words of the tools that build clouds. */
import type { Lab } from '../resources.js';
import { declare } from './declare/topology.js';
import { heatTemplate } from './heat/template.js';
import { openstackScript } from './openstack/script.js';
import { terraformConfiguration } from './terraform/configuration.js';
import type { ExportOptions, Topology } from './topology.js';

export const FORMATS = ['openstack', 'heat', 'terraform'] as const;
export type Format = (typeof FORMATS)[number];

const WRITERS: Readonly<Record<Format, (topology: Topology) => string>> = {
  openstack: openstackScript,
  heat: heatTemplate,
  terraform: terraformConfiguration,
};

export function exportLab(lab: Lab, format: Format, options: ExportOptions): string {
  return WRITERS[format](declare(lab, options));
}
