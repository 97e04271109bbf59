package io.keylesspull.setup.cost;

import io.keylesspull.azure.price.Price;
import io.keylesspull.text.Text;
import java.time.Instant;
import java.util.Optional;

/**
 * What resources of one kind cost.
 *
 * @param count how many there are
 * @param each of one of them; empty if that is not known
 * @param remembered when the price list gave that price, if it does not now
 */
public record CostLine(Text what, int count, Optional<Price> each, Optional<Instant> remembered) {}
