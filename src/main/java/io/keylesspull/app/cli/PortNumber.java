package io.keylesspull.app.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the number of a TCP port, 0 to 65535, from the command line. */
final class PortNumber implements ITypeConverter<Integer> {

    @Override
    public Integer convert(String value) {
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65535) {
            throw new TypeConversionException("no port");
        }
        return Integer.valueOf(value);
    }
}
