package io.keylesspull.practice.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A company's proxy in front of a practice cloud: it asks for user and password, ends TLS with certificates of an
 * authority of its own to read what is sent, and passes other protocols through.
 */
public final class InspectingProxy implements AutoCloseable {

    private static final String USER_AND_PASSWORD = "Basic YW5uYTpodW50ZXIyMg==";

    private final PracticeServer upstream;
    private final TestAuthority authority = new TestAuthority();
    private final SSLContext trustsUpstream;
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> inspected = new CopyOnWriteArrayList<>();
    private final List<String> passed = new CopyOnWriteArrayList<>();

    public InspectingProxy(PracticeServer upstream) throws IOException, GeneralSecurityException {
        this.upstream = upstream;
        this.trustsUpstream = trusting(upstream.certificate());
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    private static SSLContext trusting(String pem) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "upstream",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    /** With the user anna and her password. */
    public String url() {
        return "http://anna:" + password() + "@" + address();
    }

    public String password() {
        return "hunter22";
    }

    public String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** The authority that its clients have to trust, as PEM text. */
    public String certificate() {
        return authority.pem();
    }

    /** The hosts whose TLS was ended here. */
    public List<String> inspected() {
        return inspected;
    }

    /** The hosts and ports of other protocols. */
    public List<String> passed() {
        return passed;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                threads.execute(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            String head = head(client.getInputStream());
            String target = head.split(" ")[1];
            if (!head.contains("Proxy-Authorization: " + USER_AND_PASSWORD + "\n")) {
                answer(client, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"");
                return;
            }
            URI proxy = upstream.proxy();
            try (Socket far = new Socket(proxy.getHost(), proxy.getPort())) {
                far.setTcpNoDelay(true);
                far.getOutputStream()
                        .write(("CONNECT " + target + " HTTP/1.1\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                String status = head(far.getInputStream()).lines().findFirst().orElseThrow();
                answer(client, status.substring("HTTP/1.1 ".length()));
                if (!status.contains(" 200 ")) {
                    return;
                }
                if (target.endsWith(":443")) {
                    String host = target.substring(0, target.indexOf(':'));
                    inspected.add(host);
                    SSLSocket near = (SSLSocket)
                            authority.server(host).getSocketFactory().createSocket(client, null, true);
                    near.setUseClientMode(false);
                    near.startHandshake();
                    pump(near, trustsUpstream.getSocketFactory().createSocket(far, host, 443, true));
                } else {
                    passed.add(target);
                    pump(client, far);
                }
            }
        } catch (IOException gone) {
            // One side has closed the connection, or did not trust the other.
        }
    }

    private void pump(Socket near, Socket far) throws IOException {
        threads.execute(() -> {
            try (near) {
                far.getInputStream().transferTo(near.getOutputStream());
            } catch (IOException gone) {
                // The other direction ends too.
            }
        });
        near.getInputStream().transferTo(far.getOutputStream());
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\n\n") < 0) {
            int read = in.read();
            if (read < 0) {
                throw new IOException("closed");
            }
            if (read != '\r') {
                head.append((char) read);
            }
        }
        return head.toString();
    }

    private static void answer(Socket client, String status) throws IOException {
        client.getOutputStream().write(("HTTP/1.1 " + status + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
