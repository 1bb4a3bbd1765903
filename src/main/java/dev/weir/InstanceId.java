package dev.weir;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The name of this instance in its consumer groups, kept and locked in the state folder: a restart on the same folder
 * takes its tasks back at once and fences its old transactions, and two processes cannot share a folder.
 */
final class InstanceId implements AutoCloseable {
    private static final int LONGEST = 100;

    private final FileChannel channel;
    private final String name;

    private InstanceId(FileChannel channel, String name) {
        this.channel = channel;
        this.name = name;
    }

    /**
     * Takes the folder under the configured name, else under one of its own; a folder that cannot be used is an
     * IllegalStateException with the cure.
     */
    static InstanceId take(Path stateDir, Optional<String> configured) {
        try {
            Files.createDirectories(stateDir);
            FileChannel channel = FileChannel.open(
                    stateDir.resolve("instance-id"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new IllegalStateException("state.dir = " + stateDir
                        + " is used by another process; give each gateway a folder of its own");
            }
            return new InstanceId(channel, configured.isPresent() ? configured.get() : readOrWrite(channel));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "state.dir = " + stateDir + " cannot be used (" + e + "); name a folder that can be written", e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String readOrWrite(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(LONGEST);
        int size = channel.read(buffer, 0);
        if (size > 0) {
            return new String(buffer.array(), 0, size, UTF_8).trim();
        }
        String fresh = UUID.randomUUID().toString();
        int written = channel.write(ByteBuffer.wrap(fresh.getBytes(UTF_8)), 0);
        channel.force(true);
        if (written != fresh.length()) {
            throw new IOException("the instance id could not be written");
        }
        return fresh;
    }

    String name() {
        return name;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
