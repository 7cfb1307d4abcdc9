package dev.chassis.messaging;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Deliveries that wait for a worker. Not thread-safe: guarded by the dispatcher's lock. */
interface Waiting<T> {

    void add(Work<T> work);

    /** The next one that may be handled now, null if there is none. */
    @Nullable
    Work<T> poll();

    /** Whether {@link #poll} would return one. */
    boolean hasNext();

    /** This one is over. */
    void finished(Work<T> work);

    /** Takes out all of which this is true. */
    List<Work<T>> takeIf(Predicate<Work<T>> wanted);

    /** In the order they came. */
    final class Fifo<T> implements Waiting<T> {

        private final Deque<Work<T>> all = new ArrayDeque<>();

        @Override
        public void add(Work<T> work) {
            all.addLast(work);
        }

        @Override
        public @Nullable Work<T> poll() {
            return all.pollFirst();
        }

        @Override
        public boolean hasNext() {
            return !all.isEmpty();
        }

        @Override
        public void finished(Work<T> work) {}

        @Override
        public List<Work<T>> takeIf(Predicate<Work<T>> wanted) {
            List<Work<T>> taken = all.stream().filter(wanted).toList();
            all.removeIf(wanted);
            return taken;
        }
    }

    /**
     * In lanes: what is in one lane is handled one after the other, and a lane that is slow holds no other one up.
     *
     * <ul>
     *   <li>I1: a lane is in {@code ready} exactly when it has waiting deliveries and none under way.
     * </ul>
     */
    final class Lanes<T> implements Waiting<T> {

        private final List<Lane<T>> lanes = new ArrayList<>();
        private final Deque<Lane<T>> ready = new ArrayDeque<>();

        Lanes(int count) {
            for (int i = 0; i < count; i++) {
                lanes.add(new Lane<>());
            }
        }

        @Override
        public void add(Work<T> work) {
            Lane<T> lane = laneOf(work);
            lane.waiting.addLast(work);
            if (!lane.busy && lane.waiting.size() == 1) {
                ready.addLast(lane);
            }
        }

        @Override
        public @Nullable Work<T> poll() {
            Lane<T> lane = ready.pollFirst();
            if (lane == null) {
                return null;
            }
            lane.busy = true;
            return lane.waiting.pollFirst();
        }

        @Override
        public boolean hasNext() {
            return !ready.isEmpty();
        }

        @Override
        public void finished(Work<T> work) {
            Lane<T> lane = laneOf(work);
            lane.busy = false;
            if (!lane.waiting.isEmpty()) {
                ready.addLast(lane);
            }
        }

        @Override
        public List<Work<T>> takeIf(Predicate<Work<T>> wanted) {
            List<Work<T>> taken = new ArrayList<>();
            for (Lane<T> lane : lanes) {
                lane.waiting.stream().filter(wanted).forEach(taken::add);
                lane.waiting.removeIf(wanted);
            }
            ready.removeIf(lane -> lane.waiting.isEmpty());
            return taken;
        }

        private Lane<T> laneOf(Work<T> work) {
            return lanes.get(Math.floorMod(work.keyHash(), lanes.size()));
        }
    }

    /** One after the other. */
    final class Lane<T> {
        private final Deque<Work<T>> waiting = new ArrayDeque<>();
        private boolean busy;
    }
}
