package io.keylesspull.network;

import io.keylesspull.disk.PrivateFiles;
import io.keylesspull.text.Redactor;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What the user's settings file says of the network, word for word; each is empty if nothing is said.
 *
 * @param proxy an HTTP proxy for requests
 * @param sshProxy a proxy for SSH
 * @param caFile certificate authorities to trust; relative to the settings file's folder
 */
public record NetworkChoice(String proxy, String sshProxy, String caFile) {

    /**
     * Reads the file. @return nothing said if there is no such file
     *
     * @throws NetworkSettingsException if it is not a settings file
     */
    public static NetworkChoice read(Path file) throws NetworkSettingsException {
        return SettingsFile.readChoice(file);
    }

    /** For people: without passwords. */
    public NetworkChoice masked() {
        Redactor redactor = Redactor.shapesOnly();
        return new NetworkChoice(redactor.mask(proxy), redactor.mask(sshProxy), caFile);
    }

    /** As entered over a masked one: what is masked still is what it was before. */
    public NetworkChoice over(NetworkChoice before) {
        NetworkChoice shown = before.masked();
        return new NetworkChoice(
                proxy.equals(shown.proxy()) ? before.proxy() : proxy,
                sshProxy.equals(shown.sshProxy()) ? before.sshProxy() : sshProxy,
                caFile);
    }

    /**
     * Keeps this in the file, once it is sure that the program can start with it.
     *
     * @throws NetworkSettingsException if an address is malformed, or the file of certificates cannot be used
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws NetworkSettingsException, IOException {
        SettingsFile checked = SettingsFile.of(this, file);
        if (checked.caFile().isPresent()) {
            CertificateFile.read(checked.caFile().get());
        }
        PrivateFiles.createFolderOf(file);
        PrivateFiles.write(file, SettingsFile.write(this));
    }
}
