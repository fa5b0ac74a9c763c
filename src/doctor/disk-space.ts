import type { StatsFs } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Finding } from './finding.ts';

export interface DiskSpace {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

const MB = 1e6;
const GB = 1e9;
const ERROR_BYTES = 100 * MB;
const WARNING_BYTES = GB;
const WARNING_PART = 0.05;
const check = 'disk';

/** Judges the disk of the data directory: journals are written there before every post. */
export function judgeDiskSpace(dataDir: string, { freeBytes, totalBytes }: DiskSpace): Finding {
  const free = sayBytes(freeBytes);
  if (freeBytes >= WARNING_BYTES && freeBytes >= totalBytes * WARNING_PART) {
    const message = `The disk of ${dataDir} has ${free} free.`;
    return { check, code: 'space', severity: 'ok', message };
  }
  return {
    check,
    code: 'space',
    severity: freeBytes < ERROR_BYTES ? 'error' : 'warning',
    message: `The disk of ${dataDir} has only ${free} of ${sayBytes(totalBytes)} free, and nothing is sent that cannot be written down there first.`,
    remedy: 'Free space there, or set CARILLON_DATA_DIR to a folder on a larger disk.',
  };
}

/** A directory that is not there yet is judged by where it will be. */
export async function examineDiskSpace(dataDir: string): Promise<Finding> {
  try {
    const { bavail, blocks, bsize } = await statOfNearest(dataDir);
    return judgeDiskSpace(dataDir, { freeBytes: bavail * bsize, totalBytes: blocks * bsize });
  } catch (error) {
    return {
      check,
      code: 'unknown',
      severity: 'warning',
      message: `How much space the disk of ${dataDir} has cannot be read (${codeOf(error)}).`,
      remedy: 'See whether Carillon may read the folder, and how much space is free there.',
    };
  }
}

async function statOfNearest(directory: string): Promise<StatsFs> {
  try {
    return await statfs(directory);
  } catch (error) {
    const above = dirname(directory);
    if (codeOf(error) !== 'ENOENT' || above === directory) throw error;
    return statOfNearest(above);
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}

/** `12 GB`, `950 MB`: as disks are sold. */
function sayBytes(bytes: number): string {
  if (bytes >= 10 * GB) return `${Math.floor(bytes / GB)} GB`;
  return bytes >= GB
    ? `${(Math.floor(bytes / GB / 0.1) * 0.1).toFixed(1)} GB`
    : `${Math.floor(bytes / MB)} MB`;
}
