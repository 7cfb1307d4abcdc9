package dev.chassis.lifecycle;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who waits for whom. Immutable once built.
 *
 * <p>Checked here, before anything starts: names are unique, what a component holds is part of the service and of the same or an earlier
 * stage, and no component waits for itself.
 */
final class StartOrder {

    private final Map<Stage, List<Component>> stages = new EnumMap<>(Stage.class);
    private final Map<String, Component> byName = new HashMap<>();

    StartOrder(List<Component> components) {
        components.forEach(this::add);
        components.forEach(this::checkDependencies);
        stages.values().forEach(StartOrder::checkCycles);
    }

    /** The stages that have components, in order of start. */
    List<Stage> stages() {
        return List.copyOf(stages.keySet());
    }

    /** The components of a stage, in order of registration. */
    List<Component> of(Stage stage) {
        return stages.getOrDefault(stage, List.of());
    }

    /** All components, by stage and then in order of registration. */
    List<Component> all() {
        return stages.values().stream().flatMap(List::stream).toList();
    }

    /** What a component waits for within its stage. */
    static List<Component> heldInStage(Component component) {
        return component.dependsOn().stream()
                .filter(held -> held.stage() == component.stage())
                .toList();
    }

    private void add(Component component) {
        Component other = byName.putIfAbsent(component.name(), component);
        if (other != null) {
            throw new IllegalArgumentException("component name: " + component.name() + " (expected: unique; "
                    + other.getClass().getName() + " and "
                    + component.getClass().getName() + " both have it)");
        }
        stages.computeIfAbsent(component.stage(), stage -> new ArrayList<>()).add(component);
    }

    private void checkDependencies(Component component) {
        for (Component held : component.dependsOn()) {
            if (byName.get(held.name()) != held) {
                throw new IllegalArgumentException("component " + component.name() + " depends on " + held.name()
                        + ", which was not added to the service");
            }
            if (held.stage().compareTo(component.stage()) > 0) {
                throw new IllegalArgumentException("component " + component.name() + " of stage " + component.stage()
                        + " depends on " + held.name() + " of the later stage " + held.stage());
            }
        }
    }

    private static void checkCycles(List<Component> stage) {
        List<Component> unfinished = new ArrayList<>(stage);
        boolean progress = true;
        while (progress) {
            progress = unfinished.removeIf(
                    component -> heldInStage(component).stream().noneMatch(unfinished::contains));
        }
        if (!unfinished.isEmpty()) {
            String names =
                    String.join(", ", unfinished.stream().map(Component::name).toList());
            throw new IllegalArgumentException("components depend on each other in a circle: " + names);
        }
    }
}
