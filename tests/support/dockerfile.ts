import { readFileSync } from 'node:fs';

/** One instruction of a Dockerfile, its continued lines joined. */
export interface Instruction {
  /** In capitals. */
  readonly name: string;
  readonly rest: string;
}

/** A stage of a build: what follows one FROM. */
export interface Stage {
  readonly base: string;
  readonly name: string;
  readonly instructions: readonly Instruction[];
}

/** Reads as much of the format as ours needs: comments, continued lines, stages. */
export function readDockerfile(file: string): readonly Stage[] {
  const stages: { base: string; name: string; instructions: Instruction[] }[] = [];
  for (const { name, rest } of instructionsOf(readFileSync(file, 'utf8'))) {
    const [, base, stage] = /^(\S+) AS (\S+)$/i.exec(rest) ?? [];
    if (name !== 'FROM') stages.at(-1)?.instructions.push({ name, rest });
    else if (base !== undefined && stage !== undefined) {
      stages.push({ base, name: stage, instructions: [] });
    } else throw new Error(`Every stage has a name, but not "FROM ${rest}".`);
  }
  return stages;
}

function instructionsOf(text: string): Instruction[] {
  const lines = text.split('\n').filter((line) => !/^\s*(#|$)/.test(line));
  const joined = lines.join('\n').replaceAll(/\\\n\s*/g, '');
  return joined.split('\n').map((line) => {
    const [, name = '', rest = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
    if (!/^[A-Z]+$/.test(name)) throw new Error(`This is no instruction: "${line}".`);
    return { name, rest };
  });
}
