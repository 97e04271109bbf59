package io.keylesspull.app.cli;

import io.keylesspull.setup.export.Format;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a format. */
final class FormatOption implements ITypeConverter<Format> {

    @Override
    public Format convert(String option) {
        return Format.of(option).orElseThrow(() -> new TypeConversionException("no format: " + option));
    }
}
