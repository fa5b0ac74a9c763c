/** Why a server did not start or did not stay, as far as its last words tell. */
export type ServerFailure = 'torn' | 'port-taken' | 'no-space' | 'not-permitted' | 'other';

/** A write that the disk took only a part of is how Redis sees the last bytes of a full disk. */
const noSpace = /No space left on device|Disk quota exceeded|Short write while writing to the AOF/;

export function readServerFailure(lastWords: string): ServerFailure {
  if (
    /Unexpected end of file reading the append|Bad file format reading the append/.test(lastWords)
  ) {
    return 'torn';
  }
  if (/Address already in use/.test(lastWords)) return 'port-taken';
  if (noSpace.test(lastWords)) return 'no-space';
  if (/Permission denied|Read-only file system|Operation not permitted/.test(lastWords)) {
    return 'not-permitted';
  }
  return 'other';
}

/** A sentence for people about a server that ended. */
export function sayServerFailure(lastWords: string, ended: string, dataDir: string): string {
  const elsewhere = 'or set CARILLON_DATA_DIR to another folder';
  switch (readServerFailure(lastWords)) {
    case 'no-space':
      return `Redis cannot write: there is no space left for the data directory ${dataDir}. Free some, ${elsewhere}.`;
    case 'not-permitted':
      return `Redis may not write in the data directory ${dataDir}: give its user the right to, ${elsewhere}.`;
    default:
      return `The private Redis of ${dataDir} does not start (${lastSentence(lastWords) ?? ended}).`;
  }
}

/** The last line that the server marked as a warning, without its number, date and mark. */
function lastSentence(lastWords: string): string | undefined {
  const lines = lastWords.split('\n').map((line) => line.trim());
  const last = lines.findLast((line) => / # /.test(line)) ?? lines.findLast((line) => line !== '');
  return last?.replace(/^\d+:\w .*? [#*.-] /, '').replace(/\.+$/, '');
}
