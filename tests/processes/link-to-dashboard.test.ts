import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConfigFrame } from '../../src/core/config.ts';
import { linkToDashboard } from '../../src/processes/link-to-dashboard.ts';

const here = { dashboardHost: '127.0.0.1', dashboardPort: 8420 };
const everywhere = { dashboardHost: '0.0.0.0', dashboardPort: 8420 };

function frame(url?: string): () => ConfigFrame {
  const dashboard = { isBehindProxy: false, people: [], ...(url !== undefined && { url }) };
  return () => ({ dashboard }) as unknown as ConfigFrame;
}

test('links begin with the address that the config says', () => {
  const link = linkToDashboard(frame('https://desk.example.org'), everywhere);

  assert.equal(link('now'), 'https://desk.example.org/');
  assert.equal(link('plan'), 'https://desk.example.org/plan');
  assert.equal(
    link({ publication: 'tips@2026-11-24T09:00/newsroom-x' }),
    'https://desk.example.org/publications/tips%402026-11-24T09%3A00/newsroom-x',
  );
  assert.equal(
    link({ publication: 'tips/tube', isHandOff: true }),
    'https://desk.example.org/hand-off/tips/tube',
  );
});

test('without one they lead to this machine, if the dashboard is for this machine', () => {
  assert.equal(linkToDashboard(frame(), here)('now'), 'http://127.0.0.1:8420/');
  assert.equal(linkToDashboard(frame(), everywhere)('now'), undefined);
});
