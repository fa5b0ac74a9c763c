/** The most that an image may hold before it is fitted: above it, it may be made to exhaust this machine. */
export const maxImageBytes = 64_000_000;
export const maxImagePixels = 100_000_000;
