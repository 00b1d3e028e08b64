/** Everything that runs, breaks and heals labs, put together. */
import { breakCommands } from '../break/break-commands.js';
import { engineCommands } from '../engine/engine-commands.js';
import { FailoverReports, failoverCommands } from '../failover/failover-commands.js';
import { planCommands } from '../plan/plan-commands.js';
import { PlanView } from '../plan/plan-view.js';
import type { Services } from '../services.js';
import { LabStatusBar, statusBarCommands } from '../status-bar/status-bar.js';
import type { Operations } from './operations.js';
import { type Runner, runCommands } from './run-commands.js';

export function runFeature(services: Services, runner: Runner, operations: Operations) {
  const { context, files, circumstances } = services;
  const plan = new PlanView(files);
  const reports = new FailoverReports();
  context.subscriptions.push(plan, reports.register(), new LabStatusBar(services));
  return {
    ...runCommands(services, runner),
    ...planCommands(services, runner, plan),
    ...breakCommands(services),
    ...failoverCommands(services, operations, reports),
    ...statusBarCommands(services),
    ...engineCommands(services, circumstances),
  };
}
