package dev.weir.cli;

import dev.weir.control.ControlCommand.Cancel;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir cancel}: takes a request back. */
@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description = {
            "Takes back every open request with that id; each is answered with the status cancelled.",
            "A call under way goes on and is paid, but its answer is not delivered. An id that is not known yet is"
                    + " remembered for cancel.memory.ms."
        })
final class CancelCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Parameters(paramLabel = "ID", description = "The request's id, or <topic>-<partition>-<offset> of its record.")
    private String id = "";

    @Option(names = "--note", paramLabel = "TEXT", description = "Why; it becomes part of the response.")
    private @Nullable String note;

    @SuppressWarnings("NullAway.Init") // picocli injects the spec
    CancelCommand() {}

    @Override
    public Integer call() {
        String topic = ControlClient.publish(kafka, new Cancel(id, note));
        PrintWriter out = spec.commandLine().getOut();
        out.println("published to " + topic + "; 'weir status " + id + "' tells what became of it");
        out.flush();
        return ExitCode.OK;
    }
}
