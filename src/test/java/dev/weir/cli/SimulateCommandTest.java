package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SimulateCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldServeUntilItIsInterruptedAndSumUp() throws Exception {
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        Thread thread = new Thread(() -> exit.complete(run("--port", "0", "--rps", "7", "--latency", "fixed:1")));
        thread.start();
        try {
            await().until(() -> out.toString().contains("Ctrl-C"));
            Matcher url =
                    Pattern.compile("Simulated Grok on (\\S+), key sim-key").matcher(out.toString());
            assertThat(url.find()).isTrue();
            assertThat(out.toString()).contains("grok-4.7: 7 requests/s, 50,000,000 tokens/min");

            HttpResponse<String> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(url.group(1) + "/v1/models"))
                                    .header("Authorization", "Bearer sim-key")
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
        } finally {
            thread.interrupt();
        }

        assertThat(exit.get(20, TimeUnit.SECONDS)).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("Saw 0 requests: 0 ok");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --latency=fast        | 'fast' is not fixed:MS
            --latency=fixed:x     | 'fixed:x' is not fixed:MS
            --latency=fixed:-1    | millis is -1, expected 0 or more
            --window=hopping      | 'hopping' is not fixed or sliding
            --rps=0               | requestsPerSecond is 0, expected 1 or more
            --port=70000          | port is 70000, expected from 0 to 65535
            --fault-rate=1.5      | expected at most 1
            --fault=tantrum=0.5   | --fault 'tantrum' is unknown, expected one of none, rate429
            --fault=stall=2       | probability of stall is 2.0, expected from 0 to 1
            --longest-stall=-1    | longestStall is PT-1S, expected zero or more
            """)
    void shouldRefuseAValueInOneLine(String option, String message) {
        assertThat(run(option)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(message);
    }

    @Test
    void shouldExplainAPortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            int exit = run("--host", "0.0.0.0", "--port", String.valueOf(taken.getLocalPort()));

            assertThat(exit).isEqualTo(ExitCode.USAGE);
            assertThat(err.toString())
                    .contains("cannot listen on 0.0.0.0:" + taken.getLocalPort())
                    .contains("choose another");
        }
    }

    private int run(String... args) {
        CommandLine commandLine = new CommandLine(new SimulateCommand());
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println(failure.getMessage());
            return failure instanceof CliException expected ? expected.exitCode() : ExitCode.FAILED;
        });
        return commandLine.execute(args);
    }
}
