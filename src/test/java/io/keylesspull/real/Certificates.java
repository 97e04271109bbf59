package io.keylesspull.real;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate authority of one test run, and the certificate by which the front is every host that machines know. */
final class Certificates {

    private static final String EXTENSIONS = "subjectAltName=DNS:management.azure.com,DNS:login.microsoftonline.com,"
            + "DNS:*.azurecr.io,DNS:mcr.microsoft.com,DNS:packages.microsoft.com\n"
            // Wanted by Python from 3.13 on.
            + "authorityKeyIdentifier=keyid\nsubjectKeyIdentifier=hash\n";
    private static final String CURVE = "ec_paramgen_curve:P-256";

    private final Path authority;
    private final SSLContext server;

    private Certificates(Path authority, SSLContext server) {
        this.authority = authority;
        this.server = server;
    }

    /** @param folder where the files are made; the keys in it are worth nothing after the run */
    static Certificates make(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        Path authority = folder.resolve("ca.crt");
        String authorityKey = folder.resolve("ca.key").toString();
        String request = folder.resolve("front.csr").toString();
        String key = folder.resolve("front.key").toString();
        Path certificate = folder.resolve("front.crt");
        Path extensions = Files.writeString(folder.resolve("front.extensions"), EXTENSIONS);
        Path store = folder.resolve("front.p12");
        Programs.run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                CURVE,
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=Test authority",
                "-addext",
                "keyUsage=critical,keyCertSign,cRLSign",
                "-keyout",
                authorityKey,
                "-out",
                authority.toString());
        Programs.run(
                "openssl",
                "req",
                "-newkey",
                "ec",
                "-pkeyopt",
                CURVE,
                "-nodes",
                "-subj",
                "/CN=Front",
                "-keyout",
                key,
                "-out",
                request);
        Programs.run(
                "openssl",
                "x509",
                "-req",
                "-in",
                request,
                "-CA",
                authority.toString(),
                "-CAkey",
                authorityKey,
                "-CAcreateserial",
                "-days",
                "2",
                "-extfile",
                extensions.toString(),
                "-out",
                certificate.toString());
        Programs.run(
                "openssl",
                "pkcs12",
                "-export",
                "-in",
                certificate.toString(),
                "-inkey",
                key,
                "-certfile",
                authority.toString(),
                "-passout",
                "pass:",
                "-out",
                store.toString());
        return new Certificates(authority, context(store));
    }

    private static SSLContext context(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(store)) {
            keys.load(content, new char[0]);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** The authority's certificate as PEM. */
    Path authority() {
        return authority;
    }

    SSLContext server() {
        return server;
    }
}
