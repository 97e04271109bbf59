package io.keylesspull.bench;

/** What machines print all day: apt, dpkg, docker, with progress that writes over itself and a colour now and then. */
public final class AptOutput {

    private AptOutput() {}

    /** @param lines how many, each ended by a line feed */
    public static String lines(int lines) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            switch (i % 8) {
                case 0 ->
                    text.append("Get:")
                            .append(i)
                            .append(" http://azure.archive.ubuntu.com/ubuntu jammy-updates/"
                                    + "universe amd64 docker.io amd64 24.0.7-0ubuntu2~22.04.1 [28.8 MB]");
                case 1 ->
                    text.append("Selecting previously unselected package libnvidia-container-tools (")
                            .append(i)
                            .append(").");
                case 2 ->
                    text.append("\rReading package lists... 37%\rReading package lists... 82%"
                            + "\rReading package lists... Done");
                case 3 -> text.append("Preparing to unpack .../4-docker.io_24.0.7-0ubuntu2~22.04.1_amd64.deb ...");
                case 4 -> text.append("Unpacking docker.io (24.0.7-0ubuntu2~22.04.1) ...");
                case 5 -> text.append("Setting up containerd (1.7.12-0ubuntu2~22.04.1) ... \u2713");
                case 6 -> text.append("\u001B[1;32mNo services need to be restarted.\u001B[0m");
                default ->
                    text.append("a3ed95caeb02: Pull complete, sha256:6f9a")
                            .append(i)
                            .append("c0ffee5a1b2c3d4e5f60718293a4b5c6d7e8f9 size: 1570, time=12ms level=info");
            }
            text.append('\n');
        }
        return text.toString();
    }
}
