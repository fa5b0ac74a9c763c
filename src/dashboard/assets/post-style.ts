import { postStyle as style } from '../../preview/post-style.ts';

/** The posts of previews, on pages of the dashboard. */
export const postStyle = `
:root { --error: var(--bad); }
.network details { margin-top: 0; }
${style}`;
