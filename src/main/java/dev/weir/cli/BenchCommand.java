package dev.weir.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code weir bench} where the launcher, which runs the benchmarks, was passed by: tells how to start them. */
@Command(name = "bench", description = "Measures Weir beside its peers; by ./weir from a source folder only.")
final class BenchCommand implements Callable<Integer> {
    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
        arguments.add(0, "run ./weir bench");
        throw CliException.usage(
                "bench is no part of the installed program; " + String.join(" ", arguments) + " in a source folder");
    }
}
