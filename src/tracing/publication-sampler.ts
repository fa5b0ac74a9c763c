import { type Sampler, SamplingDecision } from '@opentelemetry/sdk-trace-node';

/** Names the publication that a span is about. */
export const PUBLICATION = 'carillon.publication';

/** Of all that no span before it leads to, only what is about a publication: BullMQ's housekeeping is nobody's trace. */
export const publicationSampler: Sampler = {
  shouldSample: (_context, _traceId, _name, _kind, attributes) => ({
    decision:
      attributes[PUBLICATION] === undefined
        ? SamplingDecision.NOT_RECORD
        : SamplingDecision.RECORD_AND_SAMPLED,
  }),
  toString: () => 'publications',
};
