package io.keylesspull.setup.template;

import java.util.ArrayList;
import java.util.List;
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

    private final String group;
    private final String location;
    private final List<Part> parts = new ArrayList<>();
    private final List<Note> before = new ArrayList<>();
    private final List<Note> afterwards = new ArrayList<>();
    private final List<Note> proofs = new ArrayList<>();

    /** @param group that it is deployed into @param location of what is new, such as {@code japaneast} */
    public Template(String group, String location) {
        this.group = group;
        this.location = location;
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
