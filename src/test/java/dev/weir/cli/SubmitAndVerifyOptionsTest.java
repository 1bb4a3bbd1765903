package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What a user reads after a wrong option or beside a broker that is not there. */
final class SubmitAndVerifyOptionsTest {
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "submit hello --file a.jsonl | give either a prompt, or --file FILE, or - for standard input",
                "submit hello --priority urgent | 'urgent' is none of critical, high, normal and low",
                "submit hello --deadline soon | 'soon' is no deadline",
                "submit hello --rate -1 | --rate is -1.0; give a number above 0",
                "submit hello --wait --timeout 0 | --timeout is 0; give 1 second or more",
                "submit --file does-not-exist.jsonl | --file does-not-exist.jsonl cannot be read",
                "dlq redrive --set topics.partitions=0 | topics.partitions is \"0\" (--set), expected",
                "dlq redrive --set model | --set model is no edit",
                "dlq redrive --set body.topic.prefix | --set body.topic.prefix is no edit",
                "bench | run ./weir bench in a source folder",
                "bench --help | run ./weir bench --help in a source folder",
                "bench --jmh Json.* -f 1 | run ./weir bench --jmh Json.* -f 1 in a source folder",
                "verify --wait -1 | --wait is -1; give 0 seconds or more",
                "verify --simulator localhost | --simulator is localhost; give an address such as",
                "verify --command-config none.properties | --command-config none.properties cannot be read",
            })
    void shouldExplainWrongOptionsInOneLine(String line, String message) {
        int exit = execute(line.split(" "));

        assertThat(exit).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(message).hasLineCount(1);
    }

    @Test
    void shouldAskForRequestsWhereNothingIsPipedIn() {
        System.setProperty("weir.terminal.input", "true");
        try {
            assertThat(execute("submit")).isEqualTo(ExitCode.USAGE);
        } finally {
            System.clearProperty("weir.terminal.input");
        }
        assertThat(err.toString())
                .contains("give either a prompt, or --file FILE, or - for standard input")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({"submit,hello", "verify,--wait=0"})
    void shouldExplainAnUnreachableBrokerInOneLine(String command, String argument) throws IOException {
        Path quick = Files.writeString(
                folder.resolve("quick.properties"), "default.api.timeout.ms=400\nrequest.timeout.ms=200\n");

        int exit =
                execute(command, argument, "--bootstrap-servers", "127.0.0.1:1", "--command-config", quick.toString());

        assertThat(exit).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .startsWith("weir: ")
                .contains("127.0.0.1:1", "or correct --bootstrap-servers")
                .hasLineCount(1);
    }

    @Test
    void shouldDescribeEveryOption() {
        CommandLine line = line();
        for (CommandLine command : line.getSubcommands().values()) {
            assertThat(command.getCommandSpec().options())
                    .as(command.getCommandName())
                    .allSatisfy(option -> assertThat(option.description()).isNotEmpty());
        }
    }

    private int execute(String... args) {
        return line().setErr(new PrintWriter(err, true)).execute(args);
    }

    static CommandLine line() {
        CommandLine line = Main.commandLine();
        // Whether the program has registered them is its own matter.
        if (!line.getSubcommands().containsKey("submit")) {
            line.addSubcommand(new SubmitCommand());
        }
        if (!line.getSubcommands().containsKey("verify")) {
            line.addSubcommand(new VerifyCommand());
        }
        CommandLine fresh = Main.commandLine();
        line.setParameterExceptionHandler(fresh.getParameterExceptionHandler());
        line.setExecutionExceptionHandler(fresh.getExecutionExceptionHandler());
        return line;
    }
}
