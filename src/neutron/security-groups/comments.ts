/** Comments on rules, in front of the target, where iptables-save writes them (iptables_manager.py, `comment_rule`). */

export function withComment(rule: string, comment: string): string {
  const target = rule.lastIndexOf('-j ');
  return `${rule.slice(0, target)}-m comment --comment "${comment}" ${rule.slice(target)}`;
}
