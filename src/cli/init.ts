import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readEnvironment } from '../../config/environment.ts';
import { packageFile } from '../core/version.ts';
import { askFirstConfig } from '../setup/ask-first-config.ts';
import { writeFirstConfig } from '../setup/first-config.ts';
import { AnswerError, openQuestions, type Questions, unasked } from '../setup/questions.ts';
import { type Call, CallError, EXIT } from './call.ts';
import { readConfig } from './open.ts';
import { printLines } from './print.ts';

/** `carillon init` */
export async function run(call: Call): Promise<number> {
  const { io } = call;
  const cwd = io.cwd ?? process.cwd();
  const { configFile, command } = await readEnvironment(io.env, io.cwd);
  const named = call.valueOf('config') ?? configFile;
  if (!/\.ya?ml$/i.test(named)) {
    throw new CallError(`"${named}" is no name for a config: let it end in .yaml.`);
  }
  const file = resolve(cwd, named);
  // Asked before the questions are; what is written later still takes no file's place.
  if (await isThere(file)) throw refuseToReplace(named);

  if (!call.has('yes')) io.out('A few questions. Enter takes what stands in brackets.\n\n');
  const text = await askForText(call, schemaSeenFrom(dirname(file)));
  await writeNew(file, named, text);
  await readConfig(call);
  const config = call.has('config') ? ` --config ${named}` : '';
  printLines(
    io,
    linesOfNextSteps(named, (name) => `${command} ${name}${config}`),
  );
  return EXIT.done;
}

async function askForText(call: Call, schema: string): Promise<string> {
  const questions = questionsFor(call);
  const given = {
    timezone: call.valueOf('timezone'),
    networks: call.valueOf('networks'),
    name: call.valueOf('name'),
  };
  try {
    return writeFirstConfig({
      ...(await askFirstConfig(questions, given, zoneOfMachine())),
      schema,
    });
  } catch (error) {
    throw error instanceof AnswerError ? new CallError(error.message) : error;
  } finally {
    questions.close();
  }
}

function questionsFor({ io, has }: Call): Questions {
  return has('yes') || io.input === undefined ? unasked : openQuestions(io.input, io.out);
}

function zoneOfMachine(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

async function writeNew(file: string, named: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && syscall === 'open') throw refuseToReplace(named);
    throw new CallError(
      `${named} cannot be written (${code ?? String(error)}). Give this user the right to, or name another file with --config FILE.`,
    );
  }
}

function refuseToReplace(named: string): CallError {
  return new CallError(
    `${named} is there already and stays as it is. Name a new file with --config FILE.`,
  );
}

/** From a neighbouring folder as people would write it; from afar as an address that editors follow. */
function schemaSeenFrom(directory: string): string {
  const schema = packageFile('config/carillon.schema.json');
  const path = relative(directory, fileURLToPath(schema)).split(sep).join('/');
  if (path.startsWith('../../../') || path.includes(':'))
    return pathToFileURL(fileURLToPath(schema)).href;
  return path.startsWith('.') ? path : `./${path}`;
}

function linesOfNextSteps(named: string, callOf: (name: string) => string): readonly string[] {
  const steps = [
    ['check', 'finds every mistake in it'],
    ['preview', 'shows what each account will post'],
    ['start', 'runs it in the sandbox: nothing reaches a real network'],
  ] as const;
  const widest = Math.max(...steps.map(([name]) => callOf(name).length));
  return [
    `${named} is written.`,
    '',
    'Next:',
    ...steps.map(([name, about]) => `  ${callOf(name).padEnd(widest)}  ${about}`),
  ];
}
