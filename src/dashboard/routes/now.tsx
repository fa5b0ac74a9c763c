import type { Hono } from 'hono';
import { isFault } from '../../doctor/finding.ts';
import type { VisitEnv } from '../access/entrance.tsx';
import type { DashboardData } from '../data.ts';
import { NowPage } from '../pages/now-page.tsx';
import { settingOf, showPage } from './show-page.ts';

/** The first page. */
export function addNow(app: Hono<VisitEnv>, data: DashboardData): void {
  app.get('/', async (context) => {
    const [setting, frozen, brokenConfig, findings, standing] = await Promise.all([
      settingOf(context, data),
      data.frozen(),
      data.brokenConfig(),
      data.findings(),
      data.standing(),
    ]);
    const { holds } = setting;
    const obstacles = { holds, frozen, brokenConfig, faults: findings.filter(isFault), standing };
    const { overview, configFile } = data;
    return showPage(context, <NowPage {...{ setting, overview, configFile, ...obstacles }} />);
  });
}
