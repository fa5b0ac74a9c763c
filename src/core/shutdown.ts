/** A process whose supervisor is gone ends within this time, even if its work hangs. */
const orphanGraceMs = 10_000;

/**
 * Resolves with the reason once this process is to end: SIGINT, SIGTERM, or the supervisor that started it is
 * gone. Until then the process stays. A second signal ends it at once.
 */
export function untilShutdown(): Promise<string> {
  return new Promise((resolve) => {
    const stay = setInterval(() => {}, 60_000);
    const leave = (reason: string): void => {
      clearInterval(stay);
      process.off('SIGINT', leave).off('SIGTERM', leave);
      process.on('SIGINT', exitAtOnce).on('SIGTERM', exitAtOnce);
      // Whoever listens for the end of the channel is kept running by it.
      process.channel?.unref();
      resolve(reason);
    };
    const onOrphaned = (): void => {
      // Nobody is left to end this process by force.
      setTimeout(() => process.exit(1), orphanGraceMs).unref();
      leave('the supervisor is gone');
    };
    process.on('SIGINT', leave).on('SIGTERM', leave);
    if (process.send === undefined) return;
    process.once('disconnect', onOrphaned);
    if (!process.connected) onOrphaned();
  });
}

function exitAtOnce(): never {
  process.exit(130);
}

/** As `untilShutdown`, with a signal besides that aborts at the same moment. */
export function shutdownSignal(): { stop: Promise<string>; stopped: AbortSignal } {
  const controller = new AbortController();
  const stop = untilShutdown();
  void stop.then((reason) => controller.abort(reason));
  return { stop, stopped: controller.signal };
}
