package dev.chassis.http.internal;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.Buffer;
import io.netty.channel.unix.RawUnixChannelOption;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the kernel take no new connections for a listener, while those it has taken can still be accepted. Without it there is always one
 * more between the last accept and the close, and closing resets it. A client whose SYN is dropped sends it again a second later, when
 * nobody listens any more, and is refused properly.
 *
 * <p>A classic packet filter on the socket (Linux, socket(7) SO_ATTACH_FILTER), which needs no privilege. Connections accepted meanwhile
 * inherit it, which does no harm: it drops nothing but SYNs.
 */
final class SynFilter {

    private static final Logger LOG = LoggerFactory.getLogger(SynFilter.class);
    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_FILTER = 26;
    private static final int PROGRAM_BYTES = 16;
    private static final int INSTRUCTION_BYTES = 8;
    private static final int LOAD_BYTE = 0x30;
    private static final int JUMP_IF_SET = 0x45;
    private static final int RETURN = 0x06;
    private static final int TCP_FLAGS_OFFSET = 13;
    private static final int SYN = 0x02;

    private SynFilter() {}

    /** Attaches it. Where that is not possible, nothing happens: the gap is short. */
    static void attach(Channel listener) {
        if (!(listener instanceof EpollServerSocketChannel epoll)) {
            return;
        }
        ByteBuffer instructions = instructions();
        ByteBuffer program = allocate(PROGRAM_BYTES);
        program.putShort(0, (short) (instructions.capacity() / INSTRUCTION_BYTES));
        program.putLong(INSTRUCTION_BYTES, Buffer.memoryAddress(instructions));
        RawUnixChannelOption option =
                new RawUnixChannelOption("SO_ATTACH_FILTER", SOL_SOCKET, SO_ATTACH_FILTER, PROGRAM_BYTES);
        try {
            epoll.config().setOption(option, program);
        } catch (ChannelException refused) {
            LOG.debug("The listener cannot be closed to new connections before it is closed", refused);
        } finally {
            Reference.reachabilityFence(instructions); // the kernel reads them through their address
        }
    }

    /** A segment with the SYN flag is dropped, any other passes. */
    private static ByteBuffer instructions() {
        ByteBuffer code = allocate(4 * INSTRUCTION_BYTES);
        instruction(code, LOAD_BYTE, 0, TCP_FLAGS_OFFSET);
        instruction(code, JUMP_IF_SET, 1, SYN);
        instruction(code, RETURN, 0, 0);
        instruction(code, RETURN, 0, -1);
        return code;
    }

    private static void instruction(ByteBuffer code, int operation, int elseSkip, int operand) {
        code.putShort((short) operation).put((byte) 0).put((byte) elseSkip).putInt(operand);
    }

    private static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }
}
