# syntax=docker/dockerfile:1
# docker build -t weir . && docker run --rm weir --help

FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /build
COPY pom.xml ./
COPY schemas ./schemas
COPY src ./src
RUN --mount=type=cache,target=/root/.m2 mvn -q -B -ntp -Dspotless.check.skip=true -Dmaven.test.skip=true package

FROM eclipse-temurin:17-jre
RUN useradd --system --uid 10001 --no-create-home weir \
    && install -d -o weir -g weir /var/lib/weir \
    && ln -s /opt/weir/weir /usr/local/bin/weir
COPY --from=build /build/target/lib /opt/weir/target/lib
COPY --from=build /build/target/weir.jar /opt/weir/target/weir.jar
COPY config /opt/weir/config
COPY --chmod=755 weir /opt/weir/weir

# The local state and the name of this process in the fleet: on a volume of its own a restart is quick.
VOLUME /var/lib/weir
WORKDIR /var/lib/weir
USER weir

# A quarter of the memory and more is for RocksDB and the network, outside the heap.
ENV WEIR_STATE_DIR=/var/lib/weir/state \
    WEIR_HTTP_LISTEN=0.0.0.0:8090 \
    WEIR_JAVA_OPTS=-XX:MaxRAMPercentage=60
EXPOSE 8090

# The launcher replaces itself by Java, which therefore hears the signal to stop.
ENTRYPOINT ["weir"]
CMD ["run"]
