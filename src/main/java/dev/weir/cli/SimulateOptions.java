package dev.weir.cli;

import dev.weir.simulator.LatencyModel;
import dev.weir.simulator.WindowKind;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How values of {@code weir simulate} are read. */
final class SimulateOptions {
    private SimulateOptions() {}

    /** {@code fixed} or {@code sliding}. */
    static final class Window implements ITypeConverter<WindowKind> {
        @Override
        public WindowKind convert(String value) {
            return Arrays.stream(WindowKind.values())
                    .filter(kind -> kind.id().equalsIgnoreCase(value))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + value + "' is not fixed or sliding"));
        }
    }

    /** {@code fixed:200}, {@code lognormal:400:0.5} or {@code token:50:5}. */
    static final class Latency implements ITypeConverter<LatencyModel> {
        @Override
        public LatencyModel convert(String value) {
            String[] parts = value.split(":", -1);
            try {
                if (parts[0].equals("fixed") && parts.length == 2) {
                    return new LatencyModel.Fixed(Long.parseLong(parts[1]));
                }
                if (parts[0].equals("lognormal") && parts.length == 3) {
                    return new LatencyModel.LogNormal(Long.parseLong(parts[1]), Double.parseDouble(parts[2]));
                }
                if (parts[0].equals("token") && parts.length == 3) {
                    return new LatencyModel.PerToken(Long.parseLong(parts[1]), Long.parseLong(parts[2]));
                }
            } catch (NumberFormatException e) {
                throw unreadable(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + value + "': " + e.getMessage());
            }
            throw unreadable(value);
        }

        private static TypeConversionException unreadable(String value) {
            return new TypeConversionException(
                    "'" + value + "' is not fixed:MS, lognormal:MEDIAN_MS:SIGMA or token:BASE_MS:MS_PER_TOKEN");
        }
    }
}
