package dev.chassis.http.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Netty's decoder, made stricter and made to wait. Netty refuses bare line feeds, Transfer-Encoding together with Content-Length, differing
 * lengths and bad chunk sizes; it forgives folded header lines (RFC 9112, section 5.2) and odd whitespace in the request line, which we
 * refuse before it sees them, because two parsers that forgive differently are how requests are smuggled.
 *
 * <p>Loop-only. Invariants:
 *
 * <ul>
 *   <li>I1: while held, no message is decoded; what arrives is kept as bytes, and reading stops at {@link #MAX_HELD_BYTES}.
 *   <li>I2: once discarding, no message is decoded any more and every byte is dropped.
 * </ul>
 */
final class RequestDecoder extends HttpRequestDecoder {

    private static final int MAX_HELD_BYTES = 64 * 1024;

    private final Loop loop;
    private final RequestLine requestLine = new RequestLine();
    private boolean held;
    private boolean discarding;
    private boolean inHead = true;
    private boolean requestLineRead;

    RequestDecoder(Limits limits, Loop loop) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.maxRequestLineBytes())
                .setMaxHeaderSize(limits.maxHeaderBytes())
                .setMaxChunkSize(Limits.CHUNK_BYTES)
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true)
                .setAllowDuplicateContentLengths(false));
        this.loop = loop;
    }

    /** Decodes nothing until {@link #resume}. */
    void hold() {
        held = true;
    }

    boolean isHeld() {
        return held;
    }

    /** Decodes what has been kept, then reads on. Must not be called while decoding. */
    void resume(ChannelHandlerContext ctx) throws Exception {
        held = false;
        ctx.channel().config().setAutoRead(true);
        if (hasBytes()) {
            channelRead(ctx, Unpooled.EMPTY_BUFFER);
        }
        channelReadComplete(ctx);
    }

    /** Drops everything from now on (I2), and reads on, so that the peer's FIN is seen. */
    void discard(ChannelHandlerContext ctx) {
        discarding = true;
        held = false;
        ctx.channel().config().setAutoRead(true);
    }

    /** Whether part of a head has arrived; netty takes whole lines away as they come, so there need be no bytes left of it. */
    boolean hasBegunHead() {
        return requestLineRead || hasBytes();
    }

    /** Whether bytes wait to be decoded. */
    boolean hasBytes() {
        return actualReadableBytes() > 0;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        super.channelRead(ctx, inHead && message instanceof ByteBuf bytes ? onHeap(bytes) : message);
        if (held && actualReadableBytes() > MAX_HELD_BYTES) {
            ctx.channel().config().setAutoRead(false); // I1
        }
    }

    /**
     * A head is looked at byte by byte, and outside of the heap the JVM checks each access, unless it lets netty go round that. And whoever
     * sends one in pieces mostly keeps no more than its length. What is longer than heads are stays where it is.
     */
    private ByteBuf onHeap(ByteBuf in) {
        int bytes = in.readableBytes();
        if (in.hasArray() || bytes > Limits.CHUNK_BYTES) {
            return in;
        }
        ByteBuf copy = loop.heads().take(UnpooledByteBufAllocator.DEFAULT, bytes);
        copy.writeBytes(in);
        in.release();
        return copy;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        if (held) {
            ctx.fireChannelReadComplete(); // netty's would ask for more to complete the message
        } else {
            super.channelReadComplete(ctx);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (discarding) {
            in.skipBytes(in.readableBytes());
        } else if (!held) {
            decodeStrictly(ctx, in, out);
        }
    }

    private void decodeStrictly(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        Refusal refusal = inHead ? inspectHead(in) : null;
        if (refusal != null) {
            discarding = true;
            in.skipBytes(in.readableBytes());
            out.add(refusal);
            return;
        }
        int before = out.size();
        super.decode(ctx, in, out);
        for (int i = before; i < out.size(); i++) {
            follow(out.get(i));
        }
    }

    private void follow(Object message) {
        if (message instanceof LastHttpContent) {
            inHead = true;
            requestLineRead = false;
        } else if (message instanceof HttpRequest) {
            inHead = false;
        }
    }

    /** Looks at the lines that are there, up to the empty one; netty consumes whole lines, so the buffer always begins with one. */
    private @Nullable Refusal inspectHead(ByteBuf in) {
        int end = in.writerIndex();
        for (int at = in.readerIndex(); at < end; ) {
            byte first = in.getByte(at);
            boolean lineEnd = first == '\r' || first == '\n';
            if (lineEnd && requestLineRead) {
                return null;
            }
            if (first == ' ' || first == '\t') {
                return Refusal.malformed("A line of the head begins with whitespace.");
            }
            int lf = in.indexOf(at, end, (byte) '\n');
            if (lf < 0) {
                return null;
            }
            if (!requestLineRead && !lineEnd) {
                requestLineRead = true;
                if (!isRequestLine(in, at, lf)) {
                    return Refusal.malformed(
                            "The request line is not method, target and version with one space between.");
                }
            }
            at = lf + 1;
        }
        return null;
    }

    private boolean isRequestLine(ByteBuf in, int from, int lf) {
        int length = lf - from - 1; // without the CR, whose presence netty checks
        requestLine.reset();
        return length > 0 && in.forEachByte(from, length, requestLine) < 0 && requestLine.isComplete();
    }

    /** An end of input is the connection's business; what is half there is never a message. */
    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {}

    /** A peer that has closed its side only may still wait for answers to what is kept here, so it stays. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        ctx.fireUserEventTriggered(event);
    }
}
