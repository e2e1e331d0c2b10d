/**
 * From the bytes of a sound file to mono samples, and what can be said of them: quality,
 * fingerprint, a lossless form for tables. What a file claims is never trusted.
 */
package affetto.audio;
