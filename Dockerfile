# The image of every torichigae process in docker-compose.yml: built with the compiler, run without it and without root.
FROM node:24.11.1-bookworm-slim AS build
WORKDIR /app
COPY . .
RUN npm ci && npm prune --omit=dev --ignore-scripts

FROM node:24.11.1-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build --chown=root:root /app /app
RUN install -d -o node -g node -m 0700 /var/lib/torichigae
USER node
ENTRYPOINT ["node", "bin/torichigae.js"]
CMD ["serve", "--help"]
