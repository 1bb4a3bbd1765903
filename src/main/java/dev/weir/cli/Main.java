package dev.weir.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The entry point: one subcommand per class, exit codes as in {@link ExitCode}. */
@Command(
        name = "weir",
        mixinStandardHelpOptions = true,
        version = "weir 0.1.0",
        description = "A Grok gateway on Kafka Streams: durable requests, one exact quota, one outcome each.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            TopicsCommand.class,
            SubmitCommand.class,
            VerifyCommand.class,
            SimulateCommand.class,
            KafkaCommand.class,
            DlqCommand.class,
            CancelCommand.class,
            ResumeCommand.class,
            StatusCommand.class,
            BenchCommand.class
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli injects the spec
    Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command line with its error handling, for the process and for tests. */
    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Main());
        commandLine.setParameterExceptionHandler(Main::usageError);
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, command.getErr()));
        return commandLine;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing; 'weir --help' lists them");
    }

    private static int usageError(ParameterException failure, String[] args) {
        failure.getCommandLine().getErr().println("weir: " + failure.getMessage());
        return ExitCode.USAGE;
    }

    private static int explain(Exception failure, PrintWriter err) {
        if (failure instanceof CliException expected) {
            err.println("weir: " + expected.getMessage());
            return expected.exitCode();
        }
        err.println("weir: unexpected failure, please report it:");
        failure.printStackTrace(err);
        return ExitCode.FAILED;
    }
}
