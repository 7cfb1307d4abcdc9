package dev.chassis.websocket.internal;

import java.net.URI;
import java.nio.ByteBuffer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** OkHttp, as apps on Android have it. It always offers compression; not to have it here, the offer is taken out. */
final class OkHttpClientOf extends OtherClientsTest.PeerClient {

    private final OkHttpClient client;
    private final WebSocket socket;

    OkHttpClientOf(URI uri, boolean deflate) throws Exception {
        client = new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    Request request = chain.request();
                    return chain.proceed(
                            deflate
                                    ? request
                                    : request.newBuilder()
                                            .removeHeader("Sec-WebSocket-Extensions")
                                            .build());
                })
                .build();
        socket = client.newWebSocket(new Request.Builder().url(uri.toString()).build(), new Listener());
        Object agreed = next();
        if (!Boolean.valueOf(deflate).equals(agreed)) {
            throw new AssertionError("compression agreed: " + agreed);
        }
    }

    @Override
    void sendText(String text) {
        socket.send(text);
    }

    @Override
    void sendBinary(byte[] bytes) {
        socket.send(ByteString.of(bytes));
    }

    @Override
    void sendClose(int code) {
        socket.close(code, "");
    }

    @Override
    public void close() {
        socket.cancel();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    private final class Listener extends WebSocketListener {

        @Override
        public void onOpen(WebSocket opened, Response response) {
            received.add(response.header("Sec-WebSocket-Extensions") != null);
        }

        @Override
        public void onMessage(WebSocket from, String text) {
            received.add(text);
        }

        @Override
        public void onMessage(WebSocket from, ByteString bytes) {
            received.add(ByteBuffer.wrap(bytes.toByteArray()));
        }

        @Override
        public void onClosing(WebSocket from, int code, String reason) {
            received.add(code);
        }

        @Override
        public void onFailure(WebSocket from, Throwable failure, @Nullable Response response) {
            received.add(failure);
        }
    }
}
