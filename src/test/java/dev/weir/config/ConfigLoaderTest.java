package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.event.Priority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigLoaderTest {
    @TempDir
    private Path folder;

    @Test
    void shouldWorkWithoutAnySetting() {
        WeirConfig config = set();
        assertThat(config.bootstrapServers()).isEqualTo("localhost:9092");
        assertThat(config.topics()).isEqualTo(new WeirConfig.Topics("grok.", 6, (short) 1, 1));
        assertThat(config.grok().callTimeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.process().exactlyOnce()).isTrue();
        assertThat(config.retry().tiers()).containsExactly("1s", "10s", "1m", "10m");
        assertThat(config.requests().maxBytes()).isEqualTo(1 << 20);
        assertThat(config.dedupe().window()).isEqualTo(Duration.ofDays(1));
        assertThat(config.shutdown().leaveGroup()).isTrue();
        assertThat(config.timeouts().session()).isEqualTo(Duration.ofSeconds(6));
        assertThat(config.quota("grok-4")).isEqualTo(new QuotaLimits(20, 0, 1_000, 0));
        assertThat(config.quotaWindowGuard()).isEqualTo(Duration.ofMillis(10));
        assertThat(config.priorityOffset(Priority.CRITICAL)).isEqualTo(Duration.ofMinutes(-1));
        assertThat(config.httpListen()).contains(new WeirConfig.Listen("127.0.0.1", 8090));
    }

    @Test
    void shouldLetTheCommandLineWinOverTheEnvironmentAndThatOverTheFile() throws Exception {
        Path file = file("topics.partitions=1\napplication.id=one\ntopic.prefix=a.");
        Map<String, String> env = Map.of("WEIR_APPLICATION_ID", "two", "WEIR_TOPIC_PREFIX", "b.", "PATH", "x");
        WeirConfig config = ConfigLoader.load(file, List.of("topic.prefix=c."), env);
        assertThat(config.topics()).isEqualTo(new WeirConfig.Topics("c.", 1, (short) 1, 1));
        assertThat(config.applicationId()).isEqualTo("two");
    }

    @Test
    void shouldKeepDotsInTheNamesOfModelsAndScopes() {
        WeirConfig config = set(
                "scope.grok-4.1-fast=fast.pool",
                "quota.fast.pool.requests.per.second=3",
                "quota.grok-2.5.tokens.per.minute=7",
                "quota.default.max.in.flight=9",
                "tenant.weight.acme.eu=4");
        assertThat(config.scopeOf("grok-4.1-fast")).isEqualTo("fast.pool");
        assertThat(config.scopeOf("grok-2.5")).isEqualTo("grok-2.5");
        assertThat(config.quota("fast.pool")).isEqualTo(new QuotaLimits(3, 0, 9, 0));
        assertThat(config.quota("grok-2.5")).isEqualTo(new QuotaLimits(20, 7, 9, 0));
        assertThat(config.tenantWeight("acme.eu")).isEqualTo(4);
        assertThat(config.tenantWeight("other")).isEqualTo(1);
    }

    @Test
    void shouldReadADashInAVariableAsTwoUnderscores() {
        Map<String, String> env = Map.of("WEIR_SCOPE_GROK__4", "big", "WEIR_SERVICE_HOST", "x", "WEIR_PORT", "y");
        assertThat(ConfigLoader.load(null, List.of(), env).scopeOf("grok-4")).isEqualTo("big");
    }

    @Test
    void shouldResolveReferencesToVariablesFilesAndFolders() throws Exception {
        Path secrets = file("key=from-file");
        Files.writeString(folder.resolve("token"), "from-folder\n");
        assertThat(ConfigLoader.load(null, List.of("grok.api.key=${env:K}"), Map.of("K", "from-env"))
                        .requireApiKey())
                .isEqualTo("from-env");
        assertThat(set("grok.api.key=${file:" + secrets + ":key}").requireApiKey())
                .isEqualTo("from-file");
        assertThat(set("grok.api.key=${dir:" + folder + ":token}").requireApiKey())
                .isEqualTo("from-folder");
    }

    @Test
    void shouldReadTheKeyFileAnewEachTime() throws Exception {
        Path file = Files.writeString(folder.resolve("key"), "first\n");
        WeirConfig config = set("grok.api.key.file=" + file);
        assertThat(config.requireApiKey()).isEqualTo("first");
        Files.writeString(file, "second\n");
        assertThat(config.requireApiKey()).isEqualTo("second");
    }

    @Test
    void shouldAskForAKeyOnlyWhenItIsNeeded() {
        assertThatThrownBy(set()::requireApiKey)
                .isInstanceOf(InvalidConfig.class)
                .hasMessageContainingAll("grok.api.key", "grok.api.key.file");
        assertThatThrownBy(set("grok.api.key=two words")::requireApiKey)
                .hasMessageContaining("grok.api.key")
                .hasMessageNotContaining("two");
        assertThatThrownBy(set("grok.api.key.file=/no/such/file")::requireApiKey)
                .hasMessageContaining("/no/such/file");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    topics.partitions=many        | topics.partitions is "many" (--set), expected a whole number
                    topics.partitions=0           | topics.partitions is "0" (--set), expected a whole number from 1
                    retry.max.attempts=99999999999999999999 | retry.max.attempts is "99999999999999999999"
                    shutdown.leave.group=maybe    | shutdown.leave.group is "maybe" (--set), expected true or false
                    processing.guarantee=exactly  | expected exactly_once_v2 or at_least_once
                    value.format=xml              | value.format is "xml" (--set), expected json or avro or auto
                    value.format=avro             | value.format is avro and schema.registry.url is empty
                    grok.base.url=api.x.ai        | grok.base.url is "api.x.ai" (--set), expected an http or https
                    bootstrap.servers=a:1,b       | bootstrap.servers is "a:1,b" (--set), expected host:port
                    http.listen=8090              | http.listen is "8090" (--set), expected host:port, or empty
                    http.listen=a:70000           | http.listen is "a:70000"
                    retry.tiers=10s,1s            | retry.tiers is "10s,1s" (--set), expected growing delays
                    retry.tiers=1s,500h           | retry.tiers is "1s,500h"
                    retry.tiers=                  | retry.tiers is ""
                    topic.prefix=a/b              | topic.prefix is "a/b"
                    tenant.weight.acme=0          | tenant.weight.acme is "0" (--set), expected a whole
                    scope.grok-4=                 | scope.grok-4 is "" (--set), expected the name of a scope
                    quota.a.max.in.flight=-1      | quota.a.max.in.flight is "-1"
                    session.timeout.ms=9000       | is 15000, expected at least twice session.timeout.ms (9000)
                    heartbeat.interval.ms=2500    | expected at least three times heartbeat.interval.ms (2500)
                    retry.backoff.max.ms=10       | base.ms is 1000, expected at most retry.backoff.max.ms (10)
                    priority.offset.high.ms=5     | high.ms is 5, expected at most priority.offset.normal.ms (0)
                    grok.api.kee=x                | unknown key grok.api.kee (--set); did you mean grok.api.key?
                    tenants.weight.acme=2         | did you mean tenant.weight.acme?
                    quota.a.requests.per.secnd=2  | did you mean quota.a.requests.per.second? A quota key ends in .req
                    utterly.unlike.anything=2     | ? config/weir.properties lists all keys
                    kafka.consumer.isolation.level=x | kafka.consumer.isolation.level is decided by Weir; remove it
                    kafka.streams.production.exception.handler=x | kafka.streams.production.exception.handler is decided
                    kafka.streams.producer.acks=1 | kafka.streams.producer.acks is decided by Weir
                    kafka.bootstrap.servers=a:1   | kafka.bootstrap.servers is not passed on; set bootstrap.servers
                    grok.base.url=${env:NOWHERE}  | grok.base.url refers to ${env:NOWHERE}, which is not set
                    state.dir=${file:/no/file:k}  | state.dir refers to ${file:/no/file:k}, which cannot be read
                    """)
    void shouldExplainAWrongSettingInOneLine(String override, String line) {
        assertThatThrownBy(() -> set(override))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageContaining(line)
                .hasMessageNotContaining("\n");
    }

    @Test
    void shouldNameTheVariableOrTheFileOfAWrongSetting() throws Exception {
        Path file = file("topics.partitions=x");
        assertThatThrownBy(() -> ConfigLoader.load(file, List.of(), Map.of())).hasMessageContaining(file.toString());
        assertThatThrownBy(() -> ConfigLoader.load(null, List.of(), Map.of("WEIR_TOPICS_PARTITONS", "1")))
                .hasMessageContaining("WEIR_TOPICS_PARTITONS")
                .hasMessageContaining("did you mean topics.partitions?");
        assertThatThrownBy(() -> ConfigLoader.load(folder.resolve("none"), List.of(), Map.of()))
                .hasMessageContaining("none does not exist");
    }

    @Test
    void shouldNeverShowASecret() {
        WeirConfig config = ConfigLoader.load(
                null,
                List.of(
                        "grok.api.key=hunter2",
                        "kafka.sasl.jaas.config=hunter2",
                        "kafka.ssl.keystore.password=hunter2",
                        "schema.registry.url=http://me:hunter2@registry",
                        "kafka.client.id=${env:ID}"),
                Map.of("ID", "hunter2"));
        assertThat(config.kafkaCommon()).containsEntry("client.id", "hunter2");
        assertThat(config.describe())
                .contains("grok.api.key=[hidden]\n", "kafka.client.id=${env:ID}\n", "//[hidden]@registry")
                .doesNotContain("hunter2");
        assertThat(config.toString()).doesNotContain("hunter2");
        assertThatThrownBy(
                        () -> ConfigLoader.load(null, List.of("topics.partitions=${env:ID}"), Map.of("ID", "hunter2")))
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> set("grok.base.url=ftp://me:hunter2@host")).hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> set("hunter2")).hasMessageNotContaining("hunter2");
    }

    @Test
    void shouldPassSettingsOnToTheirClientsOnly() {
        WeirConfig config = set(
                "kafka.security.protocol=SSL",
                "kafka.producer.linger.ms=5",
                "kafka.consumer.max.poll.records=7",
                "kafka.streams.rocksdb.config.setter=x");
        assertThat(config.kafkaCommon()).containsExactly(Map.entry("security.protocol", "SSL"));
        assertThat(config.kafkaProducer()).containsExactly(Map.entry("linger.ms", "5"));
        assertThat(config.kafkaConsumer()).containsExactly(Map.entry("max.poll.records", "7"));
        assertThat(config.kafkaStreams()).containsExactly(Map.entry("rocksdb.config.setter", "x"));
    }

    @Test
    void shouldRefuseToPassOnWhatAPromiseDependsOn() {
        for (String key : List.of(
                "kafka.producer.max.request.size",
                "kafka.max.request.size",
                "kafka.streams.producer.max.request.size",
                "kafka.streams.topic.max.message.bytes")) {
            assertThatThrownBy(() -> set(key + "=1000"))
                    .hasMessage(key + " is not passed on; set requests.max.bytes or grok.max.response.bytes");
        }
        assertThatThrownBy(() -> set("kafka.streams.topic.cleanup.policy=delete"))
                .hasMessage("kafka.streams.topic.cleanup.policy is decided by Weir; remove it");
    }

    @Test
    void shouldDescribeEveryKeyOnceAndSorted() {
        List<String> lines = set("scope.a=b").describe().lines().toList();
        assertThat(lines)
                .extracting(line -> line.substring(0, line.indexOf('=')))
                .isSorted();
        assertThat(lines).contains("scope.a=b", "retry.tiers=1s,10s,1m,10m", "grok.api.key=");
        assertThat(lines).hasSize(ConfigKeys.all().size() + 1);
    }

    private static WeirConfig set(String... overrides) {
        return ConfigLoader.load(null, List.of(overrides), Map.of());
    }

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("weir.properties"), text);
    }
}
