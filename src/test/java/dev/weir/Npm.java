package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A folder with packages of npm, installed from a lock file below {@code src/test}. */
final class Npm {
    private final Path folder;

    private Npm(Path folder) {
        this.folder = folder;
    }

    /** Copies the files of {@code src/test/<name>} and installs what they lock, unless it is there already. */
    static Npm install(String name, String probe, String... files) throws IOException, InterruptedException {
        Npm npm = new Npm(Path.of("target", name).toAbsolutePath());
        Files.createDirectories(npm.folder);
        for (String file : files) {
            Files.copy(Path.of("src/test", name, file), npm.folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(npm.module(probe))) {
            npm.run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        }
        return npm;
    }

    /** Where a package was installed. */
    Path module(String name) {
        return folder.resolve("node_modules").resolve(name);
    }

    /** Runs a command in the folder; its output's lines. */
    List<String> run(String... command) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended && process.exitValue() == 0)
                .as("%s: %s", String.join(" ", command), Files.readString(err))
                .isTrue();
        return Files.readAllLines(out);
    }
}
