package io.keylesspull.network;

import io.keylesspull.disk.OrdinaryFile;
import io.keylesspull.text.FileErrors;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the certificates of a PEM file (RFC 7468), which may have other text between them. */
public final class CertificateFile {

    /** In bytes. All the authorities of a system take about 300 KB. */
    private static final int LARGEST = 16 * 1024 * 1024;

    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----");

    private CertificateFile() {}

    /**
     * @return at least one certificate
     * @throws NetworkSettingsException if the file cannot be read, has no certificate, or a damaged one
     */
    public static List<X509Certificate> read(Path file) throws NetworkSettingsException {
        List<String> blocks;
        try {
            blocks = blocks(file);
        } catch (IOException e) {
            throw bad("caFileUnreadable", file, FileErrors.reason(e, file));
        }
        if (blocks.isEmpty()) {
            throw bad("caFileEmpty", file);
        }
        List<X509Certificate> certificates = new ArrayList<>();
        for (String block : blocks) {
            try {
                certificates.add(certificate(block));
            } catch (CertificateException | IllegalArgumentException damaged) {
                throw bad("caFileDamaged", file, String.valueOf(certificates.size() + 1));
            }
        }
        return certificates;
    }

    /** As above, of a file that is the system's: what cannot be read is left out. */
    static List<X509Certificate> readable(Path file) {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            for (String block : blocks(file)) {
                try {
                    certificates.add(certificate(block));
                } catch (CertificateException | IllegalArgumentException damaged) {
                    // One that Java cannot read, such as with parameters of its own for an elliptic curve.
                }
            }
        } catch (IOException e) {
            // Not there, or not for this user: then the other sources have to do.
        }
        return certificates;
    }

    private static List<String> blocks(Path file) throws IOException {
        String text = new String(OrdinaryFile.read(file, LARGEST), StandardCharsets.ISO_8859_1);
        return CERTIFICATE.matcher(text).results().map(block -> block.group(1)).toList();
    }

    private static X509Certificate certificate(String base64) throws CertificateException {
        byte[] der = Base64.getMimeDecoder().decode(base64);
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    private static NetworkSettingsException bad(String key, Path file, String... more) {
        Object[] arguments = new Object[more.length + 1];
        arguments[0] = file.toString();
        System.arraycopy(more, 0, arguments, 1, more.length);
        return new NetworkSettingsException(NetworkProblem.of(key, arguments));
    }
}
