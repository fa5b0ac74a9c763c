import type { Figure } from './figure.ts';
import type { Machine } from './machine.ts';
import type { Goal, Unit } from './measurement.ts';

export interface Report {
  readonly machine: Machine;
  readonly begunAt: string;
  readonly rounds: number;
  readonly scale: string;
  readonly measurements: readonly Measured[];
}

export interface Measured {
  readonly name: string;
  readonly about: string;
  readonly seconds: number;
  readonly figures: readonly Figure[];
  /** Why it could not be measured. */
  readonly failure?: string;
}

/** The report for people: a table for each measurement. */
export function reportAsMarkdown(report: Report): string {
  const { machine, begunAt, rounds, scale, measurements } = report;
  const { cpu, cores, memoryMB, system, node, redis, carillon, loadBefore } = machine;
  return [
    '# Carillon, measured',
    '',
    `${begunAt}, ${rounds === 1 ? 'one round' : `medians of ${rounds} rounds`} (${scale}). Carillon ${carillon}, Node ${node}, Redis ${redis}; ${system}, ${cores} × ${cpu}, ${memoryMB} MB, load ${loadBefore.toFixed(2)} before.`,
    'A ratio is that of the figure to its limit in the same round; in brackets the lowest and the highest of the rounds.',
    '',
    ...measurements.flatMap(linesOf),
  ].join('\n');
}

function linesOf({ name, about, seconds, figures, failure }: Measured): readonly string[] {
  return [
    `## ${name}`,
    '',
    `${about} (${seconds.toFixed(0)} s)`,
    '',
    ...(failure === undefined ? [] : [`It could not be measured: ${failure}`, '']),
    ...(figures.length === 0 ? [] : tableOf(figures)),
  ];
}

function tableOf(figures: readonly Figure[]): readonly string[] {
  return [
    '| figure | measured | limit | ratio | goal |',
    '| --- | --- | --- | --- | --- |',
    ...figures.map((figure) => `| ${cellsOf(figure).join(' | ')} |`),
    '',
  ];
}

function cellsOf({ figure, unit, median, values, limit, ratio, goals }: Figure): readonly string[] {
  return [
    figure,
    sayWithSpan(median, values, unit),
    limit === undefined ? '' : `${say(limit.median, unit)} (${limit.of})`,
    ratio === undefined ? '' : ratio.toFixed(2),
    goals.map(({ goal, isMet }) => `${sayGoal(goal, unit)} ${isMet ? '✓' : '✗'}`).join(', '),
  ];
}

function sayWithSpan(median: number, values: readonly number[], unit: Unit): string {
  if (values.length < 2) return `${say(median, unit)} (once)`;
  return `${say(median, unit)} (${sayNumber(Math.min(...values))}–${sayNumber(Math.max(...values))})`;
}

function sayGoal({ of, most, least }: Goal, unit: Unit): string {
  const bound = most === undefined ? `≥ ${least}` : `≤ ${most.toLocaleString('en')}`;
  return of === 'ratio' ? bound : `${bound} ${unit}`;
}

function say(value: number, unit: Unit): string {
  return `${sayNumber(value)} ${unit}`;
}

function sayNumber(value: number): string {
  const digits = Math.abs(value) < 10 ? 2 : 0;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}
