package io.keylesspull.setup.report;

import io.keylesspull.text.Visible;
import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes elements in the form that is both HTML and XML. Text from outside is escaped, and its control characters are
 * made visible.
 */
final class HtmlWriter {

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter out;

    HtmlWriter() {
        try {
            out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            out.writeDTD("<!DOCTYPE html>");
        } catch (XMLStreamException e) {
            throw inMemory(e);
        }
    }

    /** An attribute of an element. */
    record Attribute(String name, String value) {}

    static Attribute of(String name, String value) {
        return new Attribute(name, value);
    }

    static Attribute style(String value) {
        return new Attribute("style", value);
    }

    static Attribute kind(String value) {
        return new Attribute("class", value);
    }

    /** An element with others, or with text, in it. */
    void element(String name, Runnable content, Attribute... attributes) {
        try {
            out.writeStartElement(name);
            write(attributes);
            content.run();
            out.writeEndElement();
        } catch (XMLStreamException e) {
            throw inMemory(e);
        }
    }

    /** An element with nothing but text. */
    void element(String name, String content, Attribute... attributes) {
        element(name, () -> text(content), attributes);
    }

    /** An element that HTML never closes, such as {@code meta}. */
    void empty(String name, Attribute... attributes) {
        try {
            out.writeEmptyElement(name);
            write(attributes);
        } catch (XMLStreamException e) {
            throw inMemory(e);
        }
    }

    void text(String content) {
        try {
            out.writeCharacters(Visible.of(content));
        } catch (XMLStreamException e) {
            throw inMemory(e);
        }
    }

    private void write(Attribute... attributes) throws XMLStreamException {
        for (Attribute attribute : attributes) {
            out.writeAttribute(attribute.name(), Visible.of(attribute.value()));
        }
    }

    private static IllegalStateException inMemory(XMLStreamException e) {
        return new IllegalStateException("elements are nested, and memory can be written to", e);
    }

    /** What has been written, with a line feed at its end. */
    String html() {
        try {
            out.writeEndDocument();
            out.flush();
            return text + "\n";
        } catch (XMLStreamException e) {
            throw inMemory(e);
        }
    }
}
