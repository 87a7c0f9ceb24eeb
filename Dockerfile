# syntax=docker/dockerfile:1

# Builds everything, with the development dependencies.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY apps/api/package.json apps/api/
COPY apps/web/package.json apps/web/
COPY apps/web-e2e/package.json apps/web-e2e/
COPY libs/contract/package.json libs/contract/
COPY libs/text/package.json libs/text/
COPY libs/search/package.json libs/search/
COPY scripts/bootstrap.mjs scripts/
# By the workspace's own bootstrap, so that the build finds nothing left to install.
RUN node -e "import('./scripts/bootstrap.mjs').then(({ bootstrap }) => bootstrap())"
COPY . .
RUN npm run build

# What the server needs at run time only. Without the workspace's root there is no embedded PostgreSQL: DATABASE_URL is required.
FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY apps/api/package.json apps/api/
COPY apps/web/package.json apps/web/
COPY apps/web-e2e/package.json apps/web-e2e/
COPY libs/contract/package.json libs/contract/
COPY libs/text/package.json libs/text/
COPY libs/search/package.json libs/search/
# One dependency reports each installation to its maker unless told not to.
ENV SCARF_ANALYTICS=false
RUN npm ci --omit=dev --workspace @passerelle/api

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /app
COPY --from=dependencies /app ./
COPY --from=build /app/LICENSE ./
COPY --from=build /app/libs/contract/dist libs/contract/dist
COPY --from=build /app/libs/text/dist libs/text/dist
COPY --from=build /app/libs/search/dist libs/search/dist
COPY --from=build /app/apps/api/data apps/api/data
COPY --from=build /app/apps/api/dist apps/api/dist
COPY --from=build /app/apps/web/dist apps/web/dist
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
# PID 1 gets the signals: Node ends the sockets and requests in hand before it stops.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/ready`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "apps/api/dist/main.js"]
