package dev.weir.cli;

import dev.weir.control.ControlCommand.Resume;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir resume}: opens a scope that is halted or paused. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = "Opens a scope that is halted or paused, without waiting for its next probe.")
final class ResumeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Parameters(paramLabel = "SCOPE", description = "The scope as 'weir status' shows it; by default a model's name.")
    private String scope = "";

    @SuppressWarnings("NullAway.Init") // picocli injects the spec
    ResumeCommand() {}

    @Override
    public Integer call() {
        String topic = ControlClient.publish(kafka, new Resume(scope));
        PrintWriter out = spec.commandLine().getOut();
        out.println("published to " + topic + "; 'weir status " + scope + "' tells how the scope stands");
        out.flush();
        return ExitCode.OK;
    }
}
