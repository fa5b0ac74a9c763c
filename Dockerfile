# Carillon with everything it runs: docker build --tag carillon .
# How to run it: compose.yaml, docs/operations.md.

FROM node:22-bookworm-slim AS build
WORKDIR /opt/carillon
COPY package.json package-lock.json ./
# Scripts are left out: "prepare" would build what is not here yet, and no package needs its own.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json ./
COPY config ./config
COPY src ./src
COPY workers ./workers
RUN npm run build && chmod 755 dist/src/cli/main.js

# What runs: without development packages, types, source maps, and the two hundred Google APIs beside YouTube's.
FROM build AS production
RUN npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/typescript node_modules/@typescript dist/.tsbuildinfo \
  && find node_modules/googleapis/build/src/apis -mindepth 1 -maxdepth 1 ! -name youtube -exec rm -rf {} + \
  && find node_modules dist -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete
# Nothing that posts are composed with went with it.
RUN node dist/src/cli/main.js check --config config/carillon.yaml

FROM node:22-bookworm-slim AS runtime
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="Carillon" \
  org.opencontainers.image.description="Posts an organisation's articles to its own accounts: each once, on time, and well cut." \
  org.opencontainers.image.licenses="MIT" \
  org.opencontainers.image.version="${VERSION}"
# tini takes in processes that lost their parent, which node as process 1 would leave as zombies. redis-server is for
# "start" without REDIS_URL.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends redis-server tini \
  && rm -rf /var/lib/apt/lists/* \
  && install --directory --owner=node --group=node --mode=0700 /data \
  && ln -s /opt/carillon/dist/src/cli/main.js /usr/local/bin/carillon
WORKDIR /opt/carillon
COPY --from=production /opt/carillon/node_modules ./node_modules
COPY --from=production /opt/carillon/dist ./dist
COPY package.json LICENSE ./
COPY config/carillon.schema.json config/publications.schema.json ./config/
ENV NODE_ENV=production \
  CARILLON_CONFIG=/config/carillon.yaml \
  CARILLON_DATA_DIR=/data
# The config's folder is where commands run, so that an .env beside it counts. Nothing is written there.
WORKDIR /config
VOLUME ["/data"]
EXPOSE 8420
# The user "node", as a number: so Kubernetes sees that it is not root.
USER 1000:1000
# For "start" and "dashboard". The other parts give signs of life to Redis: see the dashboard's first page.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.CARILLON_DASHBOARD_PORT || 8420}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["tini", "--", "carillon"]
CMD ["start"]
