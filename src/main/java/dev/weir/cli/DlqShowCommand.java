package dev.weir.cli;

import dev.weir.Translators;
import dev.weir.config.WeirConfig;
import dev.weir.deadletter.DeadLetterFailure;
import dev.weir.deadletter.DeadLetterReader;
import dev.weir.deadletter.DeadLetterRecord;
import dev.weir.deadletter.DeadLetterTopics;
import dev.weir.deadletter.LetterCoordinates;
import dev.weir.event.EventTranslator;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir dlq show}: everything of a dead letter. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows a dead letter with its headers and the request, the prompt too.")
final class DlqShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions options;

    @Parameters(
            index = "0",
            paramLabel = "LETTER|ID",
            description = "The letter's coordinates as 'weir dlq list' shows them, or a request's id.")
    private String wanted;

    @SuppressWarnings("NullAway.Init") // picocli injects the fields
    DlqShowCommand() {}

    @Override
    public Integer call() {
        WeirConfig config = options.load();
        Instant now = InstantSource.system().instant();
        PrintWriter out = spec.commandLine().getOut();
        try (Translators translators = Translators.open(config)) {
            show(LetterTopics.of(config, translators.events()), now, out);
        } catch (DeadLetterFailure e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        }
        out.flush();
        return ExitCode.OK;
    }

    private void show(DeadLetterTopics topics, Instant now, PrintWriter out) {
        try (DeadLetterReader reader = new DeadLetterReader(topics)) {
            Optional<DeadLetterRecord> there =
                    LetterCoordinates.parse(wanted, topics.deadLetters()).flatMap(reader::at);
            if (there.isPresent()) {
                out.print(LetterSheet.of(there.get(), topics.events(), now));
            } else if (!showById(reader, topics.events(), now, out)) {
                throw CliException.failed("no dead letter stands at '" + wanted
                        + "' or has it as id; 'weir dlq list' shows what there is");
            }
        }
    }

    /** Shows all letters of the id: a request that was sent again may die again. */
    private boolean showById(DeadLetterReader reader, EventTranslator events, Instant now, PrintWriter out) {
        boolean[] found = {false};
        reader.read(letter -> {
            boolean isIt =
                    letter.facts().filter(facts -> facts.id().equals(wanted)).isPresent();
            if (isIt) {
                out.print((found[0] ? System.lineSeparator() : "") + LetterSheet.of(letter, events, now));
            }
            found[0] |= isIt;
            return true;
        });
        return found[0];
    }
}
