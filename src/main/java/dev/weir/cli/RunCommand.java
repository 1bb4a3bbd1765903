package dev.weir.cli;

import dev.weir.Gateway;
import dev.weir.config.InvalidConfig;
import dev.weir.config.WeirConfig;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir run}: the gateway against a real cluster, until it is told to stop. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs the gateway until SIGTERM; running calls are finished first.")
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(
            names = "--role",
            paramLabel = "all|admission|dispatch",
            description = "What this process runs, all by default.")
    private String role = "all";

    @Override
    public Integer call() throws InterruptedException {
        Gateway.Role chosen = chosen();
        WeirConfig config = options.load();
        if (chosen != Gateway.Role.ADMISSION) {
            requireKey(config);
        }
        TopicPlans.require(config);
        LOG.info("Effective configuration:\n{}", config.describe());
        try (Shutdown shutdown = Shutdown.onSignal();
                Gateway gateway = start(config, chosen)) {
            String url = gateway.operationsUrl();
            LOG.info("Weir runs as {}{}", role, url.isEmpty() ? "" : "; metrics and health at " + url);
            shutdown.await();
            LOG.info("Stopping: running calls end first");
        }
        return ExitCode.OK;
    }

    /** Starts a gateway; what keeps it from starting is the end of the command. */
    static Gateway start(WeirConfig config, Gateway.Role role) {
        try {
            return Gateway.start(config, role);
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        }
    }

    private static void requireKey(WeirConfig config) {
        try {
            String unused = config.requireApiKey();
        } catch (InvalidConfig e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        }
    }

    private Gateway.Role chosen() {
        try {
            return Gateway.Role.valueOf(role.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw CliException.usage("--role is '" + role + "'; write all, admission or dispatch");
        }
    }
}
