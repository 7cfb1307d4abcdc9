package dev.chassis.websocket.internal;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.client.CoreClientUpgradeRequest;
import org.eclipse.jetty.websocket.core.client.WebSocketCoreClient;

/** Jetty's core client. */
final class JettyClient extends OtherClientsTest.PeerClient {

    private final WebSocketCoreClient client = new WebSocketCoreClient();
    private final CoreSession session;

    JettyClient(URI uri, boolean deflate) throws Exception {
        client.start();
        CoreClientUpgradeRequest request = CoreClientUpgradeRequest.from(client, uri, new Handler());
        if (deflate) {
            request.addExtensions("permessage-deflate");
        }
        session = client.connect(request).get(60, TimeUnit.SECONDS);
        boolean agreed = session.getNegotiatedExtensions().stream()
                .anyMatch(extension -> extension.getName().equals("permessage-deflate"));
        if (agreed != deflate) {
            throw new AssertionError("compression agreed: " + agreed);
        }
    }

    @Override
    void sendText(String text) throws Exception {
        send(new Frame(OpCode.TEXT, text));
    }

    @Override
    void sendBinary(byte[] bytes) throws Exception {
        send(new Frame(OpCode.BINARY, ByteBuffer.wrap(bytes)));
    }

    private void send(Frame frame) throws Exception {
        Callback.Completable sent = new Callback.Completable();
        session.sendFrame(frame, sent, false);
        sent.get(60, TimeUnit.SECONDS);
    }

    @Override
    void sendClose(int code) {
        session.close(code, "", Callback.NOOP);
    }

    @Override
    public void close() throws Exception {
        client.stop();
    }

    private final class Handler implements FrameHandler {

        private final ByteArrayOutputStream message = new ByteArrayOutputStream();

        @SuppressWarnings("NullAway.Init") // before any frame
        private CoreSession opened;

        private boolean text;

        @Override
        public void onOpen(CoreSession opening, Callback callback) {
            opened = opening;
            opened.setMaxFrameSize(1 << 20);
            callback.succeeded();
            opened.demand();
        }

        @Override
        public void onFrame(Frame frame, Callback callback) {
            if (OpCode.isDataFrame(frame.getOpCode())) {
                data(frame);
            }
            callback.succeeded();
            opened.demand();
        }

        private void data(Frame frame) {
            text = frame.getOpCode() == OpCode.TEXT || frame.getOpCode() == OpCode.CONTINUATION && text;
            ByteBuffer payload = frame.getPayload();
            byte[] bytes = new byte[payload.remaining()];
            payload.get(bytes);
            message.writeBytes(bytes);
            if (frame.isFin()) {
                received.add(text ? message.toString(StandardCharsets.UTF_8) : ByteBuffer.wrap(message.toByteArray()));
                message.reset();
            }
        }

        @Override
        public void onClosed(CloseStatus status, Callback callback) {
            received.add(status.getCode());
            callback.succeeded();
        }

        @Override
        public void onError(Throwable cause, Callback callback) {
            received.add(cause);
            callback.succeeded();
        }
    }
}
