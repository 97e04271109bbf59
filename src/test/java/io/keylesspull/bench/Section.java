package io.keylesspull.bench;

import java.util.ArrayList;
import java.util.List;

/** One benchmark's part of the report. */
public final class Section {

    private final int item;
    private final String title;
    private final List<String> notes = new ArrayList<>();
    private final List<Ratio> ratios = new ArrayList<>();
    private final List<Samples> samples = new ArrayList<>();
    private final List<Table> tables = new ArrayList<>();

    /** @param item its number in the report */
    public Section(int item, String title) {
        this.item = item;
        this.title = title;
    }

    /** @param rows each as long as the header */
    record Table(String title, List<String> header, List<List<String>> rows) {}

    public Section note(String note) {
        notes.add(note);
        return this;
    }

    public Section ratio(Ratio ratio) {
        ratios.add(ratio);
        return this;
    }

    public Section measured(Samples measured) {
        samples.add(measured);
        return this;
    }

    Section table(Table table) {
        tables.add(table);
        return this;
    }

    int item() {
        return item;
    }

    String title() {
        return title;
    }

    List<String> notes() {
        return notes;
    }

    List<Ratio> ratios() {
        return ratios;
    }

    List<Samples> samples() {
        return samples;
    }

    List<Table> tables() {
        return tables;
    }
}
