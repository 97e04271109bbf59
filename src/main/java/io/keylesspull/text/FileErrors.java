package io.keylesspull.text;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Objects;

/** What a failed access to a file means, in the words of the system instead of Java's. */
public final class FileErrors {

    private FileErrors() {}

    /** The same without the file, for words that name it already. */
    public static String reason(IOException failed, Path named) {
        String before = named + ": ";
        String reason = reason(failed);
        return reason.startsWith(before) ? reason.substring(before.length()) : reason;
    }

    /** One line in English, for a problem's details. */
    public static String reason(IOException failed) {
        if (!(failed instanceof FileSystemException about)) {
            return Objects.requireNonNullElse(failed.getMessage(), "input/output error");
        }
        String file = Objects.requireNonNullElse(about.getFile(), "");
        return (file.isEmpty() ? "" : file + ": ")
                + Objects.requireNonNullElseGet(about.getReason(), () -> word(about));
    }

    private static String word(FileSystemException failed) {
        if (failed instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        if (failed instanceof AccessDeniedException) {
            return "Permission denied";
        }
        if (failed instanceof FileAlreadyExistsException) {
            return "File exists";
        }
        if (failed instanceof NotDirectoryException) {
            return "Not a directory";
        }
        return failed instanceof DirectoryNotEmptyException ? "Directory not empty" : "input/output error";
    }
}
