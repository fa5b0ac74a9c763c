/** The file is of a rare kind, or damaged: only decoding it tells what it holds. */
export class NotPlainError extends Error {
  override readonly name = 'NotPlainError';
}
