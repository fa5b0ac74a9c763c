import { Worker, type WorkerOptions } from 'node:worker_threads';

/** Starts a file as a thread, also where the sources run themselves: a thread does not inherit their loader. */
export function startThread(file: URL, options: WorkerOptions): Worker {
  return file.pathname.endsWith('.ts')
    ? new Worker(loadSource(file), { ...options, eval: true })
    : new Worker(file, options);
}

function loadSource(file: URL): string {
  const loader = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  return `import(${loader}).then(({ register }) => { register(); return import(${JSON.stringify(file.href)}); });`;
}
