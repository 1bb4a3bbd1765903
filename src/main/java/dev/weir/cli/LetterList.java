package dev.weir.cli;

import dev.weir.deadletter.DeadLetterRecord;
import dev.weir.deadletter.LetterFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** Counts dead letters and keeps the newest rows; memory is bounded. Threading: one thread. */
final class LetterList {
    private static final int MOST_GROUPS = 200;
    private static final int LONGEST_ID = 40;
    private static final int LONGEST_MESSAGE = 60;
    private static final Group OTHERS = new Group("(others)", "", "");
    private static final Comparator<Row> OLDEST_FIRST =
            Comparator.comparingLong(Row::timestampMillis).thenComparing(Row::at);

    private final int mostRows;
    private final Map<Group, Long> groups = new TreeMap<>();
    private final PriorityQueue<Row> newest = new PriorityQueue<>(OLDEST_FIRST);
    private long count;

    private record Group(String reason, String stopClass, String model) implements Comparable<Group> {
        @Override
        public int compareTo(Group other) {
            return Comparator.comparing(Group::reason)
                    .thenComparing(Group::stopClass)
                    .thenComparing(Group::model)
                    .compare(this, other);
        }
    }

    private record Row(
            long timestampMillis, String at, String reason, String id, int attempts, int redrives, String message) {}

    LetterList(int mostRows) {
        this.mostRows = mostRows;
    }

    void add(DeadLetterRecord letter) {
        count++;
        Group group = letter.facts().map(LetterList::group).orElse(new Group("(stray)", "-", "-"));
        groups.merge(groups.size() < MOST_GROUPS || groups.containsKey(group) ? group : OTHERS, 1L, Long::sum);
        newest.add(row(letter));
        if (newest.size() > mostRows) {
            newest.remove();
        }
    }

    /** Both tables, the newest row first. */
    String render(Instant now) {
        if (count == 0) {
            return "No dead letters" + System.lineSeparator();
        }
        Grid counts = new Grid();
        counts.row("COUNT", "REASON", "CLASS", "MODEL");
        groups.forEach((group, number) -> counts.row(number, group.reason(), group.stopClass(), group.model()));
        Grid rows = new Grid();
        rows.row("LETTER", "AGE", "REASON", "ATTEMPTS", "REDRIVES", "ID", "MESSAGE");
        List<Row> order = new ArrayList<>(newest);
        order.sort(OLDEST_FIRST.reversed());
        for (Row row : order) {
            Duration age = Duration.between(Instant.ofEpochMilli(row.timestampMillis()), now);
            rows.row(
                    row.at(),
                    Printable.age(age),
                    row.reason(),
                    row.attempts(),
                    row.redrives(),
                    row.id(),
                    row.message());
        }
        String title = count + " dead letters";
        String more = count > order.size() ? ", the newest " + order.size() : "";
        return String.join(System.lineSeparator(), title, counts.render(), "Letters" + more, rows.render());
    }

    private static Group group(LetterFacts facts) {
        String model = facts.model();
        return new Group(
                Printable.line(facts.reason(), LONGEST_ID),
                Printable.line(facts.stopClass(), LONGEST_ID),
                model == null ? "-" : Printable.line(model, LONGEST_ID));
    }

    private static Row row(DeadLetterRecord letter) {
        String at = letter.at().toString();
        return letter.facts()
                .map(facts -> new Row(
                        letter.timestampMillis(),
                        at,
                        Printable.line(facts.reason(), LONGEST_ID),
                        Printable.line(facts.id(), LONGEST_ID),
                        facts.attempts(),
                        facts.redrives(),
                        Printable.line(facts.message(), LONGEST_MESSAGE)))
                .orElseGet(() -> new Row(
                        letter.timestampMillis(),
                        at,
                        "(stray)",
                        "-",
                        0,
                        0,
                        "not written by Weir; 'weir dlq show' shows it"));
    }
}
