package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.broker.EmbeddedKafka;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

@Timeout(60)
final class TopicsCommandIT {
    private static EmbeddedKafka broker;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        broker = EmbeddedKafka.start(null, 0);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void shouldReportMissingTopicsCreateThemAndThenBeContent() {
        assertThat(topics("new.", "--check")).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).contains("new.requests is missing; create it with 'weir topics'");
        assertThat(topics("new.")).isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines()).anyMatch(line -> line.matches("new.requests +6 +1 +ok, created"));
        assertThat(topics("new.", "--check")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).doesNotContain("created").doesNotContain("missing");
    }

    @Test
    void shouldRefuseAnotherPartitionCount() {
        assertThat(topics("count.")).isEqualTo(ExitCode.OK);
        assertThat(topics("count.", "--check", "--set", "topics.partitions=7")).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).contains("count.requests has 6 partitions, topics.partitions is 7");
        assertThat(topics("count.", "--set", "topics.partitions=7")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void shouldTakeRequestsThatTheApplicationCreatedWithTheBrokersDefaults() throws Exception {
        create(new NewTopic("own.requests", 6, (short) 1).configs(Map.of("max.message.bytes", "1048588")));

        assertThat(topics("own.")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("notice: own.requests has max.message.bytes=1048588")
                .doesNotContain("wrong");
    }

    @Test
    void shouldFindAChangelogThatIsTooSmall() throws Exception {
        String changelog = "small-dispatch-dispatch-ledger-changelog";
        create(new NewTopic(changelog, 6, (short) 1).configs(Map.of("max.message.bytes", "1048588")));

        assertThat(topics("small.", "--set", "application.id=small")).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).contains(changelog + " has max.message.bytes=1048588; raise it with kafka-configs");
    }

    private static void create(NewTopic topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(topic)).all().get();
        }
    }

    @Test
    void shouldExplainAWrongSettingAndAnUnreachableBrokerInOneLine() {
        assertThat(topics("a.", "--set", "topics.partitons=1")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().strip())
                .isEqualTo("weir: unknown key topics.partitons (--set); did you mean topics.partitions?");
        assertThat(topics("a.", "--set", "bootstrap.servers=127.0.0.1:1")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().strip())
                .contains("no broker answers at bootstrap.servers=127.0.0.1:1")
                .doesNotContain("\n");
    }

    private int topics(String prefix, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "topics",
                "--set",
                "topic.prefix=" + prefix,
                "--set",
                "bootstrap.servers=" + broker.bootstrapServers()));
        arguments.addAll(List.of(more));
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine commandLine = Main.commandLine();
        if (!commandLine.getSubcommands().containsKey("topics")) {
            commandLine.addSubcommand(new TopicsCommand());
        }
        return commandLine
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
    }
}
