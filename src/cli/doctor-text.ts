import { count } from '../core/words.ts';
import { type Finding, isFault } from '../doctor/finding.ts';
import type { Ink } from './ink.ts';
import { wrap } from './layout.ts';

/** The findings for people: a line each, a remedy below where there is one, and the sum. */
export function linesOfFindings(
  findings: readonly Finding[],
  { ink, width }: { readonly ink: Ink; readonly width: number },
): readonly string[] {
  const lines = findings.flatMap(({ severity, message, remedy }) => {
    const indent = ' '.repeat(9);
    const [first = '', ...rest] = wrap(message, width, indent);
    const mark = markOf(severity, ink);
    const below = remedy === undefined ? [] : wrap(remedy, width, indent);
    return [`${mark}${first.slice(indent.length)}`, ...rest, ...below];
  });
  return [...lines, '', sumOf(findings)];
}

/** What the daily check has found and somebody has to do something about. */
export function linesOfFaults(findings: readonly Finding[]): readonly string[] {
  return findings.filter(isFault).map(({ message, remedy }) => `${message} ${remedy}`);
}

function markOf(severity: Finding['severity'], ink: Ink): string {
  switch (severity) {
    case 'ok':
      return `${ink.green('ok')}       `;
    case 'note':
      return `${ink.dim('note')}     `;
    case 'warning':
      return `${ink.yellow('warning')}  `;
    case 'error':
      return `${ink.red('error')}    `;
  }
}

function sumOf(findings: readonly Finding[]): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  if (errors + warnings === 0) return 'All is well.';
  const parts = [
    ...(errors > 0 ? [count(errors, 'error')] : []),
    ...(warnings > 0 ? [count(warnings, 'warning')] : []),
  ];
  return `${parts.join(' and ')}.`;
}
