/** A channel has not taken a message. Says why in words for people, and never a secret. */
export class ChannelError extends Error {
  override readonly name = 'ChannelError';
}
