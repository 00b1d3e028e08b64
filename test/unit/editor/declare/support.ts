/** Taking the steps of a flow as a person would, and reading what it writes. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { diffLines } from 'diff';
import { type Flow, type FlowMaker, wizardOf } from '../../../../src/editor/declare/flow.js';
import type { Answer, Answers, Step } from '../../../../src/editor/declare/step.js';
import type { About } from '../../../../src/editor/tree/row.js';
import { applyEdit } from '../../../../src/model/lab-file/edit/apply.js';
import type { LabFileEdit } from '../../../../src/model/lab-file/edit/edits.js';
import { type OpenLabFile, openLabFile } from '../../../../src/model/lab-file/edit/open.js';

export function bundled(name: 'ha-router' | 'legacy-router' | 'dual-stack'): OpenLabFile {
  const url = new URL(`../../../../labs/${name}/${name}.neutron.yaml`, import.meta.url);
  return openLabFile(readFileSync(url, 'utf8'));
}

/** What somebody answers by key; whatever is not named is accepted as it was proposed. */
export function walk(
  file: OpenLabFile,
  make: FlowMaker,
  given: Answers = {},
): { answers: Answers; steps: readonly Step[] } {
  const wizard = wizardOf(make, () => file);
  let answers: Answers = {};
  for (;;) {
    const steps = wizard.steps(answers);
    const step = steps[Object.keys(answers).length];
    if (step === undefined) return { answers, steps };
    answers = { ...answers, [step.key]: given[step.key] ?? proposalOf(step) };
    assert.equal(wizard.wrong(answers), null, `${step.key}: ${String(answers[step.key])}`);
  }
}

export function proposalOf(step: Step): Answer {
  return step.ask === 'one' ? (step.proposal ?? step.choices[0]?.value ?? '') : step.proposal;
}

/** The lines that come, with `+`, and those that go, with `-`. */
export function changed(file: OpenLabFile, edit: LabFileEdit): string[] {
  const outcome = applyEdit(file, edit);
  if (outcome.refusal !== null) throw outcome.refusal;
  return diffLines(file.text, outcome.text).flatMap(({ added, removed, value }) =>
    added || removed
      ? value
          .replace(/\n$/, '')
          .split('\n')
          .map((line) => `${added ? '+' : '-'}${line}`)
      : [],
  );
}

/** What the flow writes. */
export function declares(file: OpenLabFile, make: FlowMaker, given: Answers = {}): string[] {
  const flow: Flow = make(file);
  return changed(file, flow.edit(walk(file, make, given).answers));
}

/** What is told when a step is answered like this, the ones before as proposed. */
export function objection(
  file: OpenLabFile,
  make: FlowMaker,
  before: Answers,
  key: string,
  answer: Answer,
): string | null {
  return wizardOf(make, () => file).wrong({ ...before, [key]: answer });
}

/** A row for a resource of the file, as the tree has it. */
export function about(file: OpenLabFile, kind: About['kind'], name: string, more: Partial<About> = {}): About {
  const { built } = file.analysis;
  assert.ok(built);
  const all: Partial<Record<About['kind'], readonly { id: string; name?: string }[]>> = {
    network: built.networks,
    subnet: built.subnets,
    router: built.routers,
    instance: built.instances,
    securityGroup: built.security_groups,
    floatingIp: built.floatingips.map(({ id, floating_ip_address: address }) => ({ id, name: address })),
    node: built.nodes.map((node) => ({ id: node.name, name: node.name })),
  };
  const found = all[kind]?.find((resource) => resource.name === name);
  return { lab: 'file:///lab', kind, id: found?.id ?? name, name, ...more };
}

/** The row of a router's interface on a subnet, or of an instance's attachment. */
export function portOf(file: OpenLabFile, device: About, kind: 'interface' | 'port', address: string): About {
  const port = file.analysis.built?.ports.find(
    (one) => one.device_id === device.id && one.fixed_ips.some((ip) => ip.ip_address === address),
  );
  assert.ok(port, `no port with ${address}`);
  return { lab: device.lab, kind, id: port.id, name: address, owner: device };
}
