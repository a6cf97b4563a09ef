# syntax=docker/dockerfile:1
# The exporter with the Swift standard library linked in, on a Debian without Swift.
FROM swift:6.3-bookworm AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends libcrypt-dev libdeflate-dev libsqlite3-dev zlib1g-dev \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY Package.swift ./
RUN swift package resolve
COPY Benchmarks Benchmarks
COPY Sources Sources
COPY Tests Tests
RUN swift build -c release --product agent-usage-exporter --static-swift-stdlib \
 && install -D "$(swift build -c release --show-bin-path)/agent-usage-exporter" /out/usr/local/bin/agent-usage-exporter \
 && strip /out/usr/local/bin/agent-usage-exporter

FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates libcrypt1 libdeflate0 libsqlite3-0 zlib1g tzdata \
 && rm -rf /var/lib/apt/lists/* \
 && install -d -o 65532 -g 65532 -m 0750 /var/lib/agent-usage-exporter
COPY --from=build /out/ /
# Numeric, so that Kubernetes' runAsNonRoot can check it. The root may be read-only: only the volume is written to.
USER 65532:65532
VOLUME /var/lib/agent-usage-exporter
ENV AGENTUSAGE_STATE_PATH=/var/lib/agent-usage-exporter
EXPOSE 9847
HEALTHCHECK --interval=30s --timeout=5s --start-period=5s CMD ["agent-usage-exporter", "health"]
ENTRYPOINT ["agent-usage-exporter"]
CMD ["serve"]
