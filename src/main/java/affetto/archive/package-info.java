/**
 * What lies in zip and tar archives, and how to read it in place; floor 0. Nothing is unpacked by
 * name, so a hostile name reaches no disk, and no claim of a header is believed beyond what the
 * archive's own bytes bear out.
 */
package affetto.archive;
