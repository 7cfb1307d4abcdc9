package dev.chassis.websocket.internal;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.extensions.permessage_deflate.PerMessageDeflateExtension;
import org.java_websocket.handshake.ServerHandshake;

/** Java-WebSocket. */
final class JavaWebSocketClient extends OtherClientsTest.PeerClient {

    private final Client client;

    JavaWebSocketClient(URI uri, boolean deflate) throws Exception {
        client = new Client(uri, deflate ? new Draft_6455(new PerMessageDeflateExtension()) : new Draft_6455());
        if (!client.connectBlocking(60, TimeUnit.SECONDS)) {
            throw new AssertionError("not connected: " + received);
        }
        if (client.deflating != deflate) {
            throw new AssertionError("compression agreed: " + client.deflating);
        }
    }

    @Override
    void sendText(String text) {
        client.send(text);
    }

    @Override
    void sendBinary(byte[] bytes) {
        client.send(bytes);
    }

    @Override
    void sendClose(int code) {
        client.close(code, "");
    }

    @Override
    public void close() {
        client.close();
    }

    private final class Client extends WebSocketClient {

        private volatile boolean deflating;

        Client(URI uri, Draft_6455 draft) {
            super(uri, draft);
        }

        @Override
        public void onOpen(ServerHandshake handshake) {
            deflating = List.of(
                            handshake.getFieldValue("Sec-WebSocket-Extensions").split(";"))
                    .contains("permessage-deflate");
        }

        @Override
        public void onMessage(String message) {
            received.add(message);
        }

        @Override
        public void onMessage(ByteBuffer message) {
            received.add(message);
        }

        @Override
        public void onClose(int code, String reason, boolean remote) {
            received.add(code);
        }

        @Override
        public void onError(Exception failure) {
            received.add(failure);
        }
    }
}
