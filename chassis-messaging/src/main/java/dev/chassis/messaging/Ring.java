package dev.chassis.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one channel that are sent, or about to be, and not confirmed: an array in which each has the place its sequence number
 * says. A confirm of many costs no more than the messages it confirms.
 *
 * <p>Thread-safe; every method is short.
 *
 * <ul>
 *   <li>I1: what is in it has numbers from {@code head} up to, and not including, {@code next}, and these are never further apart than there
 *       are slots.
 *   <li>I2: once closed it is empty, and stays so.
 * </ul>
 */
final class Ring {

    private @Nullable Pending[] slots = new Pending[1024]; // all fields guarded by this
    private long head = 1; // the numbers of a channel begin with 1
    private long next = 1;
    private boolean closed;

    /**
     * Adds messages that are to be published in this order.
     *
     * @param first the number of the first
     * @return false if closed; then they are still the caller's
     */
    synchronized boolean add(long first, List<Pending> messages) {
        if (closed) {
            return false;
        }
        if (head == next) {
            head = first;
        }
        next = first + messages.size();
        while (next - head > slots.length) {
            grow();
        }
        for (int i = 0; i < messages.size(); i++) {
            Pending message = messages.get(i);
            message.sequence = first + i;
            message.returned = null;
            slots[index(message.sequence)] = message;
        }
        return true;
    }

    /** Takes out the message of this number, or all up to it. Those that were taken out before are left out. */
    synchronized List<Pending> take(long sequence, boolean andAllBefore) {
        List<Pending> taken = new ArrayList<>(andAllBefore ? (int) Math.max(1, sequence - head + 1) : 1);
        long last = Math.min(sequence, next - 1);
        for (long each = andAllBefore ? head : Math.max(head, sequence); each <= last; each++) {
            takeInto(taken, each);
        }
        skipTaken();
        return taken;
    }

    /** Takes out those accepted before this moment. Messages are accepted in nearly the order in which they are numbered. */
    synchronized List<Pending> expire(long acceptedBefore) {
        List<Pending> taken = new ArrayList<>();
        for (long each = head; each < next; each++) {
            Pending message = slots[index(each)];
            if (message != null && message.acceptedAt - acceptedBefore > 0) {
                break;
            }
            takeInto(taken, each);
        }
        skipTaken();
        return taken;
    }

    /**
     * Notes that the broker has returned a message; the confirm, which takes it out, follows (RabbitMQ docs, "Consumer Acknowledgements and
     * Publisher Confirms"). Returns carry no number, but come in the order of publishing, so the search is short.
     */
    synchronized void returned(Predicate<Pending> same, String why) {
        for (long each = head; each < next; each++) {
            Pending message = slots[index(each)];
            if (message != null && message.returned == null && same.test(message)) {
                message.returned = why;
                return;
            }
        }
    }

    /** Takes out everything, for good. */
    synchronized List<Pending> close() {
        closed = true;
        return take(next - 1, true);
    }

    private void takeInto(List<Pending> taken, long sequence) {
        Pending message = slots[index(sequence)];
        if (message != null) {
            slots[index(sequence)] = null;
            taken.add(message);
        }
    }

    private void skipTaken() {
        while (head < next && slots[index(head)] == null) {
            head++;
        }
    }

    /** One message that is not confirmed must not stop the others: the ring grows with what the time-out of confirms lets through. */
    private void grow() {
        @Nullable Pending[] old = slots;
        slots = new Pending[old.length * 2];
        for (Pending message : old) {
            if (message != null) {
                slots[index(message.sequence)] = message;
            }
        }
    }

    private int index(long sequence) {
        return (int) sequence & slots.length - 1;
    }
}
