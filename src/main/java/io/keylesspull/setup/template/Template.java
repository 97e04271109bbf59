package io.keylesspull.setup.template;

import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.remote.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A setup as a description of what has to be there, put together by its steps. What a description cannot do, such as
 * importing an image, is said in notes with the commands that do it.
 */
public final class Template {

    /**
     * What a person does beside deploying the description, in English.
     *
     * @param text one sentence or several
     * @param commands for a POSIX shell; may be empty
     */
    public record Note(String text, List<String> commands) {

        public Note {
            commands = List.copyOf(commands);
        }
    }

    /** @param name as the setup names it, by which the Azure CLI knows it too @param id its GUID */
    public record Subscription(String name, String id) {}

    private final String group;
    private final String location;
    private final AzureCloud cloud;
    private final Optional<Subscription> subscription;
    private final List<Part> parts = new ArrayList<>();
    private final List<Note> before = new ArrayList<>();
    private final List<Note> afterwards = new ArrayList<>();
    private final List<Note> proofs = new ArrayList<>();

    /**
     * @param group that it is deployed into
     * @param location of what is new, such as {@code japaneast}
     * @param subscription empty if the setup names none: the one that whoever deploys works in
     */
    public Template(String group, String location, AzureCloud cloud, Optional<Subscription> subscription) {
        this.group = group;
        this.location = location;
        this.cloud = cloud;
        this.subscription = subscription;
    }

    /** One that is not bound to a subscription, in the public cloud. */
    public Template(String group, String location) {
        this(group, location, AzureCloud.PUBLIC, Optional.empty());
    }

    /**
     * A command of the Azure CLI for a POSIX shell, in the subscription that the setup names: people type the commands
     * of notes one by one, on another day, when they may work in another subscription.
     *
     * @param argv from {@code az} on
     */
    public String command(String... argv) {
        List<String> words = new ArrayList<>(List.of(argv));
        subscription.ifPresent(one -> {
            int options = 0;
            while (options < words.size() && !words.get(options).startsWith("-")) {
                options++;
            }
            words.addAll(options, List.of("--subscription", one.name()));
        });
        return Command.of(words.toArray(String[]::new)).shellLine();
    }

    public void add(Part part) {
        parts.add(part);
    }

    /** Something that has to be done before it is deployed. */
    public void before(String text, List<String> commands) {
        before.add(new Note(text, commands));
    }

    /** Something that is left to be done once it is deployed. */
    public void afterwards(String text, List<String> commands) {
        afterwards.add(new Note(text, commands));
    }

    /** How it is seen, in the end, that the setup works. */
    public void proof(String text, List<String> commands) {
        proofs.add(new Note(text, commands));
    }

    public String group() {
        return group;
    }

    public String location() {
        return location;
    }

    public AzureCloud cloud() {
        return cloud;
    }

    public Optional<Subscription> subscription() {
        return subscription;
    }

    /** In the order in which a run makes them. */
    public List<Part> parts() {
        return List.copyOf(parts);
    }

    /** Those of one kind. */
    public <T extends Part> Stream<T> parts(Class<T> kind) {
        return parts.stream().filter(kind::isInstance).map(kind::cast);
    }

    public List<Note> notesBefore() {
        return List.copyOf(before);
    }

    public List<Note> notesAfterwards() {
        return List.copyOf(afterwards);
    }

    public List<Note> proofs() {
        return List.copyOf(proofs);
    }
}
