/** A variable of the environment cannot be used. Says which, and what it takes. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}
