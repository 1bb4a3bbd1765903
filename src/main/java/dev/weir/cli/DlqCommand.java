package dev.weir.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir dlq}: looks at dead letters and sends them again. */
@Command(
        name = "dlq",
        mixinStandardHelpOptions = true,
        description = "Looks at dead letters and sends them again.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DlqListCommand.class, DlqShowCommand.class, DlqRedriveCommand.class})
final class DlqCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli injects the spec
    DlqCommand() {}

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "dlq needs list, show or redrive; 'weir dlq --help' tells more");
    }
}
