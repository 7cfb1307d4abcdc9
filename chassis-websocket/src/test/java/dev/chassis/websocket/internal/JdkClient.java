package dev.chassis.websocket.internal;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** java.net.http.WebSocket, which knows no compression. */
final class JdkClient extends OtherClientsTest.PeerClient implements WebSocket.Listener {

    private final WebSocket socket;
    private final StringBuilder text = new StringBuilder();
    private ByteBuffer binary = ByteBuffer.allocate(1 << 20);

    JdkClient(URI uri) throws Exception {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(uri, this)
                .get(60, TimeUnit.SECONDS);
    }

    @Override
    void sendText(String message) throws Exception {
        socket.sendText(message, true).get(60, TimeUnit.SECONDS);
    }

    @Override
    void sendBinary(byte[] bytes) throws Exception {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).get(60, TimeUnit.SECONDS);
    }

    @Override
    void sendClose(int code) throws Exception {
        socket.sendClose(code, "").get(60, TimeUnit.SECONDS);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            received.add(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        binary.put(data);
        if (last) {
            received.add(binary.flip());
            binary = ByteBuffer.allocate(1 << 20);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        received.add(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        received.add(error);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
