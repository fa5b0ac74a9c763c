/** A sum in millionths of its currency, so that sums are exact: a safe integer. */
export type Millionths = number;

export interface Cost {
  readonly amount: Millionths;
  /** ISO 4217, such as `USD`. */
  readonly currency: string;
}

/** An amount as people write it, such as `20` or `0.015`: no sign, six decimals at most. */
const AMOUNT = /^(\d{1,9})(?:\.(\d{1,6}))?$/;

/** Reads an amount exactly; undefined if it is none. */
export function parseAmount(text: string): Millionths | undefined {
  const [, whole, fraction = ''] = AMOUNT.exec(text.trim()) ?? [];
  if (whole === undefined) return undefined;
  return Number(whole) * 1_000_000 + Number(fraction.padEnd(6, '0'));
}

/** `0.015 USD`, `20.00 USD`: two decimals, and more where they say something. */
export function sayMoney(amount: Millionths, currency: string): string {
  return `${formatAmount(amount)} ${currency}`;
}

/** `0.015`, `20.00`: two decimals, and more where they say something. */
export function formatAmount(amount: Millionths): string {
  const sign = amount < 0 ? '-' : '';
  const size = Math.abs(amount);
  const fraction = String(size % 1_000_000).padStart(6, '0');
  return `${sign}${Math.floor(size / 1_000_000)}.${fraction.slice(0, 2)}${fraction.slice(2).replace(/0+$/, '')}`;
}
