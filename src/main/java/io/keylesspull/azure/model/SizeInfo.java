package io.keylesspull.azure.model;

/** A size of virtual machine in one location. @param available whether this subscription can have it @param reason why not; else empty */
public record SizeInfo(String name, int vCpus, double memoryGb, boolean available, String reason) {
}
