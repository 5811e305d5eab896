# syntax=docker/dockerfile:1
# Two stages: what builds stays behind; what runs has production packages, the generated client and the sources.

FROM node:26-slim AS build
WORKDIR /app
COPY package.json package-lock.json prisma.config.ts ./
COPY prisma ./prisma
RUN npm ci --omit=dev --omit=optional --no-audit --no-fund --ignore-scripts
RUN npx prisma generate
# The generator and its studio are not needed to run.
RUN cd node_modules && rm -rf prisma effect elkjs react-dom @visx @prisma/dev @prisma/studio-core @prisma/engines

FROM node:26-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 DATA_DIR=/data
WORKDIR /app
RUN mkdir /data && chown node:node /data
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/src/generated ./src/generated
COPY package.json ./
COPY locales ./locales
COPY prisma/counties ./prisma/counties
COPY prisma/migrations ./prisma/migrations
COPY src ./src
RUN rm -rf src/simulator src/demo.ts && mkdir -p node_modules/.cache && chown node:node node_modules/.cache
USER node
# What is compiled here is not compiled again at each start.
RUN node src/start.js --help > /dev/null
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/start.js"]
