import type { AlertMessage } from './message.ts';

interface Sender {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly isSandbox: boolean;
}

/** What `carillon alert test` sends. */
export function testMessage(sender: Sender): AlertMessage {
  return {
    ...sender,
    title: 'this is a test',
    lines: [
      {
        label: 'Test',
        message: 'Alerts get here.',
        advice: 'Nothing to do: Carillon writes here when something needs you.',
      },
    ],
    more: 0,
    escalates: false,
  };
}
