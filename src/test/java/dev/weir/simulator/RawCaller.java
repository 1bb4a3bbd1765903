package dev.weir.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A client that shows every byte and how the connection ends. */
final class RawCaller {
    /** Stands at the end when the connection was reset, not closed in order. */
    static final String RESET = "<reset>";

    private RawCaller() {}

    static String exchange(int port, String body) throws IOException {
        StringBuilder received = new StringBuilder();
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            String request =
                    "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer sim-key\r\n"
                            + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                received.append((char) next);
            }
        } catch (SocketException e) {
            received.append(RESET);
        }
        return received.toString();
    }
}
