package dev.weir.deadletter;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Properties;

/** What models cost, for estimates only: the table is as old as the program, Grok's answer tells the true cost. */
public final class Prices {
    /** From so many prompt tokens on, everything costs twice as much. */
    private static final long LONG_PROMPT_TOKENS = 200_000;

    private static final double MILLION = 1_000_000;

    private final Map<String, Price> prices;

    private record Price(double promptUsdPerMillion, double completionUsdPerMillion) {}

    private Prices(Map<String, Price> prices) {
        this.prices = Map.copyOf(prices);
    }

    /** The table that comes with the program. */
    public static Prices builtIn() {
        try (InputStream in = Prices.class.getResourceAsStream("prices.properties")) {
            if (in == null) {
                throw new IllegalStateException("prices.properties is missing in the program");
            }
            return read(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a table: model, and USD for a million tokens of the prompt and of the completion, such as {@code grok-4.5 =
     * 2.00 6.00}.
     *
     * @throws IllegalArgumentException if a line is not such, with the cure
     */
    public static Prices read(Reader table) throws IOException {
        Properties lines = new Properties();
        lines.load(table);
        Map<String, Price> prices = new HashMap<>();
        for (String model : lines.stringPropertyNames()) {
            String text = lines.getProperty(model).strip();
            if (!text.matches("[0-9]+(\\.[0-9]+)?\\s+[0-9]+(\\.[0-9]+)?")) {
                throw new IllegalArgumentException("the price of " + model + " is '" + text
                        + "'; write USD for a million tokens of prompt and completion, such as 2.00 6.00");
            }
            String[] numbers = text.split("\\s+");
            prices.put(model, new Price(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1])));
        }
        return new Prices(prices);
    }

    /** The cost of a call in USD at most; empty for a model that is not in the table. */
    public OptionalDouble usd(TokenEstimate call) {
        Price price = prices.get(call.model());
        if (price == null) {
            return OptionalDouble.empty();
        }
        double usd = (call.promptTokens() * price.promptUsdPerMillion()
                        + call.completionTokens() * price.completionUsdPerMillion())
                / MILLION;
        return OptionalDouble.of(call.promptTokens() >= LONG_PROMPT_TOKENS ? 2 * usd : usd);
    }
}
