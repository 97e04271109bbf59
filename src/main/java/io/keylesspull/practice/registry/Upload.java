package io.keylesspull.practice.registry;

import java.io.ByteArrayOutputStream;

/** A blob that is being uploaded. */
final class Upload {

    private final String repository;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    Upload(String repository) {
        this.repository = repository;
    }

    String repository() {
        return repository;
    }

    synchronized int append(byte[] chunk) {
        received.writeBytes(chunk);
        return received.size();
    }

    synchronized byte[] content() {
        return received.toByteArray();
    }
}
